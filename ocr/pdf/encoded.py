"""A page ready to be written: compressed pictures, their places, and the text to hide over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ocr.model import Box, PageText
from ocr.ports import Pixels

Profile = Literal["archive", "compact", "keep"]
"""archive: layers over a 200 dpi background; compact: over a coarser one; keep: the scan as it came."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A compressed image laid on the page."""

    filter: Literal["DCTDecode", "CCITTFaxDecode", "FlateDecode"]
    """How the data is compressed, in PDF's words (ISO 32000-1 7.4); Flate data has PNG predictors."""
    data: bytes
    width: int
    """In pixels."""
    height: int
    box: Box
    """Where it lies on the page, before it is leaned."""
    channels: Literal[1, 3] = 3
    bits: Literal[1, 8] = 8
    ink: tuple[int, int, int] | None = None
    """Red, green, blue of the ink that a one-bit picture lays down where it is black; None for a picture."""
    stencil: Picture | None = None
    """One-bit picture: this one shows only where it is black."""
    lean_deg: float = 0.0
    """Turned counter-clockwise by so much around the middle of its box."""


@dataclass(frozen=True, slots=True)
class EncodedPage:
    """One page of a PDF/A file, as bytes and words only, so that it travels between processes."""

    number: int
    width: float
    """In points."""
    height: float
    pictures: tuple[Picture, ...]
    """In the order in which they are laid over one another."""
    text: PageText


@dataclass(frozen=True, slots=True)
class RetainedPage:
    """A page of a PDF that goes over as it is."""

    file: Path
    number: int


def channels_of(pixels: Pixels) -> Literal[1, 3]:
    """How many channels a picture of these pixels has."""
    return 1 if pixels.ndim == 2 else 3
