"""Names of places inside a text, against the lists of units before and from 1/7/2025 (resources/units)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from rapidfuzz import fuzz, process

from ocr.vietnamese.patterns import letters
from ocr.vietnamese.units import TYPES, listed_units, unit_names

_TYPE = re.compile(rf"(?<!\w)({'|'.join(TYPES)})\s+(?=\S)", re.IGNORECASE)
_NEAR = 85
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A unit named in a text: "xã Mỹ An" """

    text: str
    before: bool
    """It is on the list that was in force until 30/6/2025."""
    since: bool
    """It is on the list in force from 1/7/2025."""
    near: str = ""
    """Where no listed name is spelt so: the one it is most like, if any."""


def places_in(text: str) -> tuple[PlaceName, ...]:
    """Every unit that a type word and a name in capitals announce, in the order of the text."""
    found = list(_TYPE.finditer(text))
    ends = [following.start() for following in found[1:]] + [len(text)] * bool(found)
    named = ((start[1], _name(text[start.end() : end])) for start, end in zip(found, ends, strict=True))
    return tuple(_place(type_word, name) for type_word, name in named if name)


def _name(rest: str) -> str:
    """Words in capitals, or a number ("quận 1"), up to the first sign or small letter."""
    part = re.split(r"[,;:()–—]|\s-", rest)[0].strip(" .")
    return " ".join(takewhile(lambda word: word[0].isupper() or word[0].isdigit(), part.split()))


def _place(type_word: str, name: str) -> PlaceName:
    kind, read = type_word.lower(), letters(name)
    before, since = (read in names[kind] for names in listed_units())
    shown = f"{type_word} {name}"
    if (before or since) and _spelling(f"{kind} {name}") in _spellings():
        return PlaceName(shown, before, since)
    near = process.extractOne(read, _names(kind).keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return PlaceName(shown, before, since, f"{kind} {_names(kind)[near[0]]}" if near else "")


@cache
def _names(kind: str) -> dict[str, str]:
    before, since = listed_units()
    return {**before[kind], **since[kind]}


@cache
def _spellings() -> frozenset[str]:
    return frozenset(map(_spelling, unit_names()))


def _spelling(name: str) -> str:
    """For comparing with tone marks, wherever in the word they were set: Hoà and Hòa are one name."""
    plain = unicodedata.normalize("NFD", name.lower())
    words = ("".join(sorted(word, key=lambda sign: sign in _TONES)) for word in plain.split())
    return " ".join(words)
