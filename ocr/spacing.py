"""Spaces that the engine swallowed: `từngày` becomes `từ ngày`, `tải:từ` becomes `tải: từ`.

Wide gaps in a line (erased leaders) make engines run short words together. A word is parted only where both
parts are syllables of official texts that follow one another there, or where a sign always has a space after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ocr.language import Language, vietnamese
from ocr.model import Box, Word

_AFTER_SIGN = re.compile(r"(?<=[^\W\d_]{2}[:;,])(?=[^\W\d_]{2})")
_LOWER_AFTER_CAPITALS = re.compile(r"(?<=[A-ZĐ]{2})(?=[^\W\d_]{3,}$)")
_SHORTEST = 2
_LEAST_SEEN = 5


def spaced(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, with run-together ones parted; the parts share the box by their length."""
    language = vietnamese()
    return tuple(part for word in words for part in _parted(word, language))


def _parted(word: Word, language: Language) -> Iterator[Word]:
    pieces = [piece for text in _AFTER_SIGN.split(word.text) for piece in _syllables(text, language)]
    if len(pieces) == 1:
        yield word
        return
    x0, y0, x1, y1 = word.box
    each = (x1 - x0) / sum(len(piece) for piece in pieces)
    for piece in pieces:
        right = x0 + each * len(piece)
        yield replace(word, text=piece, box=Box(x0, y0, right, y1))
        x0 = right


def _syllables(text: str, language: Language) -> list[str]:
    """The text, parted in two where it is no syllable itself but both parts are, one after the other."""
    read = text.lower()
    if text.isalpha() and text == read and not language.knows(read):
        ends = range(_SHORTEST, len(read) - _SHORTEST + 1)
        seen = [(language.followers.get(read[:end], {}).get(read[end:], 0), end) for end in ends]
        count, end = max(seen, default=(0, 0))
        return [text[:end], text[end:]] if count >= _LEAST_SEEN else [text]
    found = _LOWER_AFTER_CAPITALS.search(text)
    if found and text[found.start() :].islower() and language.knows(text[found.start() :]):
        return [text[: found.start()], text[found.start() :]]
    return [text]
