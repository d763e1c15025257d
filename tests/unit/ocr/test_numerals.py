"""Strokes that ran together in numbers are told by their place, and nothing else is touched."""

from __future__ import annotations

import pytest

from ocr.model import Box, Word
from ocr.reading.numerals import with_numerals


def _read(text: str) -> str:
    words = [Word(word, 0.9, Box(0, 0, 9, 9), 0) for word in text.split()]
    return " ".join(word.text for word in with_numerals(words))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Chương IHI", "Chương III"),
        ("PHỤ LỤC HI", "PHỤ LỤC III"),
        ("Mục VHI.", "Mục VIII."),
        ("Phần Il", "Phần II"),
        ("Luật số 70/2025/QHI5;", "Luật số 70/2025/QH15;"),
        ("Luật số I29/2025/QH15", "Luật số 129/2025/QH15"),
        ("TCVN 1456I1:2025", "TCVN 145611:2025"),
    ],
)
def test_strokes_are_parted(read: str, meant: str) -> None:
    assert _read(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Mục 11",
        "lực I1",
        "Phần HHV",
        "Phụ lục HH",
        "thửa H1",
        "Chương trình HIV",
        "lớp XH",
        "Phụ lục H",
        "UIC60I",
        "Chương XIV",
        "GHI5",
    ],
)
def test_what_may_be_right_stays(text: str) -> None:
    assert _read(text) == text
