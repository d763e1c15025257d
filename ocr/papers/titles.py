"""The printed title of a paper: a centred line in capitals that names its kind (NĐ 30/2020 ô 5a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from ocr.layout.text_lines import Line, lines_of
from ocr.model import PageReading
from ocr.papers.heading import Heading
from ocr.papers.kinds import KindEntry, entries
from ocr.vietnamese.patterns import letters, upper_share

_ALIKE = 0.82
_SHORT = 7
"""Titles of so few letters (LUẬT, ĐỀ ÁN) are only believed when every letter agrees."""
_MOST_LINES = 4
_REACH = 0.6
"""Titles stand in the upper part of the page."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title found on the page."""

    kind: KindEntry
    printed: str
    """The pattern it matched, in capitals as in the list."""
    likeness: float
    """1 when every letter agrees (tone marks aside)."""
    lines: tuple[Line, ...]
    alone: bool
    """True when the title fills its lines, False when other words follow on them."""


@cache
def _patterns() -> tuple[tuple[str, str, KindEntry], ...]:
    """(letters, as printed, kind), longest first: the most exact title wins."""
    found = [(letters(text), text, entry) for entry in entries() for text in entry.titles]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def title_of(reading: PageReading, heading: Heading) -> Title | None:
    """The first title from the top, below the heading; None where no known title stands."""
    candidates = [line for line in lines_of(reading) if _may_be_title(line, reading, heading)]
    for index, line in enumerate(candidates):
        found = _match_from(line, _following(candidates, index))
        if found:
            return found
    return None


def _may_be_title(line: Line, reading: PageReading, heading: Heading) -> bool:
    box = line.box
    if not heading.bottom - 4 <= box.y0 <= max(_REACH * reading.height, heading.bottom + 60):
        return False
    return upper_share(line.text) >= 0.7 and len(letters(line.text)) >= 4


def _following(lines: Sequence[Line], index: int) -> list[Line]:
    """Lines in capitals right under the first one: a title may take several."""
    kept: list[Line] = []
    last = lines[index].box
    for line in lines[index + 1 :]:
        if line.box.y0 - last.y1 > 1.2 * (last.y1 - last.y0) or len(kept) + 1 >= _MOST_LINES:
            break
        if line.box.y0 > last.y0 + 2:
            kept.append(line)
            last = line.box
    return kept


def _match_from(line: Line, following: list[Line]) -> Title | None:
    """Match the line, then what remains of it after leading words of a stamp beside the title."""
    for start in range(len(line.words)):
        rest = Line(line.words[start:])
        found = _match((rest, *following), must_be_alone=start > 0)
        if found:
            return found
    return None


def _match(lines: tuple[Line, ...], must_be_alone: bool) -> Title | None:
    best: Title | None = None
    for count in range(1, len(lines) + 1):
        read = letters(" ".join(line.text for line in lines[:count]))
        for pattern, printed, entry in _patterns():
            likeness = _likeness(read, pattern)
            alone = abs(len(read) - len(pattern)) <= 2
            if likeness < _ALIKE or (must_be_alone and not alone):
                continue
            if (
                best is None
                or (likeness, len(pattern)) > (best.likeness, len(letters(best.printed)))
                or (likeness >= 0.9 and len(pattern) > len(letters(best.printed)) + 2)
            ):
                best = Title(entry, printed, likeness, lines[:count], alone)
    return best


def _likeness(read: str, pattern: str) -> float:
    """How well the text begins with the pattern, 0-1; spaces do not count, engines lose them."""
    if len(pattern) <= _SHORT:
        return 1.0 if read == pattern or read.startswith(pattern + " ") else 0.0
    read, pattern = read.replace(" ", ""), pattern.replace(" ", "")
    if len(read) < len(pattern) - 2:
        return 0.0
    return max(fuzz.ratio(read[: len(pattern) + extra], pattern) for extra in (-1, 0, 1)) / 100
