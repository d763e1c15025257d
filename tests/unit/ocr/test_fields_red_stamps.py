"""Red urgency stamps: framed, aslant, beside black text."""

from __future__ import annotations

from importlib.resources import files

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr import locate
from ocr.ports import Pixels
from ocr.reading.red_stamps import stamped_words

_DPI = 200
_FONT = str(files("resources").joinpath("fonts", "tinos-bold.ttf"))


def stamped(text: str, angle: float, colour: tuple[int, int, int] = (215, 30, 40)) -> Pixels:
    page = Image.new("RGB", (1654, 2339), "white")
    font = ImageFont.truetype(_FONT, 42)
    stamp = Image.new("RGB", (round(font.getlength(text)) + 60, 84), "white")
    draw = ImageDraw.Draw(stamp)
    draw.rectangle((3, 3, stamp.width - 4, 80), outline=colour, width=4)
    draw.text((30, 16), text, fill=colour, font=font)
    page.paste(stamp.rotate(angle, expand=True, fillcolor="white"), (150, 560))
    ImageDraw.Draw(page).text((600, 300), "QUYẾT ĐỊNH", fill="black", font=font)
    return cv2.cvtColor(np.asarray(page), cv2.COLOR_RGB2BGR).astype(np.uint8)


@pytest.mark.parametrize(
    ("text", "angle"), [("HỎA TỐC", 0), ("THƯỢNG KHẨN", 35), ("KHẨN", -12), ("TUYỆT MẬT", 0)]
)
def test_a_red_stamp_is_read_at_any_slant(text: str, angle: float) -> None:
    words = stamped_words(stamped(text, angle), _DPI, locate.engine("tesseract:vie"))
    assert [word.text for word in words] == [text]
    assert 40 < words[0].box.x0 < 80


def test_black_words_and_other_red_words_are_no_stamps() -> None:
    engine = locate.engine("tesseract:vie")
    assert stamped_words(stamped("HỎA TỐC", 0, (20, 20, 20)), _DPI, engine) == ()
    assert stamped_words(stamped("ĐÃ THU TIỀN", 0), _DPI, engine) == ()
