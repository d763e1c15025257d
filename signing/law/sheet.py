"""Rules for the sheet, its type and its scan: size, margins, typeface, resolution, colour, format."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import quantiles

from signing.law.clauses import finding
from signing.law.model import Finding, Paper, PaperPage
from signing.law.text import joined, rows
from signing.model import SigningRole

MM = 72 / 25.4
A4 = (210.0, 297.0)
_SIZE_TOLERANCE = 3.0
_MARGIN_TOLERANCE = 2.0
_WIDE = 320.0
"""Points: lines of running text, not headings and lists."""
LEFT, RIGHT = (30.0, 35.0), (15.0, 20.0)
DPI = 200
_DPI_TOLERANCE = 5
"""Encoders round sizes to whole pixels and points."""
_LEGACY = (".vn", "vni-", "vni ")
"""Typefaces of TCVN3 and VNI: their letters are not Unicode."""
_OTHERS = (
    "arial",
    "calibri",
    "cambria",
    "tahoma",
    "verdana",
    "helvetica",
    "roboto",
    "segoe",
    "georgia",
    "comic",
)
"""Typefaces that are surely not Times New Roman; files often give names that tell nothing."""
_SCANNED_ROLES = (None, SigningRole.SO_HOA, SigningRole.SAO_Y, SigningRole.LUU_TRU)


def check_sheet(paper: Paper) -> Iterator[Finding]:
    """The page frame of an administrative document (PL I.I)."""
    first = paper.pages[0]
    if not first.printed:
        return
    if not is_a4(first):
        sides = sorted(side / MM for side in (first.layout.width, first.layout.height))
        yield finding("paper_size", 1, width=round(sides[0]), height=round(sides[1]))
    else:
        yield from _margins(first)
    yield from _fonts(paper)


def is_a4(page: PaperPage) -> bool:
    """Whether the page is A4, upright or lying (NĐ 30/2020 PL I)."""
    sides = sorted(side / MM for side in (page.layout.width, page.layout.height))
    return all(abs(side - wanted) <= _SIZE_TOLERANCE for side, wanted in zip(sides, A4, strict=True))


def _margins(page: PaperPage) -> Iterator[Finding]:
    """Left and right edge of the running text; what hangs out for good reasons is left aside."""
    wide = [
        line.area for row in rows(page.layout.words) if (line := joined(row)).area.x1 - line.area.x0 > 320
    ]
    if len(wide) < 8:
        return
    left = quantiles([area.x0 for area in wide], n=4)[0] / MM
    right = (page.layout.width - quantiles([area.x1 for area in wide], n=4)[2]) / MM
    if not _inside(left, LEFT) or not _inside(right, RIGHT):
        yield finding("margins", 1, left=round(left), right=round(right))


def _inside(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] - _MARGIN_TOLERANCE <= value <= limits[1] + _MARGIN_TOLERANCE


def _fonts(paper: Paper) -> Iterator[Finding]:
    letters: dict[str, int] = {}
    for page in paper.pages:
        for run in page.runs:
            letters[run.font] = letters.get(run.font, 0) + run.letters
    legacy = next((name for name in letters if name.casefold().startswith(_LEGACY)), None)
    if legacy is not None:
        yield finding("font_not_unicode", 1, found=legacy)
    most = max(letters, key=lambda name: letters[name], default="")
    if legacy is None and any(part in most.casefold() for part in _OTHERS):
        yield finding("font", 1, found=most)


def check_scan(paper: Paper) -> Iterator[Finding]:
    """A digitised paper: 200 dpi, colour, PDF 1.4 or later; two layers and PDF/A for an archive."""
    scans = [(page.layout.number, page.scan) for page in paper.pages if page.scan is not None]
    if not scans or paper.role not in _SCANNED_ROLES:
        return
    coarse = [(number, scan.dpi) for number, scan in scans if scan.dpi < DPI - _DPI_TOLERANCE]
    if coarse:
        yield finding("resolution_low", coarse[0][0], dpi=min(dpi for _, dpi in coarse), pages=len(coarse))
    grey = [number for number, scan in scans if not scan.colour]
    if grey:
        yield finding("not_colour", grey[0], pages=len(grey))
    if paper.pdf_version < 1.4:
        yield finding("pdf_version_old", 1, version=paper.pdf_version)
    if paper.role is SigningRole.LUU_TRU:
        yield from _archived(paper)


def _archived(paper: Paper) -> Iterator[Finding]:
    if not any(page.layout.words for page in paper.pages):
        yield finding("no_text_layer", paper.pages[0].layout.number)
    if not paper.archive_format:
        yield finding("not_archive_format", 1)
