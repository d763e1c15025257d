"""Number and day filled in at issue (cells 3 and 4): found by their printed words, drawn by a signature.

NĐ 30/2020 PL I.II.3-4: day below 10 and months 1, 2 get a leading zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from signing.marks import font as marks_font
from signing.marks.mark import Line, Mark
from signing.model import Placement
from signing.pdf.page_layout import PageLayout, TextWord

_BLANK = re.compile(r"^[\s.…_·]*$")
_NUMBER = re.compile(r"^số\s*:", re.IGNORECASE)
_MIN_SIZE, _MAX_SIZE = 11.0, 14.0
_ROOM = 2.0


@dataclass(frozen=True, slots=True)
class _Slot:
    """A blank on a line: from x0 to x1 on the line of `word`."""

    x0: float
    x1: float
    word: TextWord

    @property
    def size(self) -> float:
        return min(_MAX_SIZE, max(_MIN_SIZE, (self.word.y1 - self.word.y0) * 0.88))

    @property
    def baseline(self) -> float:
        return self.word.y0 + (self.word.y1 - self.word.y0) * 0.79


def number_mark(page: PageLayout, number: str, issued: date) -> tuple[Mark, Placement] | None:
    """Number and day as one mark over page 1; None where the blanks are not found or already filled."""
    upper = [word for word in page.words if word.y0 < page.height * 0.4]
    pieces = [*_number_pieces(upper, number, page.width), *_day_pieces(upper, issued)]
    if not pieces:
        return None
    x0 = min(line.x for line in pieces)
    x1 = max(line.x + marks_font.width(line.text, line.size) for line in pieces)
    y0 = min(line.y - line.size for line in pieces)
    y1 = max(line.y + line.size * 0.25 for line in pieces)
    lines = tuple(line._replace(x=line.x - x0, y=line.y - y0) for line in pieces)
    return Mark(x1 - x0, y1 - y0, lines), Placement(1, x0, y0, x1, y1)


def _number_pieces(words: Sequence[TextWord], number: str, width: float) -> list[Line]:
    for word in words:
        if not _NUMBER.match(word.text) or word.x0 > width / 2 or not number:
            continue
        rest = [item for item in _line_after(words, word) if item.x0 < width * 0.55]
        symbol = next((item for item in rest if "/" in item.text), None)
        if symbol is None:
            return _written(_Slot(word.x1 + 3, width / 2, word), number, centred=False) if not rest else []
        digits, _, tail = symbol.text.partition("/")
        if not _BLANK.match(digits):
            return []
        slash = symbol.x1 - (symbol.x1 - symbol.x0) * (len(tail) + 1) / len(symbol.text)
        return _written(_Slot(word.x1, slash, word), number.partition("/")[0])
    return []


def _day_pieces(words: Sequence[TextWord], issued: date) -> list[Line]:
    for word in words:
        if word.text.casefold() != "ngày":
            continue
        rest = _line_after(words, word)
        month = next((item for item in rest if item.text.casefold() == "tháng"), None)
        year = next((item for item in rest if item.text.casefold() == "năm"), None)
        if month is None or year is None:
            continue
        between = [item for item in rest if item.x1 <= year.x0 and item is not month]
        if not all(_BLANK.match(item.text) for item in between):
            return []
        month_text = f"{issued.month:02d}" if issued.month < 3 else str(issued.month)
        pieces = _written(_Slot(word.x1, month.x0, word), f"{issued.day:02d}")
        pieces += _written(_Slot(month.x1, year.x0, word), month_text)
        if not any(item.x0 >= year.x1 for item in rest):
            pieces += _written(_Slot(year.x1 + 3, year.x1 + 40, word), str(issued.year), centred=False)
        return pieces
    return []


def _line_after(words: Sequence[TextWord], start: TextWord) -> list[TextWord]:
    middle = (start.y0 + start.y1) / 2
    return sorted(item for item in words if item.y0 < middle < item.y1 and item.x0 >= start.x1 - 1)


def _written(slot: _Slot, text: str, centred: bool = True) -> list[Line]:
    wide = marks_font.width(text, slot.size)
    if wide + _ROOM > slot.x1 - slot.x0:
        return []
    x = (slot.x0 + slot.x1 - wide) / 2 if centred else slot.x0
    return [Line(text, x, slot.baseline, slot.size)]
