"""Vietnamese marks put right where the neighbours leave no doubt: `cụ thê` becomes `cụ thể`.

Only marks (tone, circumflex, horn, breve, đ) are changed, never letters or numbers, and only into syllables
that official texts use. The most likely path through all readings of the words is taken (Viterbi); what the
engine read stays in `Word.raw`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from ocr.model import Word
from ocr.vietnamese.language import NUMBER, SIGN, Language, bare, vietnamese
from ocr.vietnamese.syllables import is_syllable

_PLAIN = re.compile(r"[^\w]*[^\W\d_]+(?:/[^\W\d_]+)*[^\w]*")
"""A word, or several parted by slashes (cha/mẹ), with signs around."""
_CORE = re.compile(r"[^\W\d_]+")
_SPELLING = str.maketrans({"\u2044": "/", "\u2019": "’", "\u00ad": None, "\u00d0": "Đ", "\u00f0": "đ"})
_DOUBLED = {"NÑ": "N", "ĐÐ": "Đ", "ÐĐ": "Đ"}
"""How Tesseract reads some bold capitals twice; Vietnamese has no Ñ, and Iceland's Ð is Đ."""

_FIRST_MARK_COST = 3.0
_NEXT_MARK_COST = 2.5
_INVENTED = 2.0
"""How much more it costs to take a mark away or put another in its place than to add one."""
_IMPOSSIBLE_DISCOUNT = 1.0
_UNUSUAL_COST = 3.0
"""A name, or what spelling allows, may well be a syllable that no official text uses."""
_HOPELESS = 12.0
"""Paths so far behind the best one (natural logarithm) are given up."""
_DOUBTFUL_CONFIDENCE = 0.6
_DOUBTFUL_UNKNOWN_CONFIDENCE = 0.9


class _Token(NamedTuple):
    """One step of the path: what may stand here and what each reading costs."""

    word: int
    """Its place among the words; below 0 for signs and numbers, which stay."""
    start: int
    readings: tuple[tuple[str, float], ...]


def corrected(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words in reading order with marks put right and doubtful ones flagged."""
    language = vietnamese()
    tidy = [_tidied(word) for word in words]
    tokens = [token for place, word in enumerate(tidy) for token in _tokens(place, word, tidy, language)]
    chosen = _likeliest(tokens, language)
    result = list(tidy)
    for token, reading in zip(tokens, chosen, strict=True):
        if token.word >= 0:
            result[token.word] = _with_reading(result[token.word], token.start, reading)
    return tuple(_judged(word, language) for word in result)


def _tidied(word: Word) -> Word:
    text = unicodedata.normalize("NFC", word.text)
    for doubled, single in _DOUBLED.items():
        text = text.replace(doubled, single)
    text = text.translate(_SPELLING)
    return word if text == word.text else replace(word, text=text, raw=word.raw or word.text)


def _tokens(place: int, word: Word, words: Sequence[Word], language: Language) -> list[_Token]:
    if not _PLAIN.fullmatch(word.text):
        return [_Token(-1, 0, ((NUMBER if any(c.isdigit() for c in word.text) else SIGN, 0.0),))]
    starts = place == 0 or words[place - 1].text[-1:] in ".:;!?-–"
    tokens: list[_Token] = []
    end = 0
    for found in _CORE.finditer(word.text):
        if found.start() > end:
            tokens.append(_Token(-1, 0, ((SIGN, 0.0),)))
        alone = starts or found.start() > end or found[0].isupper()
        tokens.append(_Token(place, found.start(), _readings(found[0], word.confidence, alone, language)))
        end = found.end()
    if end < len(word.text):
        tokens.append(_Token(-1, 0, ((SIGN, 0.0),)))
    return tokens


def _readings(
    core: str, confidence: float, starts: bool, language: Language
) -> tuple[tuple[str, float], ...]:
    read = core.lower()
    name = core[0].isupper() and not starts
    if name or (is_syllable(read) and not language.knows(read)):
        allowance = _UNUSUAL_COST
    else:
        allowance = 0.0 if language.knows(read) else -_IMPOSSIBLE_DISCOUNT
    readings = [(read, 0.0)]
    for variant in language.variants.get(bare(read), ()):
        if variant != read and len(variant) == len(read) > 1:
            cost = _cost(read, variant) * (0.5 + confidence)
            readings.append((variant, max(0.5, cost + allowance)))
    return tuple(readings)


def _cost(read: str, variant: str) -> float:
    """Grows with the letters whose marks differ: engines lose marks far oftener than they invent them."""
    differing = [(a, b) for a, b in zip(read, variant, strict=True) if a != b]
    lost = all(_marks(a) < _marks(b) for a, b in differing)
    return (_FIRST_MARK_COST + _NEXT_MARK_COST * (len(differing) - 1)) * (1.0 if lost else _INVENTED)


@cache
def _marks(letter: str) -> frozenset[str]:
    """What stands on a letter beside the letter itself, đ's stroke too."""
    return frozenset(unicodedata.normalize("NFD", letter.replace("đ", "d\u0335"))[1:])


def _likeliest(tokens: Sequence[_Token], language: Language) -> list[str]:
    paths: list[dict[str, tuple[float, str]]] = []
    best: dict[str, float] = {SIGN: 0.0}
    for token in tokens:
        step: dict[str, tuple[float, str]] = {}
        for reading, cost in token.readings:
            scored = (
                (score + language.log_probability(before, reading), before) for before, score in best.items()
            )
            score, before = max(scored)
            step[reading] = (score - cost, before)
        paths.append(step)
        least = max(score for score, _ in step.values()) - _HOPELESS
        best = {reading: score for reading, (score, _) in step.items() if score >= least}
    return _traced(paths, best)


def _traced(paths: list[dict[str, tuple[float, str]]], best: dict[str, float]) -> list[str]:
    chosen: list[str] = []
    reading = max(best, key=lambda name: best[name])
    for step in reversed(paths):
        chosen.append(reading)
        reading = step[reading][1]
    return chosen[::-1]


def _with_reading(word: Word, start: int, reading: str) -> Word:
    end = start + len(reading)
    text = word.text[:start] + _in_case_of(word.text[start:end], reading) + word.text[end:]
    return word if text == word.text else replace(word, text=text, raw=word.raw or word.text)


def _in_case_of(core: str, reading: str) -> str:
    """`reading` in the letter case of what was read; a capital inside a small word is a misreading."""
    if core.lower() == reading and (core.isupper() or core[1:] == core[1:].lower()):
        return core
    if core.isupper() and len(core) > 1:
        return reading.upper()
    if core[:1].isupper():
        mixed = sum(letter.isupper() for letter in core) > 1
        return core if mixed and core.lower() == reading else reading[:1].upper() + reading[1:]
    return reading if core.lower() != reading or _is_slip(core) else core


def _is_slip(core: str) -> bool:
    """One capital after small letters (`sỐ`): the engine's slip, no abbreviation has this form."""
    return core[:1].islower() and sum(letter.isupper() for letter in core) == 1


def _judged(word: Word, language: Language) -> Word:
    cores = _CORE.findall(word.text) if _PLAIN.fullmatch(word.text) else ()
    unknown = any(not language.knows(core.lower()) for core in cores)
    limit = _DOUBTFUL_UNKNOWN_CONFIDENCE if unknown else _DOUBTFUL_CONFIDENCE
    return replace(word, doubtful=True) if word.confidence < limit else word
