"""Separator sheets: a printed page that starts a new paper, and may name its dossier, component, profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from ocr.model import Code, PageReading

_PREFIX = "tramso:separator"
_LONGEST_CODE = 64
_LONGEST_TEXT = 700
_PATCHES = ("PatchT", "Patch2")
_PATCH_TEXT = "PATCHT"
"""What common patch sheets carry as Code 39 beside the bars."""
_MOST_WORDS = 60
"""A page with more words is a paper that happens to bear a code, not a sheet to lay between papers."""


@dataclass(frozen=True, slots=True)
class Separator:
    """What a separator sheet says."""

    dossier: str
    """Dossier code, empty for a plain break between papers."""
    component: str = ""
    """Component of the dossier that the paper fills."""
    profile: str = ""
    """Name of the scan profile for what follows."""


@dataclass(frozen=True, slots=True)
class Separation:
    """What else may start a new paper in this batch, beside our own sheets."""

    content: bool = True
    """Headings, form titles, page numbers that begin again."""
    patches: bool = True
    """Patch T and Patch 2 sheets."""
    barcodes: bool = False
    """Any page with a barcode that the pages of the paper before it do not carry."""
    paper_size: bool = False
    """A change of paper, such as a card after A4."""


def parse(text: str) -> Separator | None:
    """Read the text of a code; None where it is no separator's or one of its codes is not a short text."""
    if len(text) > _LONGEST_TEXT or not text.startswith(_PREFIX):
        return None
    rest = text[len(_PREFIX) :]
    if rest and not rest.startswith("?"):
        return None
    found = parse_qs(rest[1:], keep_blank_values=True)
    parts = [found.get(name, [""])[0].strip() for name in ("dossier", "component", "profile")]
    if any(len(part) > _LONGEST_CODE or not part.isprintable() for part in parts):
        return None
    return Separator(*parts)


def text_for(separator: Separator) -> str:
    """The text to print as a QR code; `parse` reads it back."""
    parts = [("dossier", separator.dossier)]
    more = (("component", separator.component), ("profile", separator.profile))
    parts += [(name, value) for name, value in more if value]
    return f"{_PREFIX}?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in parts)


def on_page(reading: PageReading) -> Separator | None:
    """The separator of ours that a page is, if it is one."""
    return next((found for code in reading.codes if (found := parse(code.text)) is not None), None)


def is_sheet(reading: PageReading, by: Separation) -> bool:
    """Is the page a sheet that divides papers and belongs to none?"""
    patch = by.patches and any(map(_is_patch, reading.codes)) and len(reading.text.words) <= _MOST_WORDS
    return patch or on_page(reading) is not None


def _is_patch(code: Code) -> bool:
    return code.format in _PATCHES or code.text == _PATCH_TEXT


def bears_new_code(reading: PageReading, before: Sequence[PageReading]) -> bool:
    """Does the page carry a barcode that the paper before it does not?"""
    known = {code.text for page in before for code in page.codes}
    return any(code.text not in known and not _is_patch(code) for code in reading.codes)
