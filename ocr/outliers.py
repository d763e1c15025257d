"""Pages that are unlike the others of their batch, so that a person looks at them first.

Skew, size of the page, number of words and how surely they were read, each against the middle of the batch
(median and median deviation, so that a few odd pages do not hide one another).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from ocr.model import PageReading

_STRANGE = 3.5
"""Deviations from the middle from which a page is strange (Iglewicz and Hoaglin's modified z-score)."""
_SCALE = 0.6745
_LEAST = {"skew": 1.0, "size": 20.0, "words": 40.0, "sureness": 0.1}
"""Deviation that always counts as usual: degrees, points, words, share."""


@dataclass(frozen=True, slots=True)
class Strangeness:
    """How unlike the others a page is, and in what; quality problems count as well."""

    score: float
    reasons: tuple[str, ...]
    """skew, size, words, sureness; and what the quality gate found, such as blurred."""


def strangeness(readings: Sequence[PageReading]) -> tuple[Strangeness, ...]:
    """One for each page; blank pages are strange in words only where most have some."""
    measured = {
        "skew": [abs(reading.recipe.skew_deg) for reading in readings],
        "size": [max(reading.width, reading.height) for reading in readings],
        "words": [float(len(reading.text.words)) for reading in readings],
        "sureness": [mean(w.confidence for w in r.text.words) if r.text.words else 1.0 for r in readings],
    }
    scores = {name: _deviations(values, _LEAST[name]) for name, values in measured.items()}
    return tuple(
        _of_page({name: scores[name][place] for name in scores}, reading.quality.problems)
        for place, reading in enumerate(readings)
    )


def _of_page(scores: dict[str, float], problems: Sequence[str]) -> Strangeness:
    odd = sorted((name for name in scores if scores[name] >= _STRANGE), key=lambda name: -scores[name])
    total = sum(scores[name] for name in odd) + _STRANGE * len(problems)
    return Strangeness(round(total, 2), (*problems, *odd))


def _deviations(values: Sequence[float], least: float) -> list[float]:
    if not values:
        return []
    middle = median(values)
    spread = max(median(abs(value - middle) for value in values), least * _SCALE)
    return [_SCALE * abs(value - middle) / spread * (abs(value - middle) > least) for value in values]
