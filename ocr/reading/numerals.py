"""Numbers whose strokes ran together: `Chương IHI` is `Chương III`, `QHI5` is `QH15`.

Only where nothing else can stand: a Roman number behind the name of a part, a one among digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ocr.model import Word

# Parts that NĐ 30/2020 Phụ lục I.II.5 and NĐ 78/2025 number in Roman: phần, chương, mục, phụ lục.
_PARTS = frozenset(("phần", "chương", "mục", "lục"))
_AS_READ = re.compile(r"(?P<numeral>[IVXHl]{2,6})(?P<end>[.:,;]?)")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ONE = re.compile(r"(?<=\d)[Il](?=\d)|(?<=/QH)[Il](?=\d)|(?<!\w)[Il](?=\d{1,3}/(?:19|20)\d\d/)")


def with_numerals(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words in reading order with such numbers put right."""
    befores = ("", *(word.text.lower() for word in words))
    return tuple(_put_right(before, word) for before, word in zip(befores, words, strict=False))


def _put_right(before: str, word: Word) -> Word:
    found = _AS_READ.fullmatch(word.text) if before in _PARTS else None
    text = _roman(found["numeral"]) + found["end"] if found else _ONE.sub("1", word.text)
    return word if text == word.text else replace(word, text=text, raw=word.raw or word.text)


def _roman(read: str) -> str:
    """The Roman number that was read with strokes run together: an H is two of them, between others one."""
    strokes = read.replace("l", "I")
    numerals = (strokes.replace("H", "II"), strokes.replace("IHI", "III"))
    return next((numeral for numeral in numerals if _ROMAN.fullmatch(numeral)), read)
