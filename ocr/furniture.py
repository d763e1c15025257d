"""What stands on a page besides words: leaders, rules, tick boxes. Boxes in points of the upright page."""

from __future__ import annotations

from typing import NamedTuple

from ocr.model import Box


class Furniture(NamedTuple):
    """Found before recognition, used afterwards to tell how words belong together."""

    leaders: tuple[Box, ...] = ()
    down: tuple[Box, ...] = ()
    """Rules that run down the page."""
    boxes: tuple[Box, ...] = ()
    """Empty tick boxes."""
