"""Hyphen or en dash: told apart by width, which the engine does not look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ocr.model import Word

_LINES = frozenset("-–—")
_EN_DASH_FROM, _EM_DASH_FROM = 0.85, 1.7


def measured(words: Sequence[Word], x_height_pt: float) -> tuple[Word, ...]:
    """The words with every lone dash as wide as it stands on the page; `x_height_pt` in points."""
    return tuple(_measured(word, x_height_pt) if set(word.text) <= _LINES else word for word in words)


def _measured(word: Word, x_height_pt: float) -> Word:
    width = (word.box.x1 - word.box.x0) / x_height_pt
    sign = "-" if width < _EN_DASH_FROM else "–" if width < _EM_DASH_FROM else "—"
    return word if word.text == sign else replace(word, text=sign, raw=word.raw or word.text)
