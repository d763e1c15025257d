"""Pages that are unlike the others of their batch, so that a person looks at them first.

Skew, size of the page, number of words and how surely they were read, each against the middle of the batch
(median and median deviation, so that a few odd pages do not hide one another).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from ocr.batch.documents import printed_number
from ocr.model import PageReading

_STRANGE = 3.5
"""Deviations from the middle from which a page is strange (Iglewicz and Hoaglin's modified z-score)."""
GAP_SCORE = 100.0
"""A page that may be missing comes before everything that only looks odd."""
PAGE_GAP = "page_gap"
_SCALE = 0.6745
_LEAST = {"skew": 1.0, "size": 20.0, "words": 40.0, "sureness": 0.1}
"""Deviation that always counts as usual: degrees, points, words, share."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What of a page is compared with the others."""

    skew: float
    """Degrees, either way."""
    size: float
    """The longer side, in points."""
    words: float
    sureness: float
    """Mean confidence of the words; 1 where there are none."""
    problems: tuple[str, ...]
    """Of the quality gate."""
    printed: int | None = None
    """Page number in a margin; where it jumps within a paper, see `after_gaps`."""


@dataclass(frozen=True, slots=True)
class Strangeness:
    """How unlike the others a page is, and in what; quality problems count as well."""

    score: float
    reasons: tuple[str, ...]
    """skew, size, words, sureness; and what the quality gate found, such as blurred."""


def measured(reading: PageReading) -> Measured:
    """A pure function of what was read: it may be kept in place of the reading."""
    words = reading.text.words
    return Measured(
        abs(reading.recipe.skew_deg),
        max(reading.width, reading.height),
        float(len(words)),
        mean(word.confidence for word in words) if words else 1.0,
        reading.quality.problems,
        printed_number(reading),
    )


def after_gaps(paper: Sequence[Measured]) -> tuple[int, ...]:
    """Places in a paper of pages whose printed numbers run ahead: two sheets were fed at once or one is lost.

    Numbers that could not be read, numbers misread too low and blank backs are no gaps.
    """
    found: list[int] = []
    ahead: int | None = None
    written = [(place, page.printed) for place, page in enumerate(paper) if page.words]
    for count, (place, printed) in enumerate(written):
        if printed is None:
            continue
        if ahead is not None and printed - count > ahead:
            found.append(place)
        ahead = printed - count if ahead is None else max(ahead, printed - count)
    return tuple(found)


def strangeness(pages: Sequence[Measured]) -> tuple[Strangeness, ...]:
    """One for each page; blank pages are strange in words only where most have some."""
    scores = {
        name: _deviations([getattr(page, name) for page in pages], least) for name, least in _LEAST.items()
    }
    return tuple(
        _of_page({name: scores[name][place] for name in scores}, page.problems)
        for place, page in enumerate(pages)
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
