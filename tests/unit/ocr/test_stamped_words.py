"""Stamps of urgency and secrecy: framed or not, aslant or level, red, grey or black, beside black text."""

from __future__ import annotations

from importlib.resources import files

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr import locate
from ocr.ports import Pixels
from ocr.reading.stamped_words import stamped_words

_DPI = 200
_FONT = str(files("resources").joinpath("fonts", "tinos-bold.ttf"))
_RED = (215, 30, 40)
_GREY = (70, 70, 70)


def stamped(text: str, angle: float, colour: tuple[int, int, int] = _RED, framed: bool = True) -> Pixels:
    page = Image.new("RGB", (1654, 2339), "white")
    font = ImageFont.truetype(_FONT, 42)
    stamp = Image.new("RGB", (round(font.getlength(text)) + 60, 84), "white")
    draw = ImageDraw.Draw(stamp)
    if framed:
        draw.rectangle((3, 3, stamp.width - 4, 80), outline=colour, width=4)
    draw.text((30, 16), text, fill=colour, font=font)
    page.paste(stamp.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white"), (150, 560))
    drawn = ImageDraw.Draw(page)
    drawn.text((600, 300), "QUYẾT ĐỊNH", fill="black", font=font)
    for row in range(6):
        drawn.text((700, 560 + 60 * row), "Việc khẩn phải làm hỏa tốc", fill="black", font=font)
    return cv2.cvtColor(np.asarray(page), cv2.COLOR_RGB2BGR).astype(np.uint8)


def grey(page: Pixels) -> Pixels:
    return cv2.cvtColor(page, cv2.COLOR_BGR2GRAY).astype(np.uint8)


def one_bit(page: Pixels) -> Pixels:
    return cv2.threshold(grey(page), 128, 255, cv2.THRESH_BINARY)[1].astype(np.uint8)


def words_of(page: Pixels) -> list[str]:
    return [word.text for word in stamped_words(page, _DPI, locate.engine("tesseract:vie"))]


@pytest.mark.parametrize(
    ("text", "angle"), [("HỎA TỐC", 0), ("THƯỢNG KHẨN", 35), ("KHẨN", -12), ("TUYỆT MẬT", 0)]
)
def test_a_red_stamp_is_read_at_any_slant(text: str, angle: float) -> None:
    words = stamped_words(stamped(text, angle), _DPI, locate.engine("tesseract:vie"))
    assert [word.text for word in words] == [text]
    assert 40 < words[0].box.x0 < 80


@pytest.mark.parametrize(("text", "angle"), [("HỎA TỐC", 0), ("THƯỢNG KHẨN", 20), ("KHẨN", -8), ("MẬT", 5)])
def test_a_framed_stamp_is_read_without_its_colour(text: str, angle: float) -> None:
    page = stamped(text, angle, _GREY)
    assert words_of(grey(page)) == [text]
    assert words_of(one_bit(page)) == [text]


@pytest.mark.parametrize(("text", "angle"), [("HỎA TỐC", 15), ("THƯỢNG KHẨN", -10)])
def test_a_slanted_stamp_needs_no_frame(text: str, angle: float) -> None:
    assert words_of(one_bit(stamped(text, angle, _GREY, framed=False))) == [text]


def test_other_words_in_a_frame_and_level_words_without_one_are_no_stamps() -> None:
    assert words_of(stamped("ĐÃ THU TIỀN", 0)) == []
    assert words_of(grey(stamped("ĐÃ THU TIỀN", 0, _GREY))) == []
    assert words_of(grey(stamped("Công khẩn", 8, _GREY))) == []
    assert words_of(grey(stamped("HỎA TỐC", 0, _GREY, framed=False))) == []  # read with the page


def test_a_cell_of_a_table_is_no_stamp() -> None:
    page = stamped("KHẨN", 0, _GREY)
    cv2.rectangle(page, (150, 560), (1300, 1000), (60, 60, 60), 3)
    cv2.line(page, (153, 563), (153, 1000), (60, 60, 60), 6)
    assert words_of(grey(page)) == []
