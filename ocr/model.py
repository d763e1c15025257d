"""The nouns of reading a page: what a page is, what was read on it, what paper it belongs to.

Boxes are in points (1/72 inch) from the top left of the upright page; confidences run from 0 to 1;
page numbers start at 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Turn = Literal[0, 90, 180, 270]
TextSource = Literal["ocr", "text_layer"]
FieldSource = Literal["ocr", "text_layer", "code", "signature", "learned"]
"""`learned`: put right by what clerks corrected before."""


class Box(NamedTuple):
    """A rectangle on the upright page, in points from its top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What a file is, by its content."""

    media_type: str
    page_count: int
    signed: bool
    """True where the file carries a digital signature: such a file is never rewritten."""
    sized: bool = True
    """False for a picture that does not tell its resolution: its pages are taken for A4."""


@dataclass(frozen=True, slots=True)
class PageLook:
    """What a picture is when it arrives: its type, its size in pixels, the resolution that it tells."""

    media_type: str
    width: int
    height: int
    dpi: float | None
    """None where the file tells none."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the shown page is made from the original; undo is an older recipe, pixels are never edited.

    Applied in this order: corners, turn, skew, crop.
    """

    corners: tuple[tuple[float, float], ...] = ()
    """Four page corners in the original picture, as fractions of its width and height, clockwise from the
    corner that becomes top left; empty when the picture is the page."""
    turn: Turn = 0
    """Clockwise turn that makes the page upright."""
    skew_deg: float = 0.0
    """Clockwise angle that the text still leans by after the turn; the page is turned back by it."""
    crop: Box | None = None
    """Part of the upright page that is kept, in points."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it stands on the page."""

    text: str
    confidence: float
    box: Box
    line: int
    """Index of its text line within the page, in reading order."""
    raw: str | None = None
    """What the engine read, where a correction changed it."""
    doubtful: bool = False
    """True where a person should look."""


@dataclass(frozen=True, slots=True)
class PageText:
    """All words of a page in reading order and the text they make (NFC, one line per text line)."""

    words: tuple[Word, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Quality:
    """What can be said of the picture itself; problems are codes such as low_dpi, blurred, dark, cut_off."""

    dpi: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A barcode found on the page, for example QRCode."""

    format: str
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageReading:
    """Everything one page told us. A pure function of the page's bytes, the recipe and the engine."""

    number: int
    width: float
    """Width of the upright page in points."""
    height: float
    recipe: Recipe
    text: PageText
    text_source: TextSource
    blank: bool
    quality: Quality
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: one of the 29 of NĐ 30/2020 Điều 7, a copy, or a paper of a commune dossier."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One fact read from a paper, and where it stands."""

    value: str
    confidence: float
    page: int
    box: Box | None
    source: FieldSource


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """One paper: the pages it spans, what kind it is, and the facts on it."""

    pages: tuple[int, ...]
    kind: Kind
    confidence: float
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
