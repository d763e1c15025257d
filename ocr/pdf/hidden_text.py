"""Places invisible words over the picture of a page, so that selecting selects what one sees."""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ocr.model import PageText, Word
from ocr.pdf.glyphless import LETTER_WIDTH, Letters, clusters

_X_HEIGHT, _CAP_HEIGHT, _DEPTH, _MARK = 0.45, 0.67, 0.21, 0.22
"""Of a text face such as Times, in shares of the font size: small letters, capitals, what hangs below the
baseline, and a mark over or under a letter."""
_TALL = frozenset("bdđfhklt0123456789!?/()[]{}|\\\"'%&@#$")
_HANGING = frozenset("gjpqy,;()[]{}|Q")
_SAME_SIZE = 0.12
"""Lines whose size differs by less than this share are of one size: viewers then keep paragraphs together."""
_SIZES = (1.0, 400.0)


class Line(NamedTuple):
    """Words of one text line with the baseline and size that fit them best, in points from the top left."""

    words: tuple[Word, ...]
    size: float
    baseline: float
    """Level: the page is upright, and words a hair up or down make viewers read them in the wrong order."""


def content(text: PageText, page_height: float, font: str, letters: Letters) -> bytes:
    """PDF operators that show the words in rendering mode 3 with `font`; codes are taken from `letters`."""
    lines = _even_sizes(lines_of(text.words))
    if not lines:
        return b""
    parts = ["BT 3 Tr"]
    for line in lines:
        parts.append(f"/{font} {number(line.size)} Tf")
        parts += _line(line, page_height, letters)
    parts.append("ET")
    return "\n".join(parts).encode("ascii")


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The text lines in reading order."""
    shown = [word for word in words if clusters(word.text.strip()) and word.box.x1 > word.box.x0]
    return [_fitted(tuple(group)) for _, group in groupby(shown, key=lambda word: word.line)]


def number(value: float) -> str:
    """A PDF number with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def _line(line: Line, page_height: float, letters: Letters) -> Iterator[str]:
    y = number(page_height - line.baseline)
    for index, word in enumerate(line.words):
        marks = clusters(word.text.strip())
        width = word.box.x1 - word.box.x0
        scale = 100 * width / (len(marks) * LETTER_WIDTH * line.size)
        tail = "" if index + 1 == len(line.words) else letters.code(" ")
        shown = "".join(letters.code(mark) for mark in marks) + tail
        yield f"{number(scale)} Tz 1 0 0 1 {number(word.box.x0)} {y} Tm <{shown}> Tj"


def _fitted(words: tuple[Word, ...]) -> Line:
    """Size from the heights of the words and the reach of their letters, then the baseline under them."""
    reaches = [_reach(word.text) for word in words]
    sizes = [(w.box.y1 - w.box.y0) / (up + down) for w, (up, down) in zip(words, reaches, strict=True)]
    size = min(max(statistics.median(sizes), _SIZES[0]), _SIZES[1])
    feet = (w.box.y1 - down * size for w, (_, down) in zip(words, reaches, strict=True))
    return Line(words, size, statistics.median(feet))


def _reach(text: str) -> tuple[float, float]:
    """How far above and below the baseline the ink of these letters goes, in shares of the font size."""
    up, down = 0.1, 0.0
    for letter in text:
        plain, *marks = list(unicodedata.normalize("NFD", letter))
        height = _CAP_HEIGHT if plain.isupper() or plain in _TALL else _X_HEIGHT
        above = sum(unicodedata.combining(mark) == 230 for mark in marks)
        up = max(up, height + _MARK * min(above, 2))
        if plain in _HANGING or any(unicodedata.combining(mark) == 220 for mark in marks):
            down = _DEPTH
    return up, down


def _even_sizes(lines: list[Line]) -> list[Line]:
    """Lines of nearly one size get exactly one size, the median of their group."""
    order = sorted(range(len(lines)), key=lambda index: lines[index].size)
    groups: list[list[int]] = []
    for index in order:
        if groups and lines[index].size <= lines[groups[-1][0]].size * (1 + 2 * _SAME_SIZE):
            groups[-1].append(index)
        else:
            groups.append([index])
    sizes: Mapping[int, float] = {
        index: statistics.median(lines[member].size for member in group)
        for group in groups
        for index in group
    }
    return [line._replace(size=round(sizes[index], 1)) for index, line in enumerate(lines)]
