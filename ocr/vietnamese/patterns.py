"""How numbers, dates and names are written on Vietnamese papers: text in, plain values out, no guesses."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_LETTERS = "A-ZĐÀ-ỸƯƠa-zđà-ỹươ"
_SYMBOL = re.compile(
    rf"/\s*((?:\d{{4}}\s*/\s*)?[A-ZĐ][{_LETTERS}0-9.&]*(?:\s?[-–—]\s?[A-ZĐ0-9][{_LETTERS}0-9.&]*)*)"
)
_PARTY_SYMBOL = re.compile(rf"(?<=[\d\s:])\s?[-–]\s?([A-ZĐ]{{1,5}}/[A-ZĐ][{_LETTERS}.]*)")
_DOUBLED_D = re.compile("[ĐÐ]Ð|Ð[ĐÐ]?")
"""Tesseract's Vietnamese model reads one Đ as Đ (U+0110) and Ð (U+00D0), which is no Vietnamese letter."""
_DAY_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)?$")

_PREFIXES = re.compile(
    r"^(?:pgs|gs|ts|ths|bs|bscki+|ks|ong|ba|dong chi|d/c|(?:dai|thuong|trung|thieu) (?:ta|uy|tuong))\b[.\s]*"
)
"""Titles and ranks before a name: NĐ 30/2020 keeps them out of ô 7b, the armed forces do not."""


class DocumentNumber(NamedTuple):
    """`digits` before the first slash (empty when unreadable) and the symbol after it."""

    digits: str
    symbol: str
    joint: str = "/"
    """The Party writes "12-QĐ/TU" (Hướng dẫn 36-HD/VPTW), the state "12/QĐ-UBND"."""

    def __str__(self) -> str:
        return f"{self.digits}{self.joint}{self.symbol}"


def fold(text: str) -> str:
    """Lower case without tone marks, đ as d, white space folded: for comparing what was read."""
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join(plain.split())


def letters(text: str) -> str:
    """Folded text reduced to letters, digits and single spaces."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text)).split())


def upper_share(text: str) -> float:
    """Share of capital letters among the letters of a text; 0 when it has none."""
    found = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in found) / len(found) if found else 0.0


def document_number(text: str) -> DocumentNumber | None:
    """Number and symbol as in NĐ 30/2020 Phụ lục I.II.3 ("15/QĐ-BNV") or Party style ("12-QĐ/TU")."""
    text = _DOUBLED_D.sub("Đ", text)
    party = _PARTY_SYMBOL.search(text)
    if party:
        return DocumentNumber(_digits(text[: party.start()]), party[1], "-")
    found = _SYMBOL.search(text)
    if not found:
        return None
    symbol = re.sub(r"\s", "", found[1]).replace("–", "-").replace("—", "-").rstrip(".")
    return DocumentNumber(_digits(text[: found.start()]), symbol)


def _digits(before: str) -> str:
    """The digits that directly precede the slash; anything else there makes the number unreadable."""
    found = re.search(r"(?:^|[\s:.])(\d{1,6}(?:\.\d{1,2})?)\s*$", before)
    return found[1] if found else ""


def short_date(text: str) -> date | None:
    """The first dd/mm/yyyy of a text that is a day of the calendar."""
    for found in _DAY_MONTH_YEAR.finditer(text):
        day = calendar_day(found[3], found[2], found[1])
        if day:
            return day
    return None


def calendar_day(year: str, month: str, day: str) -> date | None:
    """A real day, or None; digits must be plain."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def year(text: str) -> int | None:
    """The first four-digit year from 1900 to 2099."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def person_name(text: str) -> str | None:
    """A Vietnamese full name: two to six capitalised words, the first a family name; None otherwise."""
    words = text.strip(" .,:;-–—_'\"“”|").split()
    while found := _PREFIXES.match(fold(" ".join(words))):
        words = words[max(1, len(found[0].split())) :]
    if not 2 <= len(words) <= 6 or not all(_is_name_word(word) for word in words):
        return None
    if fold(words[0]) not in _family_names():
        return None
    return " ".join(word.title() if word.isupper() else word for word in words)


@cache
def _family_names() -> frozenset[str]:
    text = files("resources").joinpath("units", "family_names.json").read_text(encoding="utf-8")
    return frozenset(json.loads(text)["names"])


def _is_name_word(word: str) -> bool:
    return (
        bool(_NAME_WORD.match(word))
        and word[0].isupper()
        and len(word) <= 8
        and (word.isupper() or word[1:].islower() or len(word) == 1)
    )
