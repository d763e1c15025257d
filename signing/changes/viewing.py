"""A revision as a viewer shows it: MuPDF opens it, draws it small and reads its text."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pymupdf
from numpy.typing import NDArray

from signing.changes.model import Rect

Grey = NDArray[np.uint8]
DPI = 72
MAX_COPY_BYTES = 256 * 2**20
"""MuPDF needs an earlier revision as a copy in memory: larger ones are not drawn."""
FAILURES = (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase)
"""What MuPDF raises on a document it cannot make sense of."""
_MAX_PIXELS = 4_000_000

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


@contextmanager
def shown(data: mmap.mmap | bytes, end: int) -> Iterator[pymupdf.Document | None]:
    """The revision that ends at `end` as MuPDF opens it; None when it is too big, or MuPDF cannot."""
    document = None
    if end <= MAX_COPY_BYTES:
        try:
            document = pymupdf.open(stream=bytes(data[:end]), filetype="pdf")
            _ = 0 if document.needs_pass else document.page_count
        except FAILURES:
            document = None
    try:
        yield document
    finally:
        if document is not None:
            document.close()


def page(document: pymupdf.Document, number: int) -> pymupdf.Page | None:
    """Page `number`, from 1; None when there is none or it cannot be loaded."""
    if not 1 <= number <= document.page_count:
        return None
    try:
        return document[number - 1]
    except FAILURES:
        return None


def grey(page: pymupdf.Page, annotations: bool = True) -> Grey | None:
    """The page at 72 dpi, one pixel to a point; None when it is out of measure or cannot be drawn."""
    if not 0 < page.rect.width * page.rect.height <= _MAX_PIXELS:
        return None
    try:
        drawn = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY, alpha=False, annots=annotations)
    except FAILURES:
        return None
    return np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.stride)[:, : drawn.width]


def on_page(page: pymupdf.Page, rect: Rect) -> pymupdf.Rect:
    """A rectangle of the PDF in the coordinates of the drawn page."""
    placed: pymupdf.Rect = pymupdf.Rect(rect) * page.transformation_matrix * page.rotation_matrix
    placed.normalize()
    return placed


def words(page: pymupdf.Page, within: pymupdf.Rect | None = None) -> list[str]:
    """The words shown, marks included."""
    try:
        return [word[4] for word in page.get_text("words", clip=within)]
    except FAILURES:
        return []
