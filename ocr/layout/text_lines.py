"""The lines of a page as a reader sees them: runs of words side by side, split where columns part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ocr.model import Box, PageReading, Word

_COLUMN_GAP = 1.6
"""A gap wider than this many line heights parts two columns; justified text stays well below."""


@dataclass(frozen=True, slots=True)
class Line:
    """A run of words on one text line of one column."""

    words: tuple[Word, ...]
    box: Box = field(init=False, compare=False)
    """Around all words; asked for so often that it is kept."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "box", union(word.box for word in self.words))

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def middle(self) -> float:
        """Horizontal centre in points."""
        box = self.box
        return (box.x0 + box.x1) / 2

    @property
    def confidence(self) -> float:
        """Mean confidence of its words, weighted by their letters and digits; specks count for nothing."""
        weights = [sum(letter.isalnum() for letter in word.text) for word in self.words]
        total = sum(weights)
        return (
            sum(w.confidence * n for w, n in zip(self.words, weights, strict=True)) / total if total else 0.0
        )


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def lines_of(reading: PageReading) -> tuple[Line, ...]:
    """Every line of the page from top to bottom, columns apart."""
    by_engine_line: dict[int, list[Word]] = {}
    for word in reading.text.words:
        by_engine_line.setdefault(word.line, []).append(word)
    pieces = [piece for words in by_engine_line.values() for piece in split_columns(words)]
    joined = _join_rows(pieces)
    return tuple(sorted(joined, key=lambda line: (round(line.box.y0), line.box.x0)))


def rows_of(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Whole rows from top to bottom, columns side by side put together."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_middle):
        if rows and abs(_middle(line) - _middle(rows[-1][0])) < 0.5 * _height(rows[-1][0]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(
        Line(tuple(sorted((w for x in row for w in x.words), key=lambda w: w.box.x0))) for row in rows
    )


def _middle(line: Line) -> float:
    return (line.box.y0 + line.box.y1) / 2


def _height(line: Line) -> float:
    return line.box.y1 - line.box.y0


def split_columns(words: Iterable[Word]) -> list[Line]:
    """Cut one engine line where the gap between two words is a column gap."""
    ordered = sorted(words, key=lambda word: word.box.x0)
    height = median(word.box.y1 - word.box.y0 for word in ordered)
    runs: list[list[Word]] = [[ordered[0]]]
    for before, word in pairwise(ordered):
        if word.box.x0 - before.box.x1 > _COLUMN_GAP * max(height, 6):
            runs.append([])
        runs[-1].append(word)
    return [Line(tuple(run)) for run in runs]


def _join_rows(pieces: list[Line]) -> list[Line]:
    """Engines sometimes break one printed line in two: put neighbours on the same row back together."""
    pieces = sorted(pieces, key=lambda piece: (piece.box.x0, piece.box.y0))
    joined: list[Line] = []
    for piece in pieces:
        mate = next((line for line in joined if _continues(line, piece)), None)
        if mate is None:
            joined.append(piece)
        else:
            joined[joined.index(mate)] = Line(mate.words + piece.words)
    return joined


def _continues(left: Line, right: Line) -> bool:
    a, b = left.box, right.box
    height = min(a.y1 - a.y0, b.y1 - b.y0)
    overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
    return (
        overlap > 0.6 * height
        and -1 <= b.x0 - a.x1 <= height
        and max(a.y1 - a.y0, b.y1 - b.y0) < 1.8 * height
    )
