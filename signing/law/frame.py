"""Rules for the head of a document: motto, agency, number and symbol, place and day, subject, addressee."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Generator, Iterator

from signing.law.clauses import finding
from signing.law.head import COUNTRY, Head
from signing.law.kinds import LETTER, UNNUMBERED, by_symbol
from signing.law.model import Area, Finding, Paper
from signing.law.text import Found, fold, joined, rows
from signing.model import SigningRole

_MOTTO_WORDS = ["Độc", "lập", "Tự", "do", "Hạnh", "phúc"]
_PARTS = re.compile(r"^so\s*[:;.]?\s*(?P<digits>[^/]*?)\s*/\s*(?P<symbol>.+)$")
_SYMBOL = re.compile(r"^[A-ZĐ][A-Za-zĐđ0-9&.+]*([-/][A-ZĐ0-9][A-Za-zĐđ0-9&.+]*)*$")
_BLANK = re.compile(r"^[\s.…_·-]*$")
_DATED = re.compile(
    r"(?P<place>.*?)[,.;]?\s*\bngay\b(?P<day>.{0,12}?)\bthang\b(?P<month>.{0,10}?)\bnam\b\s*(?P<year>\S*)"
)


def check_head(paper: Paper, head: Head) -> Iterator[Finding]:
    """What is not as it should be in the upper part of page 1."""
    if not head.page.printed:
        yield from _read(head)
        return
    yield from _country(head)
    if head.motto is None:
        yield finding("motto_missing", 1)
    elif re.findall(r"\w+", head.motto.text) != _MOTTO_WORDS:
        yield finding("motto_wrong", 1, head.motto.area, found=head.motto.text)
    if not head.agency:
        yield finding("agency_missing", 1)
    yield from _number(paper, head)
    yield from _day(paper, head)
    if head.letter:
        yield from _letter(head)


def _read(head: Head) -> Iterator[Finding]:
    """What OCR did not read proves nothing: handwriting, seals and folds hide words from it."""
    if head.country is None and head.motto is None:
        yield finding("country_missing", 1, sure=False)
    parts = _PARTS.match(fold(head.number.text)) if head.number else None
    if head.number is None or parts is None or head.kind is None or head.kind.code == LETTER:
        return
    first = _first(head.number)
    if by_symbol(first) is not None and fold(first) != fold(head.kind.symbol):
        yield _symbol_wrong(head, head.number, first, sure=False)


def _country(head: Head) -> Iterator[Finding]:
    found = head.country
    if found is None:
        yield finding("country_missing", 1)
        return
    if fold(found.text) != COUNTRY or found.text != found.text.upper():
        yield finding("country_wrong", 1, found.area, found=found.text)
    if (found.area.x0 + found.area.x1) / 2 < head.page.layout.width * 0.5:
        yield finding("country_place", 1, found.area)


def _shaped(
    what: str, head: Head, found: Found | None, form: re.Pattern[str]
) -> Generator[Finding, None, tuple[Found, re.Match[str]] | None]:
    """The number or day with its parts; None after it was said that it is missing or of another form."""
    if found is None:
        if head.kind is not None and head.kind.code not in UNNUMBERED:
            yield finding(f"{what}_missing", 1)
        return None
    parts = form.search(fold(found.text))
    if parts is None:
        yield finding(f"{what}_form", 1, found.area, found=found.text)
        return None
    return found, parts


def _blank(what: str, paper: Paper, head: Head, found: Found) -> Iterator[Finding]:
    """Who approves signs before the registry fills in number and day (NĐ 30/2020 Điều 15)."""
    later = paper.role is SigningRole.KY_DUYET or bool(paper.number)
    if not later and not _drawn(head, found.area):
        yield finding(f"{what}_blank", 1, found.area)


def _number(paper: Paper, head: Head) -> Iterator[Finding]:
    shaped = yield from _shaped("number", head, head.number, _PARTS)
    if shaped is None:
        return
    found, parts = shaped
    digits = parts["digits"]
    if _BLANK.match(digits):
        yield from _blank("number", paper, head, found)
    elif re.fullmatch(r"\d", digits):
        yield finding("number_padding", 1, found.area, found=digits, wanted=f"0{digits}")
    if not _SYMBOL.match(_symbol(found)):
        yield finding("number_form", 1, found.area, found=found.text)
    else:
        yield from _abbreviation(head, found)


def _symbol(found: Found) -> str:
    return found.text[found.text.index("/") + 1 :].strip()


def _first(found: Found) -> str:
    """The abbreviation that the symbol begins with."""
    return re.split(r"[-/]", _symbol(found))[0]


def _abbreviation(head: Head, found: Found) -> Iterator[Finding]:
    """It must be that of the kind, every letter as in Phụ lục III; a letter has none."""
    first, kind = _first(found), head.kind
    if kind is None:
        return
    if kind.code == LETTER:
        if first == "CV" or by_symbol(first):
            yield finding("symbol_on_letter", 1, found.area, found=first)
    elif kind.symbol and not first.startswith((kind.symbol, f"{kind.symbol}LT")):
        yield _symbol_wrong(head, found, first)


def _symbol_wrong(head: Head, found: Found, first: str, sure: bool = True) -> Finding:
    name, wanted = (head.kind.name, head.kind.symbol) if head.kind else ("", "")
    return finding("symbol_wrong", 1, found.area, sure, found=first, wanted=wanted, kind=name)


def _drawn(head: Head, area: Area) -> bool:
    """A signature's mark stands over the blank: the registry filled it in."""
    return any(
        box[0] < area.x1 and area.x0 < box[2] and box[1] < area.y1 and area.y0 < box[3]
        for box in head.page.layout.marks
    )


def _day(paper: Paper, head: Head) -> Iterator[Finding]:
    shaped = yield from _shaped("date", head, head.day, _DATED)
    if shaped is None:
        return
    found, parts = shaped
    if not any(letter.isalpha() for letter in parts["place"]):
        yield finding("place_missing", 1, found.area)
    day, month, year = (parts[name].strip(" .…_") for name in ("day", "month", "year"))
    if not day or not month:
        yield from _blank("date", paper, head, found)
    else:
        yield from _calendar(found, day, month, year.rstrip("."))


def _calendar(found: Found, day: str, month: str, year: str) -> Iterator[Finding]:
    if not (day.isdigit() and month.isdigit() and re.fullmatch(r"\d{4}", year)):
        yield finding("date_form", 1, found.area, found=found.text)
    elif not 1 <= int(month) <= 12 or not 1 <= int(day) <= monthrange(max(int(year), 1), int(month))[1]:
        yield finding("date_impossible", 1, found.area, found=found.text)
    elif len(day) == 1 or month in ("1", "2"):
        yield finding("date_padding", 1, found.area, found=found.text)


def _letter(head: Head) -> Iterator[Finding]:
    """An official letter says what it is about under its number, and to whom it goes."""
    upper = [word for word in head.page.layout.words if word.y1 < head.page.layout.height * 0.5]
    left = [word for word in upper if word.x0 < head.page.layout.width * 0.5]
    texts = [fold(joined(row).text) for row in rows(left)]
    if not any(text.startswith(("v/v", "ve viec", "v/v:")) for text in texts):
        yield finding("subject_missing", 1)
    if not any("kinh gui" in fold(joined(row).text) for row in rows(upper)):
        yield finding("addressee_missing", 1)
