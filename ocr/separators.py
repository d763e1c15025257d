"""Separator sheets: a printed page whose QR code starts a new paper and may name its dossier."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from ocr.model import PageReading

_PREFIX = "tramso:separator"
_LONGEST_CODE = 64


@dataclass(frozen=True, slots=True)
class Separator:
    """What a separator sheet says."""

    dossier: str
    """Dossier code, empty for a plain break between papers."""


def parse(text: str) -> Separator | None:
    """Read the text of a code; None where it is no separator's or its dossier code is not a short text."""
    if len(text) > 4 * _LONGEST_CODE or not text.startswith(_PREFIX):
        return None
    rest = text[len(_PREFIX) :]
    if rest and not rest.startswith("?"):
        return None
    code = parse_qs(rest[1:], keep_blank_values=True).get("dossier", [""])[0].strip()
    if len(code) > _LONGEST_CODE or not code.isprintable():
        return None
    return Separator(code)


def text_for(separator: Separator) -> str:
    """The text to print as a QR code; `parse` reads it back."""
    return f"{_PREFIX}?dossier={quote(separator.dossier, safe='')}"


def on_page(reading: PageReading) -> Separator | None:
    """The separator that a page is, if it is one."""
    return next((found for code in reading.codes if (found := parse(code.text)) is not None), None)
