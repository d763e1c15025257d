"""Dotted leaders and form rules: found, and taken out of a picture before recognition, which would read them.

Sizes are in x-heights (the height of a letter without stem), so that any resolution works.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.model import Box
from ocr.ports import Pixels

_DOT = 0.5
_THIN = 0.32
_GAP = 0.85
_MIN_DOTS = 4
_MIN_RUN = 1.6
_MIN_DASH = 2.5
_RULE_ACROSS = 4.0
_RULE_DOWN = 5.0

_Which = NDArray[np.bool_]
_Labels = NDArray[np.int32]


class Furniture(NamedTuple):
    """What stands on a page besides words; boxes in points."""

    leaders: tuple[Box, ...] = ()
    across: tuple[Box, ...] = ()
    """Rules that run across."""
    down: tuple[Box, ...] = ()


def without_leaders(grey: Pixels, mask: Pixels, x_height: float, dpi: float) -> tuple[Pixels, Furniture]:
    """The grey picture with leaders and rules painted over, and where they were; `mask` is its ink."""
    across, down = _rules(mask, x_height)
    leaders = _leaders(mask, x_height)
    found = across | down | leaders
    if not found.any():
        return grey, Furniture()
    spread = max(3, round(0.12 * x_height) * 2 + 1)
    covered = cv2.dilate(found, np.ones((spread, spread), np.uint8))
    painted = np.where(covered > 0, np.uint8(255), grey).astype(np.uint8, copy=False)
    joined = _joined(leaders, x_height)
    return painted, Furniture(_boxes(joined, dpi), _boxes(across, dpi), _boxes(down, dpi))


def _leaders(mask: Pixels, x_height: float) -> Pixels:
    """Runs of small round parts on one line, and long thin parts (dots run together, underscores)."""
    _, found, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    labels: _Labels = found.astype(np.int32, copy=False)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    dots = (widths <= _DOT * x_height) & (heights <= _DOT * x_height)
    dashes = (heights <= _THIN * x_height) & (widths > heights * 2)
    candidates: _Which = dots | dashes
    candidates[0] = False
    small = chosen(candidates, labels)
    return cv2.bitwise_and(_long_runs(_joined(small, x_height), labels, candidates, x_height), small).astype(
        np.uint8, copy=False
    )


def _joined(small: Pixels, x_height: float) -> Pixels:
    reach = max(3, round(_GAP * x_height) | 1)
    return cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8)).astype(
        np.uint8, copy=False
    )


def _long_runs(joined: Pixels, labels: _Labels, candidates: _Which, x_height: float) -> Pixels:
    runs, found, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    run_labels: _Labels = found.astype(np.int32, copy=False)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    flat = (heights <= _DOT * x_height * 1.3) & (widths >= _MIN_RUN * x_height)
    dotted = _parts_per_run(run_labels, labels, candidates, runs) >= _MIN_DOTS
    dashed = (heights <= _THIN * x_height) & (widths >= _MIN_DASH * x_height)
    long_runs: _Which = flat & (dotted | dashed)
    long_runs[0] = False
    return chosen(long_runs, run_labels)


def _parts_per_run(run_labels: _Labels, labels: _Labels, candidates: _Which, runs: int) -> NDArray[np.int64]:
    at = np.nonzero(candidates[labels] & (run_labels > 0))
    pairs = np.unique(np.stack([run_labels[at], labels[at]]), axis=1)
    return np.bincount(pairs[0], minlength=runs).astype(np.int64, copy=False)


def _rules(mask: Pixels, x_height: float) -> tuple[Pixels, Pixels]:
    across = np.ones((1, max(9, round(_RULE_ACROSS * x_height))), np.uint8)
    down = np.ones((max(9, round(_RULE_DOWN * x_height)), 1), np.uint8)
    return _opened(mask, across), _opened(mask, down)


def _opened(mask: Pixels, kernel: Pixels) -> Pixels:
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel).astype(np.uint8, copy=False)


def _boxes(mask: Pixels, dpi: float) -> tuple[Box, ...]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    scale = 72 / dpi
    return tuple(
        Box(x * scale, y * scale, (x + w) * scale, (y + h) * scale) for x, y, w, h, _ in stats[1:].tolist()
    )


def chosen(which: _Which, labels: _Labels) -> Pixels:
    """Mask of the connected parts that are chosen."""
    return np.where(which, np.uint8(255), np.uint8(0))[labels].astype(np.uint8, copy=False)
