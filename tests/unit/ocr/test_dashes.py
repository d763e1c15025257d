"""Dashes are named by their width."""

from __future__ import annotations

from ocr.dashes import measured
from ocr.model import Box, Word


def _dash(text: str, width: float) -> Word:
    return Word(text, 0.9, Box(10, 10, 10 + width, 12), 0)


def test_width_decides() -> None:
    words = measured([_dash("-", 3), _dash("-", 7), _dash("—-", 7), _dash("–", 3), _dash("a-b", 9)], 6.0)
    assert [word.text for word in words] == ["-", "–", "–", "-", "a-b"]
    assert [word.raw for word in words] == [None, "-", "—-", "–", None]
