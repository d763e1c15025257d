"""How many papers of a batch a second person looks at, and how many may be wrong: ISO 2859-1:1999.

Single sampling, normal inspection, general level II (Table 1), acceptance quality limit 1.0 (Table 2-A). The
sample is drawn by the batch's id: it is the same for everybody, and nobody chooses it. Compared row by row
with Tables I and II-A of MIL-STD-105E, whose figures for single sampling at AQL 1.0 are the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

_TABLE = (
    (8, 13, 0), (15, 13, 0), (25, 13, 0), (50, 13, 0), (90, 13, 0), (150, 13, 0), (280, 50, 1), (500, 50, 1),
    (1_200, 80, 2), (3_200, 125, 3), (10_000, 200, 5), (35_000, 315, 7), (150_000, 500, 10),
    (500_000, 800, 14),
)  # fmt: skip
"""(lot size up to, sample size, acceptance number): Table 2-A at AQL 1.0, its arrows followed."""
_LARGEST = (1_250, 21)


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """Of `lot` papers `sample` are looked at; the batch passes with at most `accept` wrong ones."""

    lot: int
    sample: int
    accept: int


def plan(lot: int) -> SamplingPlan:
    """The plan for a batch of so many papers; a small batch is looked at whole."""
    sample, accept = next((row[1:] for row in _TABLE if lot <= row[0]), _LARGEST)
    return SamplingPlan(lot, min(lot, sample), accept)


def drawn(ids: Sequence[str], by: SamplingPlan, seed: str) -> tuple[str, ...]:
    """The papers of the sample, in their order."""
    ranked = sorted(ids, key=lambda id: hashlib.sha256(f"{seed}/{id}".encode()).digest())
    wanted = set(ranked[: by.sample])
    return tuple(id for id in ids if id in wanted)
