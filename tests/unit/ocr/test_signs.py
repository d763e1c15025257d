"""Signs: dashes are named by their width, dust is swept away, slashes of numbers come back."""

from __future__ import annotations

import pytest

from ocr.model import Box, Word
from ocr.signs import measured, without_dust


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
    ],
)
def test_dust_before_words_and_lost_slashes(read: str, meant: str) -> None:
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
