"""Is this the same paper, scanned twice? By what stands on it, and by its picture where little is written.

Two people's copies of one form share most words: numbers and names decide. A rescan repeats them, but for
what the engine misread; another person's form does not. What was read surely on one scan must stand on the
other; stamps and handwriting, read another way each time, are only looked up. Nothing here drops a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from rapidfuzz import fuzz, process

from ocr.model import PageReading
from ocr.ports import Pixels
from ocr.vietnamese.patterns import letters

SAME = 0.955
"""From this likeness on two papers are shown as perhaps the same. Nine specimens scanned twice (skew 0.4 and
-1.8 degrees, other light, a dark edge): 0.972 and more; other people's papers on them: 0.934 and less. Real
first pages, made worse in three ways: 62 of 66 found, other papers 0.69 at most."""
FEW_WORDS = 25
"""Papers with fewer words are compared by their pictures too."""
_MISREAD = 75
"""Similarity (0-100) from which one word may be the other misread; numbers must agree to the digit."""
_ROUNDING = 1e-6
_NUMBER_WEIGHT = 4.0
_HASH_SIDE = 16
_EDGE = 0.05

_SURE = 0.9
"""From this confidence a word is surely what stands there."""
_MOSTLY_SURE = 0.75
"""With a smaller share of sure words, as where a form is filled in by hand, every word counts."""
_PICTURE_SAME = 0.9


@dataclass(frozen=True, slots=True)
class Words:
    """Words without tone marks, and how often; the numbers among them, and what all weigh together."""

    all: Counter[str]
    numbers: Counter[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Inscription:
    """What stands on a paper."""

    words: Words
    sure: Words
    """Those that another scan of the same paper must have too."""


def inscription(pages: Sequence[PageReading]) -> Inscription:
    """Of all pages together."""
    found = [
        (text, word.confidence)
        for page in pages
        for word in page.text.words
        if len(text := letters(word.text).replace(" ", "")) > 1
    ]
    words = _weighed([text for text, _ in found])
    sure = _weighed([text for text, confidence in found if confidence >= _SURE])
    return Inscription(words, sure if sure.all.total() >= _MOSTLY_SURE * words.all.total() else words)


def _weighed(words: Sequence[str]) -> Words:
    numbers = Counter(word for word in words if _is_number(word))
    return Words(Counter(words), numbers, len(words) + (_NUMBER_WEIGHT - 1) * numbers.total())


def likeness(first: Inscription, second: Inscription) -> float:
    """0 to 1: how much of what surely stands on each paper stands on the other too, misread or not."""
    found = _found_on(first.sure, second.words)
    return min(found, _found_on(second.sure, first.words)) if found else 0.0


def _found_on(sure: Words, words: Words) -> float:
    """Where even all words that may be misread could not make them the same, they are not compared: 0."""
    needed = SAME * sure.weight
    if not sure.weight or words.weight < needed - _ROUNDING:
        return 0.0
    missing = (sure.numbers - words.numbers).total()
    if sure.weight - _NUMBER_WEIGHT * missing < needed - _ROUNDING:
        return 0.0
    common = sure.all & words.all
    shared = common.total() + (_NUMBER_WEIGHT - 1) * (sure.numbers.total() - missing)
    matched = _misread(sure.all - common, words.all - common, needed - shared)
    return (shared + matched) / sure.weight if matched is not None else 0.0


@lru_cache(maxsize=50_000)
def _is_number(word: str) -> bool:
    return sum(letter.isdigit() for letter in word) >= 2


def _misread(left: Counter[str], right: Counter[str], needed: float) -> float | None:
    """How many words of one side are words of the other with a letter or two misread.

    None as soon as `needed` is out of reach: most papers are unlike one another after a few words.
    """
    free = [word for word in right.elements() if not _is_number(word)]
    waiting = [word for word in left.elements() if not _is_number(word)]
    matched = 0.0
    for place, word in enumerate(waiting):
        if matched + min(len(waiting) - place, len(free)) < needed - _ROUNDING:
            return None
        best = process.extractOne(word, free, scorer=fuzz.ratio, score_cutoff=_MISREAD)
        if best is not None:
            matched += best[1] / 100
            free.pop(best[2])
    return matched


def picture_hash(page: Pixels) -> int:
    """256 bits of where the ink grows denser from left to right, in the part of the page that has ink."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY) if page.ndim == 3 else page
    small = cv2.resize(grey, (400, 560), interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 20)
    ink[: int(_EDGE * 560)] = ink[-int(_EDGE * 560) :] = 0  # dark bands where the sheet ended
    ink[:, : int(_EDGE * 400)] = ink[:, -int(_EDGE * 400) :] = 0
    rows, columns = np.flatnonzero(ink.sum(axis=1) > 510), np.flatnonzero(ink.sum(axis=0) > 510)
    if len(rows) < 2 or len(columns) < 2:
        return 0
    part = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    part = cv2.GaussianBlur(part, (0, 0), 4)
    cells = cv2.resize(part, (_HASH_SIDE + 1, _HASH_SIDE), interpolation=cv2.INTER_AREA).astype(int)
    bits = (cells[:, 1:] > cells[:, :-1]).flatten()
    return int("".join("1" if bit else "0" for bit in bits), 2)


def same_picture(one: int, other: int) -> bool:
    """Do two hashes come from pictures of the same page? Empty pages are like no other."""
    if not (one and other):
        return False
    return 1 - (one ^ other).bit_count() / _HASH_SIDE**2 >= _PICTURE_SAME
