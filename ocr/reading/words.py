"""Words of a cleaned page in reading order: running text in one go, ruled tables cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ocr.image.tables import Cell
from ocr.layout.reading_order import arranged
from ocr.model import Box, Word
from ocr.ports import OcrEngine, Pixels
from ocr.preparing.cleanup import Readable
from ocr.reading.correction import corrected
from ocr.reading.numerals import with_numerals
from ocr.reading.second_look import with_second_look
from ocr.reading.signs import measured, with_signs, without_dust
from ocr.reading.spacing import spaced

_INK = 140
_MARGIN = 8
_MIN_INK = 12
_LONE_DIGITS = {"|": "1", "l": "1", "!": "1", "]": "1", "§": "8"}


def first_look(readable: Readable, engine: OcrEngine) -> tuple[Word, ...]:
    """Words of the running text as the engine gives them."""
    running = _running(readable)
    return engine.recognise(running, readable.dpi) if _has_ink(running) else ()


def read(readable: Readable, engine: OcrEngine, first: tuple[Word, ...]) -> tuple[Word, ...]:
    """All words, corrected, in reading order; `first` is what the first look gave."""
    tables = [tuple(_table_words(readable, cells, engine)) for cells in readable.tables]
    words = with_second_look(first, _running(readable), readable.dpi, readable.x_height, engine)
    words = measured(without_dust(words), readable.x_height * 72 / readable.dpi)
    words = with_signs(words, readable.furniture.signs)
    ordered = arranged(words, readable.furniture, [table for table in tables if table])
    return corrected(spaced(with_numerals(ordered)))


def _running(readable: Readable) -> Pixels:
    """The page without its ruled tables."""
    running = readable.grey.copy()
    for cells in readable.tables:
        for cell in cells:
            running[cell.y0 : cell.y1, cell.x0 : cell.x1] = 255
    return running


def _table_words(readable: Readable, cells: tuple[Cell, ...], engine: OcrEngine) -> Iterator[Word]:
    """Words of all cells; `line` counts the lines of the whole table."""
    line = 0
    for cell in cells:
        inside = readable.grey[cell.y0 : cell.y1, cell.x0 : cell.x1]
        if not _has_ink(inside):
            continue
        words = _lone_digit(engine.recognise(_framed(inside), readable.dpi, one_block=True))
        for word in words:
            yield replace(word, box=_moved(word.box, cell, readable.dpi), line=line + word.line)
        line += 1 + max((word.line for word in words), default=0)


def _lone_digit(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """A cell that holds one thin stroke holds a number: no Vietnamese word looks like that."""
    if len(words) == 1 and words[0].text in _LONE_DIGITS:
        return (replace(words[0], text=_LONE_DIGITS[words[0].text], raw=words[0].text),)
    return words


def _has_ink(grey: Pixels) -> bool:
    return int(np.count_nonzero(grey < _INK)) >= _MIN_INK


def _framed(inside: Pixels) -> Pixels:
    """With a white margin: letters at the very edge are misread."""
    return np.pad(inside, _MARGIN, constant_values=255)


def _moved(box: Box, cell: Cell, dpi: float) -> Box:
    dx, dy = (cell.x0 - _MARGIN) * 72 / dpi, (cell.y0 - _MARGIN) * 72 / dpi
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)
