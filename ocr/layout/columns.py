"""Blocks that stand side by side: found by the clear strip between them, read one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ocr.layout.segments import Row, Segment
from ocr.vietnamese.language import bare

_CLEAR_STRIP = 0.8
_SURE_GAP = 2.0
_MIN_PAIRED_ROWS = 2
_TABLE_ROWS, _TABLE_SHARE = 5, 0.8
_SAME_BLOCK = 0.9
_MAX_DROP = 9.0

_TITLE = re.compile(r"cong hoa xa hoi|doc lap.{0,5}tu do")
_NUMBER = re.compile(r"^\W*so\s*[:.;]")
_DATE = re.compile(r"ngay\b.*\bthang\b.*\bnam\b")


class _Zone(NamedTuple):
    """Rows `first` up to `end` with a clear strip from `left` to `right` between their two sides."""

    first: int
    end: int
    left: float
    right: float


def in_reading_order(rows: Sequence[Row], height: float) -> Iterator[Row]:
    """Text lines in reading order."""
    at = 0
    while at < len(rows):
        zone = _zone_at(rows, at, height)
        if zone is None:
            yield rows[at]
            at += 1
        else:
            yield from _side_by_side(rows[at : zone.end], zone, height)
            at = zone.end


def _zone_at(rows: Sequence[Row], first: int, height: float) -> _Zone | None:
    """The tallest pair of blocks that begins with this row, if any."""
    zones = [
        zone
        for left, right in _gaps(rows[first], height)
        if (zone := _grown(rows, first, left, right, height)) is not None
    ]
    return max(zones, key=lambda zone: (zone.end, zone.right - zone.left), default=None)


def _gaps(row: Row, height: float) -> list[tuple[float, float]]:
    """Gaps wide enough to part blocks; a long agency's name may come close to the national title."""
    least = (_CLEAR_STRIP if _is_heading(row) else _SURE_GAP) * height
    return [(a.box.x1, b.box.x0) for a, b in pairwise(row) if b.box.x0 - a.box.x1 >= least]


def _grown(rows: Sequence[Row], first: int, left: float, right: float, height: float) -> _Zone | None:
    """Let the zone grow downwards as long as the strip stays clear."""
    end, paired, lowest = first, 0, _bottom(rows[first])
    last_paired_end = first
    for place in range(first, len(rows)):
        strip = _narrowed(rows[place], left, right, _CLEAR_STRIP * height)
        if strip is None or rows[place][0].box.y0 - lowest > _MAX_DROP * height:
            break
        left, right = strip
        lowest = max(lowest, _bottom(rows[place]))
        end = place + 1
        on_right = [segment.box.x0 >= right - 1e-6 for segment in rows[place]]
        paired += any(on_right) and not all(on_right)
        last_paired_end = end if any(on_right) else last_paired_end
    least = 1 if _is_heading(rows[first]) else _MIN_PAIRED_ROWS
    if paired < least or _is_table(paired, last_paired_end - first):
        return None
    return _Zone(first, _with_tail(rows, last_paired_end, end, height), left, right)


def _is_table(paired: int, count: int) -> bool:
    """Many rows, nearly all with both sides on one height: what belongs together stands in the row."""
    return count >= _TABLE_ROWS and paired >= _TABLE_SHARE * count


def _narrowed(row: Row, left: float, right: float, width: float) -> tuple[float, float] | None:
    """The strip that this row leaves clear; None where it has none."""
    for segment in row:
        if segment.box.x1 <= right - width and (segment.box.x0 < left or segment.box.x1 < (left + right) / 2):
            left = max(left, segment.box.x1)
        elif segment.box.x0 >= left + width:
            right = min(right, segment.box.x0)
        else:
            return None
    return (left, right) if right - left >= width else None


def _with_tail(rows: Sequence[Row], end: int, limit: int, height: float) -> int:
    """Lines that go on below on the left without a break belong to the left block."""
    while end < limit and _top(rows[end]) - _bottom(rows[end - 1]) < _SAME_BLOCK * height:
        end += 1
    return end


def _side_by_side(rows: Sequence[Row], zone: _Zone, height: float) -> Iterator[Row]:
    cut = _heading_cut(rows)
    for part in (rows[:cut], rows[cut:]):
        for on_right in (False, True):
            side = [[s for s in row if (s.box.x0 >= zone.right - 1e-6) == on_right] for row in part]
            yield from in_reading_order([row for row in side if row], height)


def _heading_cut(rows: Sequence[Row]) -> int:
    """Where the second pair of the frame (number beside date) begins; 0 where this is no heading."""
    if not any(map(_is_heading, rows)):
        return 0
    for place, row in enumerate(rows):
        if any(_NUMBER.search(_plain(segment)) or _DATE.search(_plain(segment)) for segment in row):
            return place
    return 0


def _is_heading(row: Row) -> bool:
    """The national title stands in the row."""
    return any(_TITLE.search(_plain(segment)) for segment in row)


def _plain(segment: Segment) -> str:
    return bare(" ".join(word.text for word in segment.words))


def _top(row: Row) -> float:
    return min(segment.box.y0 for segment in row)


def _bottom(row: Row) -> float:
    return max(segment.box.y1 for segment in row)
