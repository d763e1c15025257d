"""Reads a PDF into the plain data of the rule check: words, scans, typefaces, visible signatures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf

from signing.errors import NotSignable
from signing.law.model import Area, Paper, PaperPage, Run, Scan, SignedMark
from signing.model import Placement, SigningRole
from signing.pdf import enumeration
from signing.pdf.page_layout import Words, from_pdf, open_pdf, read_page

_ENDS = 30
"""Pages read at each end of a long file: a signature block sits near one of them."""
_FULL_PAGE = 0.7
_LAYER = 0.3
"""Share of a page that a picture covers when the page is a scan, or a layer of one."""
_TYPE_PAGES = 3
"""Pages at each end whose type is looked at."""
_VERSION = re.compile(r"PDF (\d\.\d)")


def read_paper(
    path: Path,
    words: Words | None = None,
    role: SigningRole | None = None,
    planned: Placement | None = None,
    number: str = "",
    kind: str = "",
) -> Paper:
    """The paper in `path`; `words` are what OCR read where it has no text of its own. Raises NotSignable."""
    document = open_pdf(str(path))
    try:
        count = document.page_count
        looked_at = [n for n in range(1, count + 1) if n <= _ENDS or n > count - _ENDS]
        version = _VERSION.search(str((document.metadata or {}).get("format")))
        return Paper(
            tuple(_page(document, number, words) for number in looked_at),
            count,
            float(version[1]) if version else 1.7,
            "pdfaid:part" in document.get_xml_metadata(),
            _marks(document, path),
            role,
            planned,
            number,
            kind,
        )
    except (RuntimeError, ValueError) as error:  # MuPDF on a page that it cannot lay out
        raise NotSignable(reason="not_pdf") from error
    finally:
        document.close()


def _page(document: pymupdf.Document, number: int, words: Words | None) -> PaperPage:
    page = document[number - 1]
    layout = read_page(document, number, words)
    scan = _scan(page)
    printed = scan is None and bool(layout.words) and number not in (words or {})
    shown = number <= _TYPE_PAGES or number > document.page_count - _TYPE_PAGES
    return PaperPage(layout, printed, scan, _runs(page) if printed and shown else ())


def _scan(page: pymupdf.Page) -> Scan | None:
    """The picture that is the page; of a layered one the sharpest layer and any colour count."""
    area = abs(page.rect.width * page.rect.height)
    layers = []
    for image in page.get_image_info():
        box = pymupdf.Rect(image["bbox"]) & page.rect
        layers.append((abs(box.width * box.height) / area, image, box))
    if not any(share >= _FULL_PAGE for share, _, _ in layers):
        return None
    seen = [(image, box) for share, image, box in layers if share >= _LAYER]
    dpi = max(max(image["width"], 1) / max(box.width, 1) * 72 for image, box in seen)
    colour = any(image["colorspace"] >= 3 or "Indexed" in image["cs-name"] for image, _ in seen)
    return Scan(round(dpi), colour)


def _runs(page: pymupdf.Page) -> tuple[Run, ...]:
    spans = (
        span
        for block in page.get_text("dict", flags=0)["blocks"]
        for line in block["lines"]
        for span in line["spans"]
        if span["text"].strip()
    )
    return tuple(_run(span) for span in spans)


def _run(span: Mapping[str, Any]) -> Run:
    name, flags = span["font"], span["flags"]
    return Run(
        Area(*span["bbox"]),
        name,
        round(span["size"] * 2) / 2,
        bool(flags & pymupdf.TEXT_FONT_BOLD) or "bold" in name.casefold(),
        bool(flags & pymupdf.TEXT_FONT_ITALIC) or "italic" in name.casefold(),
        len(span["text"].strip()),
    )


def _marks(document: pymupdf.Document, path: Path) -> tuple[SignedMark, ...]:
    """Visible signatures; the role is what our own sealer wrote, a help that anybody could forge."""
    try:
        with pikepdf.open(path) as pdf:
            declared = {found.name: found.declared_role for found in enumeration.find(pdf) if found.visible}
    except pikepdf.PdfError:
        return ()
    marks = []
    for name, place in _places(document, frozenset(declared)):
        role = declared[name]
        marks.append(SignedMark(SigningRole(role) if role in set(SigningRole) else None, place))
    return tuple(marks)


def _places(document: pymupdf.Document, names: frozenset[str]) -> list[tuple[str, Placement]]:
    found = []
    for number in range(1, document.page_count + 1 if names else 1):
        for widget in document[number - 1].widgets():
            kind, rect = document.xref_get_key(widget.xref, "Rect")
            if widget.field_name in names and kind == "array":
                box = [float(side) for side in rect.strip("[]").split()]
                found.append((widget.field_name, from_pdf(document, number, box)))
    return found
