"""Dotted leaders, which an engine reads as words: runs of small round parts on one line.

Sizes are in x-heights (the height of a letter without stem), so that any resolution works.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image.ink import Ink

_DOT = 0.5
_THIN = 0.32
_GAP = 0.85
_MIN_DOTS = 3
_MIN_RUN = 1.6
_MIN_DASH = 2.5
_TALLER = 1.3
_ABOVE, _BELOW = 0.6, 0.45
_SIGN = 0.9
_OVER, _AFTER = 0.4, 1.6
_HANGS, _HIGH = 0.2, 1.3

_Which = NDArray[np.bool_]
_Frames = NDArray[np.int32]
"""Rows of left, top, width, height in pixels."""


def leaders_in(ink: Ink, x_height: float) -> tuple[_Which, _Frames]:
    """Which parts are dots and dashes that make leaders, and the frames of the stretches that they fill."""
    widths, heights = ink.parts[:, cv2.CC_STAT_WIDTH], ink.parts[:, cv2.CC_STAT_HEIGHT]
    dots = (widths <= _DOT * x_height) & (heights <= _DOT * x_height)
    dashes = (heights <= _THIN * x_height) & (widths > heights * 2)
    candidates: _Which = (dots | dashes) & ~_part_of_letter(ink, x_height)
    candidates[0] = False
    reach = max(3, round(_GAP * x_height) | 1)
    small = ink.chosen(candidates)
    joined = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    runs = Ink.of(joined.astype(np.uint8, copy=False))
    run_of = _run_of_each_part(ink, runs, candidates)
    leading = _leading_runs(runs, run_of, x_height)
    members: _Which = candidates & leading[run_of] & ~_taller(heights, run_of, len(runs.parts))
    members[0] = False
    return members, runs.parts[leading, :4]


def signs_after(
    ink: Ink, leaders: _Which, stretches: _Frames, x_height: float
) -> list[tuple[str, tuple[int, ...]]]:
    """Commas and semicolons that end a leader, each with the numbers of its parts.

    Engines leave them out or take them for dust once the leader is gone.
    """
    left, top, widths, heights = (ink.parts[:, column] for column in range(4))
    bottom, centre = top + heights, left + widths // 2
    small = (widths <= _DOT * x_height) & (heights <= _SIGN * x_height) & ~leaders
    small[0] = False
    found = []
    for x, y, width, height in stretches.tolist():
        dots = leaders & (left >= x) & (left < x + width) & (top >= y) & (top < y + height)
        if not dots.any():
            continue
        foot, usual = float(np.median(bottom[dots])), float(np.median(heights[dots]))
        end = int((left + widths)[dots].max())
        near = small & (left > end - _OVER * x_height) & (left < end + _AFTER * x_height)
        tails = near & (heights > _TALLER * usual) & (bottom > foot + _HANGS * usual) & (top <= foot)
        for tail in np.nonzero(tails)[0].tolist():
            above = near & (bottom < top[tail]) & (top > foot - _HIGH * x_height)
            above &= np.abs(centre - centre[tail]) < _OVER * x_height
            over = np.nonzero(above)[0].tolist()
            found.append((";" if over else ",", (tail, *over)))
    return found


def _part_of_letter(ink: Ink, x_height: float) -> _Which:
    """Parts with ink right above (the lower dot of a colon) or right below (the dot of an i)."""
    sums = cv2.integral(np.minimum(ink.mask, 1))
    x, y, width, height = (ink.parts[:, column] for column in range(4))
    top = np.maximum(0, y - round(_ABOVE * x_height))
    bottom = np.minimum(ink.mask.shape[0], y + height + round(_BELOW * x_height))

    def inked(y0: NDArray[np.int32], y1: NDArray[np.int32]) -> NDArray[np.int32]:
        right = x + width
        return np.asarray(sums[y1, right] - sums[y0, right] - sums[y1, x] + sums[y0, x], np.int32)

    return np.asarray((inked(top, y) > 0) | (inked(y + height, bottom) > 0), np.bool_)


def _run_of_each_part(ink: Ink, runs: Ink, candidates: _Which) -> NDArray[np.int64]:
    """Number of the run that each candidate lies in, 0 for the others."""
    x, y = ink.middles()
    return np.where(candidates, runs.labels[y, x], 0).astype(np.int64, copy=False)


def _leading_runs(runs: Ink, run_of: NDArray[np.int64], x_height: float) -> _Which:
    widths, heights = runs.parts[:, cv2.CC_STAT_WIDTH], runs.parts[:, cv2.CC_STAT_HEIGHT]
    dots = np.bincount(run_of, minlength=len(runs.parts))
    flat = (heights <= _DOT * x_height * 1.3) & (widths >= _MIN_RUN * x_height)
    dashed = (heights <= _THIN * x_height) & (widths >= _MIN_DASH * x_height)
    leading: _Which = flat & ((dots >= _MIN_DOTS) | dashed)
    leading[0] = False
    return leading


def _taller(heights: NDArray[np.int32], run_of: NDArray[np.int64], runs: int) -> _Which:
    """Parts that stick out of their run: the comma or semicolon that ends it."""
    total = np.bincount(run_of, weights=heights, minlength=runs)
    usual = total / np.maximum(1, np.bincount(run_of, minlength=runs))
    return np.asarray(heights > _TALLER * usual[run_of] + 0.5, np.bool_)
