"""Spaces that the engine swallowed: `từngày` becomes `từ ngày`, `tải:từ` becomes `tải: từ`.

Wide gaps in a line (erased leaders) make engines run short words together. A word is parted only where both
parts are syllables of official texts that follow one another there, or where a sign always has a space after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ocr.model import Box, Word
from ocr.vietnamese.language import Language, vietnamese

_AFTER_SIGN = re.compile(r"(?<=[^\W\d_]{2}[:;,])(?=[^\W\d_]{2})")
_LOWER_AFTER_CAPITALS = re.compile(r"(?<=[A-ZĐ]{2})(?=[^\W\d_]{3,}$)")
_SIGNS = ":;,."
_SHORTEST = 2
_LEAST_SEEN, _OFTENER = 5, 50


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
    """The text, parted where it is no syllable itself but its parts are, one after the other."""
    core = text.rstrip(_SIGNS)
    if core.isalpha() and core[1:] == core[1:].lower():
        ends = _ends(core.lower(), language)
        pieces = [core[start:end] for start, end in pairwise((0, *ends))] or [core]
        return [*pieces[:-1], pieces[-1] + text[len(core) :]]
    found = _LOWER_AFTER_CAPITALS.search(text)
    if found and text[found.start() :].islower() and language.knows(text[found.start() :]):
        return [text[: found.start()], text[found.start() :]]
    return [text]


def _ends(read: str, language: Language) -> tuple[int, ...]:
    """Where the fewest syllables end that are seen to follow one another; empty where there are none.

    Even official texts have words run together, so that pairs must be far oftener than the whole.
    """
    least = max(_LEAST_SEEN, _OFTENER * language.counts.get(read, 0))
    reached: dict[int, tuple[int, ...]] = {}  # by the end of a syllable: all ends up to it
    for end in range(_SHORTEST, len(read) + 1):
        if end < len(read) and language.knows(read[:end]):
            reached[end] = (end,)
            continue
        ways = [
            (*ends, end)
            for before, ends in reached.items()
            if end - before >= _SHORTEST and _seen(read, ends, end, language) >= least
        ]
        if ways:
            reached[end] = min(ways, key=len)
    return reached.get(len(read), ())


def _seen(read: str, ends: tuple[int, ...], end: int, language: Language) -> int:
    """How often the syllable up to `end` follows the one before it in official texts."""
    start = ends[-2] if len(ends) > 1 else 0
    before, syllable = read[start : ends[-1]], read[ends[-1] : end]
    return language.followers.get(before, {}).get(syllable, 0)
