"""The block at the top of an official paper: motto, agency, number, place and date (NĐ 30/2020 ô 1-4, 5b)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ocr.layout.text_lines import Line, lines_of, rows_of
from ocr.model import Box, PageReading, Word
from ocr.vietnamese.patterns import DocumentNumber, document_number, fold, letters, upper_share

_MOTTOS = ("cong hoa xa hoi chu nghia viet nam", "cong hoa xa hoi chu", "dang cong san viet nam")
"""In full, broken over two lines in a narrow column, and the Party's."""
_SLOGAN = "doc lap tu do hanh phuc"
_MOTTO_ALIKE = 80
_TOP_SHARE = 0.5
"""The heading stands in the upper half of a page, whatever stamps are above it."""
_NUMBER_WORD = re.compile(r"^\W{0,3}(?:(?:luat|phap lenh|nghi quyet|bo luat)\s+)?s[o06]\w?\b(?!\s?dinh)")
# A number before the day is that of another paper: "Thông tư số 55/2021/TT-BCA ngày 15 tháng 5".
_DATE_WORDS = re.compile(r"(?!.*sinh)(?!.*/.*ngay).*(?:nga?y.{0,14}tha?ng|thang.{0,8}nam)")
_INTO = 45
"""Points by which a line of one column may reach over the cut."""
_ROWS_BELOW = 95
"""Number and date stand within this many points below the motto."""
_SYMBOL_PITCH = 22
_FEW_WORDS = 4
_AGENCY_GAP = 16
_SLASH = re.compile(r"[/⁄]")
_HEADING_SHARE = 0.28
"""How much of the page below the motto may still belong to the heading."""
_SUBJECT_START = re.compile(r"^\W{0,2}(?:v\s?/\s?v|vv\b|v/iv|ve viec)")
_SUBJECT_REACH = 110
"""A công văn's subject (ô 5b) ends within this many points below its number."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands where in the heading; lines are as read."""

    motto: Line | None
    """Quốc hiệu (or the Party's name), None on papers without it."""
    agency: tuple[Line, ...] = ()
    number: Line | None = None
    date: Line | None = None
    subject: tuple[Line, ...] = ()
    """Lines of "V/v ..." under the number (ô 5b)."""
    bottom: float = 0.0
    """Where the heading ends, in points; titles stand below."""

    @property
    def document_number(self) -> DocumentNumber | None:
        """Number and symbol as far as they can be read."""
        return document_number(self.number.text) if self.number else None


def heading_of(reading: PageReading) -> Heading:
    """Find the heading of a first page; everything optional, nothing guessed."""
    lines = lines_of(reading)
    motto = find_motto(lines, reading.height)
    if motto is None:
        return _without_motto(lines, reading)
    left, right = _columns(lines, motto, reading)
    lowest = motto.box.y1 + _ROWS_BELOW
    number = _number_line([line for line in left if line.box.y0 < lowest])
    date = _date_line([line for line in right if line.box.y0 < lowest])
    agency = _agency_lines(left, motto, number)
    subject = _subject_lines([line for line in left if line in lines], number)
    ends = [_slogan_bottom(right, motto)] + [line.box.y1 for line in (number, date) if line]
    return Heading(motto, agency, number, date, subject, max(ends))


def find_motto(lines: Sequence[Line], page_height: float) -> Line | None:
    """The line "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" (or the Party's), without what was read beside it."""
    best: tuple[float, Line] | None = None
    for line in lines:
        if line.box.y0 > _TOP_SHARE * page_height or upper_share(line.text) < 0.5:
            continue
        for target in _MOTTOS:
            found = _best_stretch(line.words, target)
            if found and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best else None


def _best_stretch(words: tuple[Word, ...], target: str) -> tuple[float, Line] | None:
    size = len(target.split())
    best: tuple[float, Line] | None = None
    for length in (size - 1, size, size + 1):
        for start in range(max(1, len(words) - length + 1)):
            piece = words[start : start + length]
            alike = fuzz.ratio(letters(" ".join(word.text for word in piece)), target)
            if alike >= _MOTTO_ALIKE and (best is None or alike > best[0]):
                best = (alike, Line(tuple(piece)))
    return best


def _columns(lines: Sequence[Line], motto: Line, reading: PageReading) -> tuple[list[Line], list[Line]]:
    """Lines from the motto down, cut where the right column begins; a centred motto has no left one."""
    top, reach = motto.box.y0 - 14, motto.box.y1 + _HEADING_SHARE * reading.height
    near = [line for line in lines if line.box.y1 > top and line.box.y0 < reach]
    cut = motto.box.x0 - 2
    if is_centred(motto, reading.width) and not any(_beside(line, motto) for line in near):
        return [], near
    left: list[Line] = []
    right: list[Line] = []
    for line in near:
        before, after = _cut(line, cut)
        left.extend(before)
        right.extend(after)
    return left, right


def _cut(line: Line, cut: float) -> tuple[list[Line], list[Line]]:
    """A line belongs to one column unless it reaches well into both: then the engine read across the gap."""
    if line.box.x0 > cut - _INTO:
        return [], [line]
    if line.box.x1 < cut + _INTO / 2:
        return [line], []
    before = tuple(word for word in line.words if _centre(word.box) < cut)
    after = tuple(word for word in line.words if _centre(word.box) >= cut)
    return [Line(before)] if before else [], [Line(after)] if after else []


def _beside(line: Line, motto: Line) -> bool:
    row = line.box.y0 < motto.box.y1 + 4
    return row and any(_centre(word.box) < motto.box.x0 - 2 for word in line.words)


def is_centred(line: Line, page_width: float) -> bool:
    """Its middle stands near the middle of the page."""
    return abs(line.middle / page_width - 0.5) < 0.08


def _centre(box: Box) -> float:
    return (box.x0 + box.x1) / 2


def _number_line(left: Sequence[Line]) -> Line | None:
    """ "Số: 15/QĐ-BNV" with all that stands on its row: a blank for a written number may have split it."""
    rows = [_whole_row(line, left) for line in left]
    rows = [_with_next(line, rows) if line.text.rstrip().endswith("-") else line for line in rows]
    named = [line for line in rows if _NUMBER_WORD.match(fold(line.text))]
    by_word = (line for line in named if _SLASH.search(line.text))
    by_symbol = (line for line in rows if _has_symbol(line))
    blank = (line for line in named if len(line.words) <= _FEW_WORDS)
    return next((line for found in (by_word, by_symbol, blank) for line in found), None)


def _date_line(right: Sequence[Line]) -> Line | None:
    """ "Quảng Ngãi, ngày 22 tháng 11 năm 2024", whole: a written day may have split it."""
    rows = (_whole_row(line, right) for line in right)
    return next((row for row in rows if _DATE_WORDS.match(fold(row.text))), None)


def _has_symbol(line: Line) -> bool:
    """ "922/TT-BCA" where the word before it cannot be read."""
    found = document_number(line.text)
    short = found is not None and len(line.words) <= _FEW_WORDS + 1
    return short and found is not None and "-" in found.symbol and upper_share(found.symbol) > 0.6


def _whole_row(line: Line, lines: Sequence[Line]) -> Line:
    row = [x for x in lines if abs(_middle_height(x) - _middle_height(line)) < 5 and x.box.x0 >= line.box.x0]
    return Line(tuple(sorted((word for x in row for word in x.words), key=lambda word: word.box.x0)))


def _with_next(line: Line, rows: Sequence[Line]) -> Line:
    """A long symbol broken after a dash goes on below."""
    under = [row for row in rows if 4 < _middle_height(row) - _middle_height(line) < _SYMBOL_PITCH]
    return Line(line.words + under[0].words) if under else line


def _middle_height(line: Line) -> float:
    box = line.box
    return (box.y0 + box.y1) / 2


def _agency_lines(left: Sequence[Line], motto: Line, number: Line | None) -> tuple[Line, ...]:
    bottom = number.box.y0 + 2 if number else motto.box.y1 + 45
    named = [
        line
        for line in left
        if _middle_height(line) < bottom
        and line.words[0] not in motto.words
        and len(letters(line.text)) >= 3
        and upper_share(line.text) > 0.6
        and not _is_motto(line)
    ]
    kept: list[Line] = []
    for row in rows_of(named):
        if row.words[0] in (number.words if number else ()):
            continue
        if kept and row.box.y0 - kept[-1].box.y1 > _AGENCY_GAP:
            break
        kept.append(row)
    return tuple(kept)


def _is_motto(line: Line) -> bool:
    read = letters(line.text)
    return any(fuzz.ratio(read, target) >= _MOTTO_ALIKE for target in (*_MOTTOS, _SLOGAN))


def _subject_lines(left: Sequence[Line], number: Line | None) -> tuple[Line, ...]:
    """ "V/v" and the lines that go on under it, until a gap or the end of the left column."""
    top = number.box.y0 if number else 0.0
    below = [line for line in left if line.box.y0 > top + 4]
    start = next((i for i, line in enumerate(below) if _SUBJECT_START.match(fold(line.text))), None)
    if start is None or (number is not None and below[start].box.y0 - top > _SUBJECT_REACH):
        return ()
    kept = [below[start]]
    for line in below[start + 1 :]:
        last = kept[-1].box
        if line.box.y0 - last.y1 > 0.9 * (last.y1 - last.y0) or fold(line.text).startswith("kinh gui"):
            break
        kept.append(line)
    return tuple(kept)


def _slogan_bottom(lines: Sequence[Line], motto: Line) -> float:
    for line in lines:
        if line.box.y0 > motto.box.y0 and fuzz.partial_ratio(_SLOGAN, letters(line.text)) >= 75:
            return line.box.y1
    return motto.box.y1


def _without_motto(lines: Sequence[Line], reading: PageReading) -> Heading:
    """Copies and covers whose motto cannot be read: the number line alone still tells something."""
    top = [line for line in lines if line.box.y0 < 0.3 * reading.height]
    number = next((x for x in top if _NUMBER_WORD.match(fold(x.text)) and document_number(x.text)), None)
    return Heading(None, number=number, bottom=0.0)
