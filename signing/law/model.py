"""The nouns of the rule check: a paper as plain data going in, findings with their clause coming out.

NĐ 30/2020/NĐ-CP (form of administrative documents), TT 01/2023/TT-VPCP and TT 05/2025/TT-BNV (scans, marks).
Lengths are points from the top left of the upright page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from signing.model import Placement, SigningRole
from signing.pdf.page_layout import PageLayout


class Fix(StrEnum):
    """What a person can do about a finding, at once."""

    FILL_NUMBER = "fill_number"
    FILL_DATE = "fill_date"
    MOVE_MARK = "move_mark"
    SCAN_AGAIN = "scan_again"
    SEND_BACK = "send_back"
    """Its words are wrong: whoever drafted it corrects and sends it again."""


class Area(NamedTuple):
    """A place on a page."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as the law says; its words are `law.<code>.what` and `law.<code>.remedy`."""

    code: str
    clause: str
    page: int
    fix: Fix
    area: Area | None = None
    sure: bool = True
    """False where a person must look: what OCR read, or did not read, proves little."""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scan:
    """The picture that fills a scanned page."""

    dpi: int
    colour: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one typeface that stand together on a line; size in points."""

    area: Area
    font: str
    size: float
    bold: bool
    italic: bool
    letters: int


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page as the check sees it."""

    layout: PageLayout
    printed: bool
    """Its words were set by a program, not read by OCR."""
    scan: Scan | None = None
    runs: tuple[Run, ...] = ()
    """Its type, on the first and last pages."""


class SignedMark(NamedTuple):
    """A visible signature that is there, and its likely role."""

    role: SigningRole | None
    place: Placement


@dataclass(frozen=True, slots=True)
class Paper:
    """A document and what is about to be done to it."""

    pages: tuple[PaperPage, ...]
    """Pages that were looked at, in order; long papers are read at both ends."""
    page_count: int
    pdf_version: float = 1.7
    archive_format: bool = True
    """Its metadata claim PDF/A."""
    marks: tuple[SignedMark, ...] = ()
    role: SigningRole | None = None
    """In what capacity it will be signed; None: it is only looked at."""
    planned: Placement | None = None
    """Where that mark will stand."""
    number: str = ""
    """Number and symbol that the registry will fill in."""
    kind: str = ""
    """Code in kinds.json where somebody confirmed it; otherwise the printed title decides."""
