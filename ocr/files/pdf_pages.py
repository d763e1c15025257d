"""Pages of PDF files, rendered by PyMuPDF within limits."""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf as _pymupdf

from ocr.errors import BadInput, Encrypted, PageMissing, TooLarge, TooSmall, Truncated, UnknownFormat
from ocr.files import text_layer
from ocr.files.whole_jpeg import whole_jpeg
from ocr.ports import PageImage, Pixels

RENDER_DPI = 300
DPI_RANGE = (100, 400)
MAX_RENDERED_PIXELS = 40_000_000
MAX_EMBEDDED_PIXELS = 120_000_000
"""A 1-bit A0 plan at 300 dpi has 140 million; MuPDF needs a byte or more for each."""
_MIN_SIDE_PT = 8
_SCAN_COVERAGE = 0.6
_SQUARE = 0.01
"""Pixels of a fax may be twice as high as wide: such a page is drawn."""

pymupdf: Any = _pymupdf  # its functions carry no types
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


def count_and_signed(path: Path) -> tuple[int, bool]:
    """How many pages, and whether the file carries a signature (or what was meant as one)."""
    with _opened(path) as document:
        count = document.page_count
    return count, _has_byte_range(path)


def load(path: Path, number: int) -> PageImage:
    """Render one page as a viewer shows it, at its scan's own resolution or 300 dpi."""
    with _opened(path) as document:
        if number > document.page_count:
            raise PageMissing(name=path.name, number=number, count=document.page_count)
        page = document[number - 1]
        if min(page.rect.width, page.rect.height) < _MIN_SIDE_PT:
            raise TooSmall(name=path.name, width=int(page.rect.width), height=int(page.rect.height))
        pictures = page.get_image_info()
        scan_dpi, coverage = _scan_on(page, pictures, path)
        dpi = _bounded(scan_dpi if coverage >= _SCAN_COVERAGE else RENDER_DPI, page.rect)
        if dpi == round(scan_dpi) and (scan := _scan(document, page, pictures)) is not None:
            return scan
        pixels = _rendered(page, dpi)
        layer = text_layer.read(page, coverage >= _SCAN_COVERAGE, pixels, float(dpi))
        return PageImage(pixels, float(dpi), *(layer or ()))


def _scan(document: Any, page: Any, pictures: Sequence[Any]) -> PageImage | None:
    """The page of a scanner's PDF: decoding its JPEG is several times faster than drawing it."""
    data = whole_jpeg(document, page, pictures)
    if data is None:
        return None
    flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION  # as PDF viewers do
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    if pixels is None:
        return None
    across, down = pixels.shape[1] * 72 / page.rect.width, pixels.shape[0] * 72 / page.rect.height
    if abs(across / down - 1) > _SQUARE:
        return None
    return PageImage(pixels.astype(np.uint8, copy=False), (across + down) / 2)


def _rendered(page: Any, dpi: int) -> Pixels:
    pixmap = page.get_pixmap(dpi=dpi, alpha=False, colorspace=pymupdf.csRGB)
    rgb = np.frombuffer(pixmap.samples_mv, np.uint8).reshape(pixmap.height, pixmap.width, 3)
    pixels = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR).astype(np.uint8, copy=False)
    # MuPDF would keep up to 256 MB of decoded pictures for a page that is not looked at again.
    pymupdf.TOOLS.store_shrink(100)
    return pixels


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        with pymupdf.open(path, filetype="pdf") as document:
            if document.needs_pass:
                raise Encrypted(name=path.name)
            # A rebuilt file that also lacks its end is cut off; a rebuilt one with an end is merely untidy.
            if document.is_repaired and not _has_end(path):
                raise Truncated(name=path.name, reason="repaired")
            yield document
    except BadInput:
        raise
    except MemoryError as problem:
        raise TooLarge(name=path.name, megapixels=0, limit=MAX_EMBEDDED_PIXELS // 1_000_000) from problem
    except pymupdf.FileDataError as problem:
        raise (Truncated if _looks_like_pdf(path) else UnknownFormat)(
            name=path.name, reason="structure"
        ) from problem
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, TypeError, IndexError, KeyError) as problem:
        raise Truncated(name=path.name, reason=type(problem).__name__) from problem


def _looks_like_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _has_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        return b"%%EOF" in file.read()


def _has_byte_range(path: Path) -> bool:
    """Some signed files have no AcroForm, so look for what every signature must have (ISO 32000-1 12.8.1)."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(b"/ByteRange") >= 0


def _scan_on(page: Any, pictures: Sequence[Any], path: Path) -> tuple[float, float]:
    """Resolution of the largest picture on the page, and the share of the page that pictures cover."""
    page_area = max(1.0, abs(page.rect))
    largest, dpi, covered = 0.0, float(RENDER_DPI), 0.0
    for picture in pictures:
        if picture["width"] * picture["height"] > MAX_EMBEDDED_PIXELS:
            megapixels = picture["width"] * picture["height"] // 1_000_000
            raise TooLarge(name=path.name, megapixels=megapixels, limit=MAX_EMBEDDED_PIXELS // 1_000_000)
        shown = pymupdf.Rect(picture["bbox"]) & page.rect
        area = abs(shown) if not shown.is_empty else 0.0
        covered += area
        if area > largest:
            largest = area
            pixels = picture["width"] * picture["height"]
            whole = max(1.0, abs(pymupdf.Rect(picture["bbox"])))
            dpi = 72.0 * (pixels / whole) ** 0.5
    return dpi, min(1.0, covered / page_area)


def _bounded(dpi: float, rect: Any) -> int:
    low, high = DPI_RANGE
    most = 72.0 * (MAX_RENDERED_PIXELS / max(1.0, abs(rect))) ** 0.5
    return max(1, int(min(most, max(low, min(high, round(dpi))))))
