"""What stands on a page, seen upright: words, marks that are already there, and ink where there are no words.

Upright means as a viewer shows it: crop box and page rotation applied, points from the top left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pymupdf

from signing.errors import NotSignable
from signing.model import Placement

_RENDER_DPI = 36
_PIXEL = 72 / _RENDER_DPI
"""In points."""
_DARK = 150
_IS_DARK = bytes(value < _DARK for value in range(256))


class TextWord(NamedTuple):
    """A word of a page, in points from the top left of the upright page."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str


Words = Mapping[int, Sequence[TextWord]]
"""Words by page number from 1, for pages whose own text layer is missing."""


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page; boxes are (x0, y0, x1, y1)."""

    number: int
    width: float
    height: float
    words: tuple[TextWord, ...]
    marks: tuple[tuple[float, float, float, float], ...]
    """Rectangles of visible annotations and form fields."""


Ink = Callable[[Sequence[float]], float]
"""The share of dark pixels in a box of points, 0 to 1: here is seen what recognition did not read."""


def open_pdf(data: bytes | str) -> pymupdf.Document:
    """Open a PDF as MuPDF sees it. Raises NotSignable."""
    try:
        document = pymupdf.open(data) if isinstance(data, str) else pymupdf.open(stream=data, filetype="pdf")
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError, ValueError) as error:
        raise NotSignable(reason="not_pdf") from error
    if not document.is_pdf or document.needs_pass or document.is_encrypted:
        reason = "encrypted" if document.is_pdf else "not_pdf"
        document.close()
        raise NotSignable(reason=reason)
    return document


def read_page(document: pymupdf.Document, number: int, words: Words | None = None) -> PageLayout:
    """Lay out page `number`; given words stand in where the page has hardly any text of its own.

    A scan that a server stamped has a few words: they are no text layer.
    """
    page = document[number - 1]
    own = [TextWord(*item[:5]) for item in page.get_text("words")]
    given = list((words or {}).get(number, ()))
    found = own if len(own) >= len(given) else [*own, *given]
    return PageLayout(number, page.rect.width, page.rect.height, tuple(found), tuple(_marks(document, page)))


def ink(document: pymupdf.Document, number: int) -> Ink:
    """The ink of page `number`, marks included; no more is drawn than is asked: a scan is slow to draw."""
    page = document[number - 1]
    rows, width, pixels = 0, 0, b""

    def share(box: Sequence[float]) -> float:
        nonlocal rows, width, pixels
        x0, y0, x1, y1 = (max(0, round(side / _PIXEL)) for side in box)
        if y1 > rows or not pixels:
            rows = 2 * max(1, y1)  # from the top each time, so that all of it costs at most twice one drawing
            clip = pymupdf.Rect(0, 0, page.rect.width, rows * _PIXEL)
            picture = page.get_pixmap(dpi=_RENDER_DPI, clip=clip, colorspace=pymupdf.csGRAY, annots=True)
            width, pixels = picture.stride, picture.samples.translate(_IS_DARK)
        lines = range(y0, min(y1, len(pixels) // width))
        dark = sum(pixels.count(1, y * width + x0, y * width + x1) for y in lines)
        return dark / max(1, (x1 - x0) * len(lines))

    return share


def to_pdf(document: pymupdf.Document, placement: Placement) -> tuple[float, float, float, float]:
    """The rectangle in the page's own coordinates (lower left, upper right), for an annotation's /Rect."""
    page = document[placement.page - 1]
    left, bottom, right, top = _crop(page)
    corners = []
    for x, y in ((placement.x0, placement.y0), (placement.x1, placement.y1)):
        across, down = {
            0: (x, y),
            90: (y, top - bottom - x),
            180: (right - left - x, top - bottom - y),
            270: (right - left - y, x),
        }[turn(document, placement.page)]
        corners.append((left + across, top - down))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def from_pdf(document: pymupdf.Document, number: int, rect: Sequence[float]) -> Placement:
    """The upright place of an annotation's /Rect."""
    left, bottom, right, top = _crop(document[number - 1])
    corners = []
    for x, y in ((rect[0], rect[1]), (rect[2], rect[3])):
        across, down = x - left, top - y
        corners.append(
            {
                0: (across, down),
                90: (top - bottom - down, across),
                180: (right - left - across, top - bottom - down),
                270: (down, right - left - across),
            }[turn(document, number)]
        )
    (x0, y0), (x1, y1) = corners
    return Placement(number, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _crop(page: pymupdf.Page) -> tuple[float, float, float, float]:
    """The crop box in the page's own coordinates; PyMuPDF's matrices fail where it is also rotated."""
    media, crop = page.mediabox, page.cropbox
    return crop.x0, media.y1 - crop.y1, crop.x1, media.y1 - crop.y0


def turn(document: pymupdf.Document, number: int) -> int:
    """The page's own /Rotate, 0 to 270."""
    return int(document[number - 1].rotation) % 360


def _marks(document: pymupdf.Document, page: pymupdf.Page) -> list[tuple[float, float, float, float]]:
    boxes = []
    for xref, *_ in page.annot_xrefs():
        kind, value = document.xref_get_key(xref, "Rect")
        numbers = [float(part) for part in value.strip("[]").split()] if kind == "array" else []
        if len(numbers) == 4:
            box = from_pdf(document, page.number + 1, numbers)[1:]
            if box[2] - box[0] > 1 and box[3] - box[1] > 1:
                boxes.append(box)
    return boxes
