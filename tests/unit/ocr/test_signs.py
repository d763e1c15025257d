"""Signs: dashes are named by their width, dust is swept away, slashes of numbers come back."""

from __future__ import annotations

import pytest

from ocr.layout.furniture import Sign
from ocr.model import Box, Word
from ocr.reading.signs import measured, with_signs, without_dust


def _word(text: str, width: float = 9, confidence: float = 0.9) -> Word:
    return Word(text, confidence, Box(10, 10, 10 + width, 12), 0)


def test_width_decides() -> None:
    words = measured([_word("-", 3), _word("-", 7), _word("—-", 7), _word("–", 3), _word("a-b", 9)], 6.0)
    assert [word.text for word in words] == ["-", "–", "–", "-", "a-b"]
    assert [word.raw for word in words] == [None, "-", "—-", "–", None]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("'lĩnh", "lĩnh"),
        (".nguyên", "nguyên"),
        ("số:", "số:"),
        (".5", ".5"),
        ("/2025NĐ-CP", "/2025/NĐ-CP"),
        ("80/2015QH13", "80/2015/QH13"),
        ("12/2025/NĐ-CP", "12/2025/NĐ-CP"),
        ("(kèm", "(kèm"),
        ("phuong(2haiphong.gov.vn", "phuong@haiphong.gov.vn"),
        ("phuong()haiphong.gov.vn", "phuong@haiphong.gov.vn"),
        ("mẫu(2)", "mẫu(2)"),
    ],
)
def test_dust_before_words_and_lost_signs(read: str, meant: str) -> None:
    (word,) = without_dust([_word(read)])
    assert word.text == meant
    assert word.raw == (read if read != meant else None)


def test_specks_are_no_words() -> None:
    words = [
        _word("ˆ"),
        _word("-"),
        _word("`_"),
        _word(".", confidence=0.2),
        _word("□"),
        _word("a", confidence=0.1),
    ]
    assert [word.text for word in without_dust(words)] == ["-", "□", "a"]


def test_a_flat_stroke_is_a_dash_however_unsure_the_engine_is() -> None:
    assert [word.text for word in without_dust([_word("—-", 9, 0.2), _word("-", 2, 0.2)])] == ["—-"]


def test_signs_join_the_line_they_stand_beside() -> None:
    words = (_word("Lớp:"), Word("Trường", 0.9, Box(80, 30, 120, 42), 1))
    signs = (Sign(",", Box(60, 38, 62, 44)), Sign(";", Box(200, 300, 202, 306)))
    lines = {word.text: word.line for word in with_signs(words, signs)}
    assert lines[","] == 1
    assert lines[";"] not in (0, 1)
