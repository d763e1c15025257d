"""Number and date of an official paper (NĐ 30/2020 ô 3, 4), with a check whether the digits are printed.

Offices write number and day by hand or stamp them on the printed paper. Engines then read wrong digits with
high confidence of their own: digits that do not sit like their printed neighbours are shown for typing.
"""

from __future__ import annotations

import re

from ocr.layout.text_lines import Line
from ocr.model import FieldValue, PageReading, Word
from ocr.papers.heading import Heading
from ocr.vietnamese.patterns import DocumentNumber, calendar_day, document_number, fold

PRINTED = 0.97
UNSURE = 0.75
WRITTEN = 0.45
PARTIAL = 0.3

_DATE = re.compile(
    r".*\bng[a-z]{0,2}(?P<day>.{0,9}?)\s*th[a-z]{1,3}\s*(?P<month>.{0,6}?)\s*n[a-z]{1,2}\s*(?P<year>[12]\d{3})"
)
_UNSLASHED = re.compile(r"[A-ZĐ]{2,}(?:-[A-ZĐ0-9][A-ZĐa-z0-9.&]*)+$")
_KIND_PART = re.compile(r"/\s?([A-Z0-9|!]{2,4})-(?=[A-ZĐ])")
_STROKES = str.maketrans("1l|!T", "IIIII")
"""Letters and signs that a poor scan turns into one another: upright strokes."""
_SAME_HEIGHT = 0.16
_SAME_FOOT = 0.16


def number_field(reading: PageReading, heading: Heading, symbol: str | None = None) -> FieldValue | None:
    """ "47/QĐ-UBND"; written digits have low confidence, unreadable ones are left out: "/QĐ-UBND"."""
    line = heading.number
    plain = document_number(line.text) if line else None
    found = plain or (_symbol_in(line.text, symbol) if line else None)
    if line is None or found is None:
        return None
    sure = min(_number_confidence(reading, line, found.digits), PRINTED if plain else UNSURE)
    if symbol and symbol not in found.symbol.replace("/", "-").split("-"):
        sure = min(sure, UNSURE)  # the title says another kind than the number: one of them is misread
        found = found._replace(symbol=_with_kind(found.symbol, symbol))
    return FieldValue(str(found), sure, reading.number, line.box, reading.text_source)


def _symbol_in(text: str, kind: str | None) -> DocumentNumber | None:
    """The symbol of a number that is no number as it was read: its slash is lost, or TT became 11."""
    found = _UNSLASHED.search(text)
    if found:
        return DocumentNumber("", found[0])
    found = _KIND_PART.search(text)
    if kind and found and found[1].translate(_STROKES) == kind.translate(_STROKES):
        return document_number(text[: found.start(1)] + kind + text[found.end(1) :])
    return None


def _with_kind(read: str, symbol: str) -> str:
    """The symbol as read, its part for the kind put right where one letter or stroke differs: "TIr-UBND"."""
    before, dash, rest = read.partition("-")
    year, slash, kind = before.rpartition("/")
    near = len(symbol) > 1 and (_one_letter_off(kind, symbol) or _only_strokes(kind) == _only_strokes(symbol))
    return year + slash + symbol + dash + rest if near else read


def _one_letter_off(read: str, wanted: str) -> bool:
    return len(read) == len(wanted) and sum(a != b for a, b in zip(read, wanted, strict=True)) == 1


def _only_strokes(text: str) -> str:
    """Upright strokes as one, however many an engine saw: TT, TI1 and TT1 are the same."""
    return re.sub("I+", "I", text.translate(_STROKES))


def _number_confidence(reading: PageReading, line: Line, digits: str) -> float:
    if not digits:
        return PARTIAL
    if reading.text_source == "text_layer":
        return PRINTED
    whole = next(
        (word for word in line.words if re.search(rf"(?<!\d){re.escape(digits)}\s*[/-]", word.text)), None
    )
    if whole is None:
        return WRITTEN
    return round(
        min(PRINTED, *(word.confidence for word in line.words if "/" in word.text or word is whole)), 2
    )


def date_field(reading: PageReading, heading: Heading) -> FieldValue | None:
    """ISO date; only "2025-01" where the day cannot be read, only "2025" where the month cannot either."""
    line = heading.date
    found = _DATE.search(fold(line.text)) if line else None
    if line is None or found is None:
        return None
    day, month = _plain(found["day"], 31), _plain(found["month"], 12)
    value, confidence = found["year"], PARTIAL
    if month:
        value += f"-{int(month):02d}"
        if day and calendar_day(found["year"], month, day):
            value += f"-{int(day):02d}"
            confidence = _date_confidence(reading, line, day, found["year"])
    return FieldValue(value, confidence, reading.number, line.box, reading.text_source)


def _plain(text: str, most: int) -> str:
    text = text.strip(" .,:;_")
    return text if re.fullmatch(r"\d{1,2}", text) and 1 <= int(text) <= most else ""


def _date_confidence(reading: PageReading, line: Line, day: str, year: str) -> float:
    if reading.text_source == "text_layer":
        return PRINTED
    day_word = next((word for word in line.words if word.text.strip(" .,") == day), None)
    year_word = next((word for word in line.words if year in word.text), None)
    if day_word is None or year_word is None:
        return WRITTEN
    if not printed_alike(day_word, year_word):
        return WRITTEN
    return round(min([PRINTED] + [w.confidence for w in line.words if any(c.isdigit() for c in w.text)]), 2)


def printed_alike(digits: Word, printed: Word) -> bool:
    """Do these digits stand as high and on the same foot as digits known to be printed on the same line?"""
    height = printed.box.y1 - printed.box.y0
    if height <= 0:
        return False
    same_height = abs((digits.box.y1 - digits.box.y0) / height - 1) <= _SAME_HEIGHT
    same_foot = abs(digits.box.y1 - printed.box.y1) <= _SAME_FOOT * height
    width = (printed.box.x1 - printed.box.x0) / len(printed.text)
    same_width = 0.6 <= (digits.box.x1 - digits.box.x0) / len(digits.text) / width <= 1.35
    return same_height and same_foot and same_width
