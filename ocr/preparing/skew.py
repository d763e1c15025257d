"""How far the text leans, from the projection profile of its ink (Postl's method)."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ocr.ports import Pixels

MAX_SKEW_DEG = 10.0
_COARSE, _FINE = 0.5, 0.1
_MAX_POINTS = 15_000

Points = NDArray[np.float64]


class Lean(NamedTuple):
    """Clockwise lean of the lines in degrees, and how sharply they stand out (higher is clearer)."""

    degrees: float
    sharpness: float


def lean_of(ink: Pixels, across: bool = True) -> Lean:
    """Lean of the text lines of a small ink mask; `across` False looks for lines that run down."""
    ys, xs = np.nonzero(ink)
    if len(xs) < 50:
        return Lean(0.0, 0.0)
    step = max(1, len(xs) // _MAX_POINTS)
    along, over = (xs, ys) if across else (ys, xs)
    along_f, over_f = along[::step].astype(np.float64), over[::step].astype(np.float64)
    if not across:
        along_f = -along_f
    best = _best(along_f, over_f, np.arange(-MAX_SKEW_DEG, MAX_SKEW_DEG + 0.01, _COARSE))
    near = np.arange(best.degrees - _COARSE, best.degrees + _COARSE + 0.01, _FINE)
    return _refined(along_f, over_f, near)


def _best(along: Points, over: Points, angles: Points) -> Lean:
    scores = [_sharpness(along, over, angle) for angle in angles]
    at = int(np.argmax(scores))
    return Lean(float(angles[at]), scores[at])


def _refined(along: Points, over: Points, angles: Points) -> Lean:
    """The best angle, placed between steps by a parabola through its neighbours."""
    scores = [_sharpness(along, over, angle) for angle in angles]
    at = int(np.argmax(scores))
    if not 0 < at < len(scores) - 1:
        return Lean(float(angles[at]), scores[at])
    before, peak, after = scores[at - 1 : at + 2]
    bend = before - 2 * peak + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return Lean(float(angles[at] + shift * _FINE), peak)


def _sharpness(along: Points, over: Points, degrees: float) -> float:
    """Energy of the steps in the profile, per point: sharp line edges make large steps."""
    rows = over - along * math.tan(math.radians(degrees))
    profile = np.bincount((rows - rows.min()).astype(np.int64)).astype(np.float64)
    steps = np.diff(profile)
    return float(np.dot(steps, steps)) / len(rows)
