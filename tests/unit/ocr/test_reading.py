"""Tables cell by cell, tick boxes as boxes, and a second look at what was left out."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ocr.image.ink import grey_of
from ocr.locate import engine
from ocr.model import Box, Word
from ocr.ports import Pixels
from ocr.preparing.cleanup import Readable, clean
from ocr.reading.second_look import with_second_look
from ocr.reading.words import first_look, read
from tests.unit.ocr.conftest import PARAGRAPH, Typeset

ENGINE = "tesseract:vie"


def _lines(words: tuple[Word, ...]) -> list[str]:
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return [" ".join(line) for line in lines.values()]


def _read(readable: Readable) -> tuple[Word, ...]:
    return read(readable, engine(ENGINE), first_look(readable, engine(ENGINE)))


def test_table_is_read_row_by_row(typeset: Typeset) -> None:
    cells = (
        "Thủ tục",
        "Thời hạn",
        "Lệ phí",
        "Khai sinh",
        "Trong ngày",
        "Không",
        "Kết hôn",
        "Năm ngày",
        "Không",
    )
    texts = {(70, 30 + 22 * place): line for place, line in enumerate(PARAGRAPH)}
    texts |= {(80 + 150 * (n % 3), 172 + 30 * (n // 3)): text for n, text in enumerate(cells)}
    page = typeset(texts, size=(595, 300))
    for place in range(4):
        y, x = round((165 + 30 * place) * 2.778), round((65 + 150 * place) * 2.778)
        cv2.line(page, (round(65 * 2.778), y), (round(515 * 2.778), y), (0, 0, 0), 2)
        cv2.line(page, (x, round(165 * 2.778)), (x, round(255 * 2.778)), (0, 0, 0), 2)
    lines = _lines(_read(clean(page, 200)))
    assert lines == [*PARAGRAPH, *cells]


def test_tick_boxes_are_boxes(typeset: Typeset) -> None:
    texts = {(70, 30 + 22 * place): line for place, line in enumerate(PARAGRAPH)}
    texts |= {(95, 150): "Tài khoản ngân hàng", (95, 180): "Tiền mặt"}
    page = typeset(texts, size=(595, 220))
    for y in (154, 184):
        cv2.rectangle(page, (211, round(y * 2.778)), (238, round(y * 2.778) + 27), (0, 0, 0), 2)
    readable = clean(page, 200)
    assert len(readable.furniture.signs) == 2
    assert _lines(_read(readable))[-2:] == ["□ Tài khoản ngân hàng", "□ Tiền mặt"]


def test_round_letters_are_no_tick_boxes(typeset: Typeset) -> None:
    page = typeset({(70, 40 + 20 * row): "O D Q 0 o B 8 Đ Ô Ơ ĐƠN ĐỀ NGHỊ CẤP BẢN SAO" for row in range(6)})
    assert clean(page, 200).furniture.signs == ()


class Forgetful:
    """An engine that leaves the second line out when it reads a whole page."""

    def recognise(self, grey: Pixels, dpi: float, one_block: bool = False) -> tuple[Word, ...]:
        words = engine(ENGINE).recognise(grey, dpi, one_block)
        return words if one_block else tuple(word for word in words if word.line != 1)


def test_line_left_out_is_read_again(typeset: Typeset) -> None:
    texts = {(60, 30 + 26 * place): line for place, line in enumerate(PARAGRAPH)}
    grey = grey_of(typeset(texts, size=(595, 180)))
    words = Forgetful().recognise(grey, 200)
    assert PARAGRAPH[1] not in _lines(words)
    assert PARAGRAPH[1] in _lines(with_second_look(words, grey, 200, 17, Forgetful()))


class Unsure:
    """An engine that misreads the right half of the second line when it reads a whole page."""

    def recognise(self, grey: Pixels, dpi: float, one_block: bool = False) -> tuple[Word, ...]:
        words = engine(ENGINE).recognise(grey, dpi, one_block)
        if one_block:
            return words
        row = [word for word in words if 50 < word.box.y0 < 75]
        wrong = {word: replace(word, text="lll", confidence=0.2) for word in row if word.box.x0 > 300}
        return tuple(replace(wrong.get(word, word), line=1 if word in row else word.line) for word in words)


def test_what_is_read_again_stays_on_its_line(typeset: Typeset) -> None:
    texts = {(60, 30 + 26 * place): line for place, line in enumerate(PARAGRAPH) if place != 1}
    texts |= {(60, 56): "Lớp học hè", (330, 56): "là trẻ em nhóm lớp mẫu giáo"}
    grey = grey_of(typeset(texts, size=(595, 180)))
    words = Unsure().recognise(grey, 200)
    assert "lll" in " ".join(_lines(words))
    assert "Lớp học hè là trẻ em nhóm lớp mẫu giáo" in _lines(
        with_second_look(words, grey, 200, 17, Unsure())
    )


def test_nothing_is_added_where_all_is_read() -> None:
    page = np.full((200, 400), 255, np.uint8)
    page[50:70, 50:60] = 0
    words = (Word("l", 0.9, Box(15, 15, 25, 30), 0),)
    assert with_second_look(words, page, 200, 17, engine(ENGINE)) == words
