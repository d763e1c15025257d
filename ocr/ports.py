"""What can be plugged into the reading of pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ocr.model import PageText, TextSource, Word

Pixels = NDArray[np.uint8]
"""Height x width x 3, blue-green-red, or height x width in grey."""


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan: `feed` is flatbed, adf or adf-duplex."""

    feed: str = "flatbed"
    dpi: int = 300
    colour: bool = True


@dataclass(frozen=True, slots=True)
class Device:
    """A scanner that answers."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as it came: its picture as a viewer shows it, and the text a born-digital file carries."""

    pixels: Pixels
    """Blue-green-red."""
    dpi: float
    text_layer: PageText | None = None
    """Usable text of the file itself; None where the page must be read from its picture."""
    text_source: TextSource = "text_layer"
    """`ocr` where another program read that text from the picture."""


class OcrEngine(Protocol):
    """Turns a clean grey picture of a page into words."""

    def recognise(self, grey: Pixels, dpi: float, one_block: bool = False) -> tuple[Word, ...]:
        """Words with boxes in points of this picture at `dpi`; `one_block` where it is a single block."""
        ...


class PageSource(Protocol):
    """A scanner or a folder that delivers pages one after another as files. Raises DeviceError and its kinds;

    pages yielded before are complete and stay.
    """

    def pages(self, into: Path) -> Iterator[Path]:
        """Write each page into the folder `into` (complete, fsynced) and yield its path as it comes."""
        ...
