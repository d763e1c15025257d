"""Reading order: rows from the top, blocks side by side one after the other.

The frame of NĐ 30 (Phụ lục I.IV) is two such pairs: agency beside the national title (ô 2, ô 1), then number
and subject beside place and date (ô 3, 5b, ô 4); recipients and signature (ô 9b, ô 7) are a third.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ocr.layout.columns import in_reading_order
from ocr.layout.furniture import Furniture
from ocr.layout.segments import rows_of, segment_of, segments_of
from ocr.layout.signature_marks import signature_marks_last
from ocr.model import PageText, Word


def arranged(
    words: Sequence[Word], furniture: Furniture, tables: Sequence[Sequence[Word]] = ()
) -> tuple[Word, ...]:
    """The engine's words in reading order, text lines numbered anew; `tables` are in order already."""
    everything = [*words, *(word for table in tables for word in table)]
    if not everything:
        return ()
    height = median(word.box.y1 - word.box.y0 for word in everything)
    segments = [*segments_of(words, furniture, height), *(segment_of(table, True) for table in tables)]
    ordered: list[Word] = []
    number = -1
    rows = signature_marks_last(rows_of(segments, furniture, height))
    for row in in_reading_order(rows, height):
        before = None
        for segment in row:
            for word in segment.words:
                place = word.line if segment.is_table else 0
                number += place != before
                before = place
                ordered.append(replace(word, line=number))
    return tuple(ordered)


def page_text(words: Sequence[Word]) -> PageText:
    """The words in their order and one line of text per text line."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return PageText(tuple(words), "\n".join(" ".join(line) for line in lines.values()))
