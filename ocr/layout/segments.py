"""Words grouped into pieces of lines, and pieces into rows: the raw material of reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ocr.layout.furniture import Furniture
from ocr.model import Box, Word

_WIDE_GAP = 1.2
_FILLED_SHARE = 0.4
_SAME_ROW = 0.5

Row = list["Segment"]


@dataclass(frozen=True, slots=True)
class Segment:
    """Neighbouring words of one line."""

    words: tuple[Word, ...]
    box: Box
    is_table: bool = False
    """A whole ruled table, its words already in order."""

    @property
    def middle(self) -> float:
        """Height of its middle on the page."""
        return (self.box.y0 + self.box.y1) / 2


def rows_of(segments: Iterable[Segment], furniture: Furniture, height: float) -> list[Row]:
    """Pieces on the same height together, from the top; `height` is a word's usual one.

    Pieces with a leader between them are one: the line goes on across it.
    """
    segments = sorted(segments, key=lambda segment: segment.box.y0 if segment.is_table else segment.middle)
    rows: list[Row] = []
    for segment in segments:
        if rows and _beside(segment, rows[-1], height):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [_joined(sorted(row, key=lambda segment: segment.box.x0), furniture) for row in rows]


def _joined(row: Row, furniture: Furniture) -> Row:
    joined = row[:1]
    for segment in row[1:]:
        last = joined[-1]
        gap = _between(last.box, segment.box)
        whole = not (last.is_table or segment.is_table or _is_ruled(gap, furniture))
        if whole and _is_filled(gap, furniture):
            joined[-1] = segment_of(last.words + segment.words)
        else:
            joined.append(segment)
    return joined


def _beside(segment: Segment, row: Row, height: float) -> bool:
    middle = sum(other.middle for other in row) / len(row)
    apart = not segment.is_table and all(
        segment.box.x0 >= other.box.x1 or segment.box.x1 <= other.box.x0 for other in row
    )
    return apart and abs(segment.middle - middle) < _SAME_ROW * height


def segments_of(words: Sequence[Word], furniture: Furniture, height: float) -> Iterator[Segment]:
    """Pieces of the engine's lines, parted at wide gaps and upright rules."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    for line in lines.values():
        line.sort(key=lambda word: word.box.x0)
        start = 0
        for place in range(1, len(line)):
            if _parted(line[place - 1].box, line[place].box, furniture, height):
                yield segment_of(line[start:place])
                start = place
        yield segment_of(line[start:])


def segment_of(words: Sequence[Word], is_table: bool = False) -> Segment:
    """The piece that these words make."""
    boxes = [word.box for word in words]
    return Segment(
        tuple(words),
        Box(
            min(box.x0 for box in boxes),
            min(box.y0 for box in boxes),
            max(box.x1 for box in boxes),
            max(box.y1 for box in boxes),
        ),
        is_table,
    )


def _parted(left: Box, right: Box, furniture: Furniture, height: float) -> bool:
    """A wide gap or an upright rule stands between; a leader fills a gap, as the line goes on across it."""
    gap = _between(left, right)
    if _is_ruled(gap, furniture):
        return True
    return gap.x1 - gap.x0 >= _WIDE_GAP * height and not _is_filled(gap, furniture)


def _between(left: Box, right: Box) -> Box:
    return Box(left.x1, min(left.y0, right.y0), right.x0, max(left.y1, right.y1))


def _is_ruled(gap: Box, furniture: Furniture) -> bool:
    """An upright rule stands in the gap."""
    return any(gap.x0 <= rule.x0 and rule.x1 <= gap.x1 and _tall(rule, gap) for rule in furniture.down)


def _is_filled(gap: Box, furniture: Furniture) -> bool:
    """A leader runs across most of the gap."""
    filled = sum(_covered(leader, gap) for leader in furniture.leaders)
    return filled > 0 and filled >= _FILLED_SHARE * (gap.x1 - gap.x0)


def _tall(rule: Box, gap: Box) -> bool:
    return min(rule.y1, gap.y1) - max(rule.y0, gap.y0) > 0.5 * (gap.y1 - gap.y0)


def _covered(leader: Box, gap: Box) -> float:
    if leader.y1 < gap.y0 or leader.y0 > gap.y1:
        return 0.0
    return max(0.0, min(leader.x1, gap.x1) - max(leader.x0, gap.x0))
