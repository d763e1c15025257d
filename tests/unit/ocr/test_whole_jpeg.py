"""A scanner's page is decoded, any other is drawn: both show what a viewer shows."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pymupdf
import pytest
from PIL import Image, ImageDraw

from ocr.files import pdf_pages
from ocr.files.whole_jpeg import whole_jpeg

SIZE_PT = (144.0, 216.0)
Change = Callable[[Any, Any, int], None]


def picture(mode: str = "RGB") -> bytes:
    """A page at 150 dpi, black at its top left, red at its bottom right."""
    page = Image.new("RGB", (300, 450), "#f6f2e8")
    draw = ImageDraw.Draw(page)
    draw.rectangle((20, 20, 120, 90), fill="black")
    draw.ellipse((180, 320, 280, 420), fill="#c02020")
    out = io.BytesIO()
    page.convert(mode).save(out, "JPEG", quality=95, dpi=(150, 150))
    return out.getvalue()


def scan(path: Path, change: Change | None = None, mode: str = "RGB") -> Path:
    """A PDF of one page that is this picture, changed afterwards."""
    with pymupdf.open() as document:
        page = document.new_page(width=SIZE_PT[0], height=SIZE_PT[1])
        xref = page.insert_image(page.rect, stream=picture(mode))
        if change:
            change(document, page, xref)
        document.save(path)
    return path


def looked_at(path: Path) -> bytes | None:
    with pymupdf.open(path) as document:
        return whole_jpeg(document, document[0], document[0].get_image_info())


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_scan_is_decoded_and_looks_as_drawn(tmp_path: Path, mode: str) -> None:
    path = scan(tmp_path / "scan.pdf", mode=mode)
    assert looked_at(path) == picture(mode)
    loaded = pdf_pages.load(path, 1)
    with pymupdf.open(path) as document:
        drawn = pdf_pages._rendered(document[0], 150)
    assert loaded.dpi == pytest.approx(150)
    assert loaded.pixels.shape == drawn.shape
    assert np.abs(loaded.pixels.astype(int) - drawn).mean() < 1


CHANGES: dict[str, Change] = {
    "turned": lambda _document, page, _xref: page.set_rotation(90),
    "inverted": lambda document, _page, xref: document.xref_set_key(xref, "Decode", "[1 0 1 0 1 0]"),
    "stamped": lambda _document, page, _xref: page.add_rect_annot((10, 10, 60, 60)),
    "written on": lambda _document, page, _xref: page.insert_text((20, 100), "12"),
    "drawn on": lambda _document, page, _xref: page.draw_line((0, 0), (100, 100)),
    "cut": lambda _document, page, _xref: page.set_cropbox((0, 0, 100, 100)),
    "two pictures": lambda _document, page, _xref: page.insert_image((0, 0, 50, 50), stream=picture("L")),
    "other colours": lambda document, _page, xref: document.xref_set_key(
        xref, "ColorSpace", "[/CalRGB <</WhitePoint [0.9505 1 1.089] /Gamma [1 1 1]>>]"
    ),
    "mirrored": lambda document, page, _xref: document.update_stream(
        page.get_contents()[0], b"q -144 0 0 216 144 0 cm /fzImg0 Do Q"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_page_that_shows_more_or_otherwise_is_drawn(tmp_path: Path, change: Change) -> None:
    path = scan(tmp_path / "changed.pdf", change)
    assert looked_at(path) is None
    loaded = pdf_pages.load(path, 1)
    with pymupdf.open(path) as document:
        drawn = pdf_pages._rendered(document[0], round(loaded.dpi))
    assert np.array_equal(loaded.pixels, drawn)
    plain = pdf_pages.load(scan(tmp_path / "plain.pdf"), 1).pixels
    assert loaded.pixels.shape != plain.shape or np.abs(loaded.pixels.astype(int) - plain).max() > 60


def test_a_fax_with_oblong_pixels_is_drawn_square(tmp_path: Path) -> None:
    path = tmp_path / "fax.pdf"
    with pymupdf.open() as document:
        page = document.new_page(width=SIZE_PT[0], height=SIZE_PT[1] * 1.5)
        page.insert_image(page.rect, stream=picture(), keep_proportion=False)
        document.save(path)
    height, width = pdf_pages.load(path, 1).pixels.shape[:2]
    assert height / width == pytest.approx(SIZE_PT[1] * 1.5 / SIZE_PT[0], rel=0.01)


def test_drawn_pages_leave_nothing_behind(tmp_path: Path) -> None:
    """MuPDF keeps decoded pictures, here 18 MB each, until it is told not to."""
    path, pages = tmp_path / "long.pdf", 6
    with pymupdf.open() as document:
        for number in range(pages):
            out = io.BytesIO()
            Image.new("RGB", (2000, 3000), (250, 250, 200 + number)).save(out, "JPEG")
            page = document.new_page()
            page.insert_image(page.rect, stream=out.getvalue())
            page.set_rotation(90)
        document.save(path)
    taken = []
    for number in range(1, pages + 1):
        pdf_pages.load(path, number)
        taken.append(psutil.Process().memory_info().rss)
    assert taken[-1] - taken[0] < 40_000_000
