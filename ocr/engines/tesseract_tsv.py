"""Words from the table that every Tesseract front end can print (its TSV output)."""

from __future__ import annotations

import unicodedata

from ocr.model import Box, Word

_WORD_LEVEL = "5"
_COLUMNS = 12


def words_of(table: str, dpi: float) -> tuple[Word, ...]:
    """Words in the engine's own order; `line` counts its text lines, boxes are points at `dpi`."""
    words: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.split("\n"):
        cells = row.rstrip("\r").split("\t")
        if len(cells) < _COLUMNS or cells[0] != _WORD_LEVEL:
            continue
        text = unicodedata.normalize("NFC", cells[11]).strip()
        if not text:
            continue
        line = lines.setdefault(tuple(cells[1:5]), len(lines))
        left, top, width, height = (float(cell) * 72 / dpi for cell in cells[6:10])
        confidence = min(1.0, max(0.0, float(cells[10]) / 100))
        words.append(Word(text, round(confidence, 3), Box(left, top, left + width, top + height), line))
    return tuple(words)
