"""Reading order: rows from the top, blocks side by side one after the other.

The frame of NĐ 30 (Phụ lục I.IV) is two such pairs: agency beside the national title (ô 2, ô 1), then number
and subject beside place and date (ô 3, 5b, ô 4); recipients and signature (ô 9b, ô 7) are a third.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ocr.columns import in_reading_order
from ocr.leaders import Furniture
from ocr.model import PageText, Word
from ocr.segments import rows_of


def arranged(words: Sequence[Word], furniture: Furniture) -> tuple[Word, ...]:
    """The engine's words in reading order, with their text lines numbered anew."""
    if not words:
        return ()
    height = median(word.box.y1 - word.box.y0 for word in words)
    ordered: list[Word] = []
    for number, row in enumerate(in_reading_order(rows_of(words, furniture, height), height)):
        ordered += [replace(word, line=number) for segment in row for word in segment.words]
    return tuple(ordered)


def page_text(words: Sequence[Word]) -> PageText:
    """The words in their order and one line of text per text line."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return PageText(tuple(words), "\n".join(" ".join(line) for line in lines.values()))
