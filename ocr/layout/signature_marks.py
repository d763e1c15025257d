"""What a digital signature shows of itself on the page: who signed, from where, when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocr.layout.segments import Row
from ocr.vietnamese.patterns import letters

_TIME = re.compile(r"\d\d[./]\d\d[./]\d{4} \d\d:\d\d:\d\d [+-]\d\d:\d\d\W*$")
_SIGNER = re.compile(r"\bký\s*:|^\W*Email\s*:")
# Nothing is printed above the running head of the gazette (công báo): what stands there is such a mark.
_GAZETTE_HEAD = re.compile(r"\bcong bao so \d[\d ]* ngay \d")
_MOST_LINES = 6
_MOST_ABOVE = 12
_CLOSE = 0.8
"""Lines of one mark stand closer than this many of their heights."""


def signature_marks_last(rows: Sequence[Row]) -> list[Row]:
    """The rows with those of signature marks at the end.

    A mark is laid over the finished paper, often above or in its heading, and is no part of what it says.
    It is known by the signing time with its offset, which is its last line; on a page of the gazette, where
    it is small print that copies make unreadable, by standing above the running head.
    """
    marks = set(range(_gazette_head(rows)))
    for place, row in enumerate(rows):
        if _TIME.search(_text(row)):
            marks |= _mark_up_from(rows, place)
    paper = [row for place, row in enumerate(rows) if place not in marks]
    return paper + [rows[place] for place in sorted(marks)]


def _gazette_head(rows: Sequence[Row]) -> int:
    """The place of the running head among the first rows; 0 where there is none."""
    first = enumerate(rows[: _MOST_ABOVE + 1])
    return next((place for place, row in first if _GAZETTE_HEAD.search(letters(_text(row)))), 0)


def _mark_up_from(rows: Sequence[Row], last: int) -> set[int]:
    first = last
    while first > max(0, last - _MOST_LINES + 1) and _is_close(rows[first - 1], rows[first]):
        first -= 1
    named = any(_SIGNER.search(_text(row)) for row in rows[first : last + 1])
    return set(range(first, last + 1)) if named else set()


def _is_close(above: Row, below: Row) -> bool:
    top, bottom = min(s.box.y0 for s in below), max(s.box.y1 for s in below)
    foot = max(segment.box.y1 for segment in above)
    return top - foot < _CLOSE * (bottom - top)


def _text(row: Row) -> str:
    return " ".join(word.text for segment in row for word in segment.words)
