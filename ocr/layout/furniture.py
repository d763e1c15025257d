"""What stands on a page besides words: leaders, rules, lone signs. Boxes in points of the upright page."""

from __future__ import annotations

from typing import NamedTuple

from ocr.model import Box


class Sign(NamedTuple):
    """A sign that its shape tells better than the engine does: an empty tick box, what ends a leader."""

    text: str
    box: Box


class Furniture(NamedTuple):
    """Found before recognition, used afterwards to tell how words belong together."""

    leaders: tuple[Box, ...] = ()
    down: tuple[Box, ...] = ()
    """Rules that run down the page."""
    signs: tuple[Sign, ...] = ()
