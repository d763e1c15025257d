"""Signs between the words: dashes by their width, dust that was read as signs, slashes of numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ocr.layout.furniture import Sign
from ocr.model import Box, Word

_LINES = frozenset("-–—")
_EN_DASH_FROM, _EM_DASH_FROM = 0.85, 1.7
_LONE_SIGNS = frozenset("-–—+*•□/&;:,.()…=%<>“”\"'≤≥±°|")
_LETTERS_AND_DIGITS = frozenset(("Lu", "Ll", "Lo", "Nd"))
_SURE_SIGN = 0.4
_FLAT = 2.5
_SURELY = 0.9
_BESIDE, _HALF_LETTER = 2.0, 5.0
"""Points above and below a word that its line reaches."""
_NEW_LINE = -1
_DUST_BEFORE_WORD = re.compile(r"^[.:,;'`´ˆ_~|¡‹„]+(?=[^\W\d_]{2})")
# Laws and decrees carry number/year/symbol (Luật 80/2015/QH13 Điều 10): a thin slash is easily lost.
_LOST_SLASH = re.compile(r"(?<=/)((?:19|20)\d\d)(?=(?:NĐ|QĐ|TT|TTLT|NQ|QH|UBTVQH|CT|PL)[\d-])")
# The @ of a small print is taken for what it looks like, but no mail address has these signs.
_LOST_AT = re.compile(r"(?<=[a-z0-9])(?:\(2|\(\)|\(Q|[©®€])(?=[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:vn|com)\b)")


def measured(words: Sequence[Word], x_height_pt: float) -> tuple[Word, ...]:
    """The words with every lone dash as wide as it stands on the page; `x_height_pt` in points."""
    return tuple(_measured(word, x_height_pt) if set(word.text) <= _LINES else word for word in words)


def with_signs(words: Sequence[Word], signs: Sequence[Sign]) -> tuple[Word, ...]:
    """The words and the signs told by their shape, each on the line that it stands beside."""
    result = list(words)
    for sign in signs:
        middle = (sign.box.y0 + sign.box.y1) / 2
        beside = [word for word in words if _at_height(word.box, middle)]
        nearest = min(beside, key=lambda word: _apart(word.box, sign.box), default=None)
        line = nearest.line if nearest else _NEW_LINE - len(result)
        result.append(Word(sign.text, _SURELY, sign.box, line))
    return tuple(result)


def _at_height(box: Box, middle: float) -> bool:
    """Dashes are flat: they count as high as a small letter."""
    reach = max(_BESIDE, _HALF_LETTER - (box.y1 - box.y0) / 2)
    return box.y0 - reach <= middle <= box.y1 + reach


def _apart(box: Box, sign: Box) -> float:
    """How far apart they stand on their line."""
    return max(box.x0 - sign.x1, sign.x0 - box.x1)


def without_dust(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without specks that were read as signs."""
    return tuple(_swept(word) for word in words if not _is_dust(word))


def _measured(word: Word, x_height_pt: float) -> Word:
    width = (word.box.x1 - word.box.x0) / x_height_pt
    sign = "-" if width < _EN_DASH_FROM else "–" if width < _EM_DASH_FROM else "—"
    return _changed(word, sign)


def _is_dust(word: Word) -> bool:
    if set(word.text) <= _LINES and _is_flat(word.box):
        return False
    if any(unicodedata.category(letter)[:2] in _LETTERS_AND_DIGITS for letter in word.text):
        return False
    return word.confidence < _SURE_SIGN or not set(word.text) <= _LONE_SIGNS


def _is_flat(box: Box) -> bool:
    """Dust is round; a stroke this flat was printed."""
    return box.x1 - box.x0 >= _FLAT * (box.y1 - box.y0)


def _swept(word: Word) -> Word:
    text = _LOST_SLASH.sub(r"\1/", _DUST_BEFORE_WORD.sub("", word.text))
    return _changed(word, _LOST_AT.sub("@", text))


def _changed(word: Word, text: str) -> Word:
    return word if text == word.text else replace(word, text=text, raw=word.raw or word.text)
