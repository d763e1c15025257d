"""Vietnamese identity cards: QR code (2021 and 2024 cards), machine-readable zone, 12-digit number.

Sources: NĐ 137/2015 Điều 13 (number), ICAO 9303-3 and -5 (check digits, TD1); the QR layout is unpublished.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ocr.layout.text_lines import Line, lines_of
from ocr.model import Box, PageReading
from ocr.vietnamese.patterns import calendar_day, fold
from ocr.vietnamese.units import province_codes

_QR_PARTS = 7
_LONGEST_QR = 1000
_COMPACT_DATE = re.compile(r"(\d{2})(\d{2})(\d{4})$")
_DIGIT_LOOKALIKES = str.maketrans("OQDILZSBG", "001112586")
_MRZ_WIDTH = 30


@dataclass(frozen=True, slots=True)
class Card:
    """What the QR code of a card says. The name and address are as the police wrote them."""

    number: str
    name: str
    birth: date
    sex: str
    address: str
    issued: date | None


@dataclass(frozen=True, slots=True)
class Mrz:
    """The machine-readable zone of a card whose check digits all agree. Its name has no tone marks."""

    number: str
    birth: date
    sex: str
    expires: date | None
    """None for a card without expiry (holders from 60 years)."""
    name: str


def parse_qr(text: str) -> Card | None:
    """The QR text of a 2021 card, or of a 2024 card with its extra parts; None for anything else."""
    parts = [part.strip() for part in text.strip().split("|")] if len(text) <= _LONGEST_QR else []
    if len(parts) < _QR_PARTS or not re.fullmatch(r"\d{12}", parts[0]):
        return None
    birth = _compact(parts[3])
    if birth is None or not parts[2] or not re.fullmatch(r"(\d{9})?", parts[1]):
        return None
    return Card(parts[0], parts[2], birth, parts[4], parts[5], _compact(parts[6]))


def _compact(text: str) -> date | None:
    found = _COMPACT_DATE.match(text)
    return calendar_day(found[3], found[2], found[1]) if found else None


def card_problems(card: Card) -> tuple[str, ...]:
    """What does not fit together on a card; codes, empty when all agrees."""
    found = list(number_problems(card.number, card.birth, card.sex))
    if card.issued is None or card.issued < card.birth:
        found.append("issue_date")
    return tuple(found)


def number_problems(number: str, birth: date | None = None, sex: str = "") -> tuple[str, ...]:
    """What is wrong with a 12-digit number: length, province; century, sex, birth year where known."""
    if not re.fullmatch(r"\d{12}", number):
        return ("number_length",)
    found = []
    if number[:3] not in province_codes() and int(number[:3]) <= 96:
        found.append("number_province")
    century, woman = divmod(int(number[3]), 2)
    if birth is not None:
        if birth.year // 100 != 19 + century:
            found.append("number_century")
        if birth.year % 100 != int(number[4:6]):
            found.append("number_birth_year")
    if fold(sex) in ("nam", "nu") and (fold(sex) == "nu") != bool(woman):
        found.append("number_sex")
    return tuple(found)


def check_digit(text: str) -> int:
    """ICAO 9303-3: weights 7-3-1 over digits, letters from A = 10, filler 0."""
    total = 0
    for index, letter in enumerate(text):
        value = 0 if letter == "<" else int(letter, 36)
        total += value * (7, 3, 1)[index % 3]
    return total % 10


def parse_mrz(lines: Sequence[str]) -> Mrz | None:
    """The three lines of a TD1 zone; None unless every check digit agrees: a misreading never passes."""
    if not _is_zone(lines) or mrz_problems(lines):
        return None
    first, second = _as_digits(lines)
    birth = _short_year(second[:6], born=True)
    if birth is None:
        return None
    expires = _short_year(second[8:14], born=False)
    words = " ".join(word for word in lines[2].split("<") if word)
    return Mrz(first[15:27], birth, second[7], expires, words)


def mrz_problems(lines: Sequence[str]) -> tuple[str, ...]:
    """Which check digits of a TD1 zone do not agree (ICAO 9303-5, 4.2.2); codes, empty when all do."""
    first, second = _as_digits(lines)
    parts = {
        "mrz_number": (first[5:14], first[14]),
        "mrz_birth": (second[:6], second[6]),
        "mrz_expiry": (second[8:14], second[14]),
        "mrz_whole": (first[5:] + second[:7] + second[8:15] + second[18:29], second[29]),
    }
    return tuple(code for code, (text, digit) in parts.items() if str(check_digit(text)) != digit)


def _is_zone(lines: Sequence[str]) -> bool:
    return (
        len(lines) == 3
        and all(re.fullmatch(r"[0-9A-Z<]{30}", line) for line in lines)
        and lines[0].startswith("IDVNM")
    )


def _as_digits(lines: Sequence[str]) -> tuple[str, str]:
    """The first two lines with letters taken for digits where only digits stand."""
    first, second = lines[0], lines[1]
    return (
        first[:5] + first[5:27].translate(_DIGIT_LOOKALIKES) + first[27:],
        second[:7].translate(_DIGIT_LOOKALIKES) + second[7:8] + second[8:].translate(_DIGIT_LOOKALIKES),
    )


def _short_year(text: str, born: bool) -> date | None:
    if not text.isdigit():
        return None
    year = 2000 + int(text[:2])
    if born and year > datetime.now(UTC).year:
        year -= 100
    return calendar_day(str(year), text[2:4], text[4:6])


def cards_on(reading: PageReading) -> Iterator[tuple[Card, Box]]:
    """Every card whose QR code stands on the page."""
    for code in reading.codes:
        card = parse_qr(code.text)
        if card is not None:
            yield card, code.box


def mrz_on(reading: PageReading) -> tuple[Mrz, Box] | None:
    """The machine-readable zone printed on the page, if its check digits agree."""
    for texts, box in zones_on(reading):
        found = parse_mrz(texts)
        if found:
            return found, box
    return None


def zones_on(reading: PageReading) -> Iterator[tuple[tuple[str, ...], Box]]:
    """Three lines that have the shape of a card's machine-readable zone, whether or not the digits agree."""
    rows = [(_mrz_text(line), line) for line in lines_of(reading)]
    rows = [(text, line) for text, line in rows if len(text) == _MRZ_WIDTH]
    for start in range(len(rows) - 2):
        three = rows[start : start + 3]
        texts = tuple(text for text, _ in three)
        if _is_zone(texts):
            yield texts, _around([line for _, line in three])


def _mrz_text(line: Line) -> str:
    return line.text.upper().replace(" ", "").replace("«", "<<").replace("‹", "<")


def _around(lines: Sequence[Line]) -> Box:
    boxes = [line.box for line in lines]
    return Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )


def on_pages(readings: Sequence[PageReading]) -> bool:
    """True where a page carries the QR code or the machine-readable zone of a card, and little other text."""
    return any(
        len(reading.text.words) < 150 and (next(cards_on(reading), None) or mrz_on(reading))
        for reading in readings
    )
