"""Signs between the words: dashes by their width, dust that was read as signs, slashes of numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ocr.model import Word

_LINES = frozenset("-–—")
_EN_DASH_FROM, _EM_DASH_FROM = 0.85, 1.7
_LONE_SIGNS = frozenset("-–—+*•□/&;:,.()…=%<>“”\"'≤≥±°|")
_LETTERS_AND_DIGITS = frozenset(("Lu", "Ll", "Lo", "Nd"))
_SURE_SIGN = 0.4
_DUST_BEFORE_WORD = re.compile(r"^[.:,;'`´ˆ_~|¡‹„]+(?=[^\W\d_]{2})")
# Laws and decrees carry number/year/symbol (Luật 80/2015/QH13 Điều 10): a thin slash is easily lost.
_LOST_SLASH = re.compile(r"(?<=/)((?:19|20)\d\d)(?=(?:NĐ|QĐ|TT|TTLT|NQ|QH|UBTVQH|CT|PL)[\d-])")


def measured(words: Sequence[Word], x_height_pt: float) -> tuple[Word, ...]:
    """The words with every lone dash as wide as it stands on the page; `x_height_pt` in points."""
    return tuple(_measured(word, x_height_pt) if set(word.text) <= _LINES else word for word in words)


def without_dust(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without specks that were read as signs."""
    return tuple(_swept(word) for word in words if not _is_dust(word))


def _measured(word: Word, x_height_pt: float) -> Word:
    width = (word.box.x1 - word.box.x0) / x_height_pt
    sign = "-" if width < _EN_DASH_FROM else "–" if width < _EM_DASH_FROM else "—"
    return _changed(word, sign)


def _is_dust(word: Word) -> bool:
    if any(unicodedata.category(letter)[:2] in _LETTERS_AND_DIGITS for letter in word.text):
        return False
    return word.confidence < _SURE_SIGN or not set(word.text) <= _LONE_SIGNS


def _swept(word: Word) -> Word:
    return _changed(word, _LOST_SLASH.sub(r"\1/", _DUST_BEFORE_WORD.sub("", word.text)))


def _changed(word: Word, text: str) -> Word:
    return word if text == word.text else replace(word, text=text, raw=word.raw or word.text)
