"""How likely one Vietnamese syllable follows another in official papers; see ocr.vietnamese.counting."""

from __future__ import annotations

import gzip
import math
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NUMBER, SIGN = "0", "."
_DISCOUNT = 0.75
_MIN_VARIANT_COUNT = 5
_RARE = 0.5


@dataclass(frozen=True, slots=True)
class Language:
    """Counts of syllables and of what follows them."""

    counts: dict[str, int]
    followers: dict[str, dict[str, int]]
    left_over: dict[str, float]
    """Share of each syllable's occurrences that no kept pair explains."""
    variants: dict[str, tuple[str, ...]]
    """Frequent syllables by their letters without marks."""
    total: int

    def knows(self, syllable: str) -> bool:
        """Whether the lower-case syllable occurs in official texts."""
        return syllable in self.counts

    def log_probability(self, before: str, syllable: str) -> float:
        """Natural logarithm of the chance of `syllable` after `before` (absolute discounting)."""
        alone = self.counts.get(syllable, _RARE) / self.total
        seen = self.counts.get(before)
        if seen is None:
            return math.log(alone)
        together = self.followers.get(before, {}).get(syllable, 0)
        return math.log(max(together - _DISCOUNT, 0.0) / seen + self.left_over[before] * alone)


def bare(syllable: str) -> str:
    """Lower-case letters without any mark: `Điều` becomes `dieu`."""
    letters = unicodedata.normalize("NFD", syllable.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def vietnamese() -> Language:
    """The frequencies that come with the program, read once per process."""
    packed = files("resources").joinpath("language/vi.bigrams.gz").read_bytes()
    lines = gzip.decompress(packed).decode().split("\n")
    syllables = lines[0].split(" ")
    counts = dict(zip(syllables, map(int, lines[1].split(" ")), strict=True))
    followers: dict[str, dict[str, int]] = {}
    left_over: dict[str, float] = {}
    for syllable, row in zip(syllables, lines[2:], strict=True):
        pairs = (pair.split(":") for pair in row.split(" ")) if row else ()
        after = {syllables[int(place)]: int(count) for place, count in pairs}
        followers[syllable] = after
        explained = sum(after.values()) - _DISCOUNT * len(after)
        left_over[syllable] = max(0.01, 1 - explained / counts[syllable])
    return Language(counts, followers, left_over, _variants(counts), sum(counts.values()))


def _variants(counts: dict[str, int]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for syllable, count in counts.items():
        if syllable.isalpha() and count >= _MIN_VARIANT_COUNT:
            grouped[bare(syllable)].append(syllable)
    return {letters: tuple(found) for letters, found in grouped.items()}
