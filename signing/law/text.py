"""Text as the rule check compares it: without tone marks, in lines, with the place of what was found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from signing.law.model import Area
from signing.pdf.page_layout import TextWord

_HYPHENS = dict.fromkeys(map(ord, "\u00ad\u2010\u2011\u2012\u2212"), "-")
"""Fonts name one and the same stroke in many ways; nobody sees which."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words that belong together, as they are printed."""

    text: str
    area: Area
    score: float = 100.0
    """How well they agree with what was looked for, 0 to 100."""


def fold(text: str) -> str:
    """Lower case without tone marks: 'Số' and 'SO' are alike."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").translate(_HYPHENS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def rows(words: Iterable[TextWord]) -> list[list[TextWord]]:
    """Words by line from the top, each line from the left; columns stay together."""
    found: list[list[TextWord]] = []
    for word in sorted(words, key=lambda item: (item.y0 + item.y1, item.x0)):
        last = found[-1][-1] if found else None
        middle = (word.y0 + word.y1) / 2
        if last is not None and abs(middle - (last.y0 + last.y1) / 2) < (word.y1 - word.y0) * 0.4:
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(row) for row in found]


def joined(words: Sequence[TextWord]) -> Found:
    """These words as one text with the rectangle around them."""
    text = unicodedata.normalize("NFC", " ".join(word.text for word in words).translate(_HYPHENS))
    return Found(
        text,
        Area(
            min(word.x0 for word in words),
            min(word.y0 for word in words),
            max(word.x1 for word in words),
            max(word.y1 for word in words),
        ),
    )


def find_phrase(words: Iterable[TextWord], phrase: str) -> Found | None:
    """The place where `phrase` (folded) is said, however it is broken into lines; None without any word."""
    flat = [word for row in rows(words) for word in row if any(letter.isalnum() for letter in word.text)]
    folded = [fold(word.text) for word in flat]
    match = fuzz.partial_ratio_alignment(phrase, " ".join(folded))
    if match is None or not flat:
        return None
    inside, at = [], 0
    for word, text in zip(flat, folded, strict=True):
        if at < match.dest_end and at + len(text) > match.dest_start:
            inside.append(word)
        at += len(text) + 1
    if not inside:
        return None
    found = joined(inside)
    return Found(found.text, found.area, min(match.score, fuzz.ratio(phrase, fold(found.text))))
