"""What can be plugged into the reading of pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from ocr.model import PageText, TextSource, Word

if TYPE_CHECKING:  # a command that hands pages to workers needs no numpy itself
    import numpy as np
    from numpy.typing import NDArray

Pixels: TypeAlias = "NDArray[np.uint8]"
"""Height x width x 3, blue-green-red, or height x width in grey."""


Feed = Literal["flatbed", "adf", "adf-duplex"]
ColourMode = Literal["colour", "grey", "black_white"]
PAPERS_MM: Mapping[str, tuple[float, float]] = {
    "a3": (297, 420),
    "a4": (210, 297),
    "a5": (148, 210),
    "card": (85.6, 54),
}
"""Sizes of paper by name, width and height in millimetres (ISO 216, ISO/IEC 7810 ID-1)."""


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan: where the paper lies, dots per inch, colours, size of the paper (a key of PAPERS_MM)."""

    feed: Feed = "flatbed"
    dpi: int = 300
    mode: ColourMode = "colour"
    paper: str = "a4"


DEFAULT_SCAN = ScanOptions()


@dataclass(frozen=True, slots=True)
class Device:
    """A scanner that answers."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class DeviceFeatures:
    """What a scanner offers; an empty tuple where it does not tell."""

    feeds: tuple[Feed, ...] = ()
    dpis: tuple[int, ...] = ()
    modes: tuple[ColourMode, ...] = ()
    name: str = ""
    """What the scanner calls itself; empty where it does not tell."""


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

    def pages(self, into: Path, stop: threading.Event | None = None) -> Iterator[Path]:
        """Write each page into `into` under a name that sorts, and yield its path when it is whole.

        Setting `stop` ends the scan after the page that is under way.
        """
        ...

    def features(self) -> DeviceFeatures:
        """What the scanner offers. Raises DeviceMissing."""
        ...
