"""Dotted leaders and form rules taken out of a picture before recognition: the engine reads them as words.

Sizes are in x-heights (the height of a letter without stem), so that any resolution works.
"""

from __future__ import annotations

import cv2
import numpy as np

from ocr.ports import Pixels

_DOT = 0.5
_THIN = 0.32
_GAP = 0.85
_MIN_DOTS = 4
_MIN_RUN = 1.6
_RULE_ACROSS = 4.0
_RULE_DOWN = 5.0


def without_leaders(grey: Pixels, mask: Pixels, x_height: float) -> Pixels:
    """The grey picture with leaders and rules painted over in white; `mask` is its ink."""
    found = cv2.bitwise_or(_rules(mask, x_height), _leaders(mask, x_height))
    if not found.any():
        return grey
    spread = max(3, round(0.12 * x_height) * 2 + 1)
    covered = cv2.dilate(found, np.ones((spread, spread), np.uint8))
    return np.where(covered > 0, np.uint8(255), grey).astype(np.uint8, copy=False)


def _leaders(mask: Pixels, x_height: float) -> Pixels:
    """Runs of small round parts on one line, and long thin parts (dots run together, underscores)."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    dots = (widths <= _DOT * x_height) & (heights <= _DOT * x_height)
    dashes = (heights <= _THIN * x_height) & (widths > heights * 2)
    candidates = dots | dashes
    candidates[0] = False
    keep = np.where(candidates, np.uint8(255), np.uint8(0))
    small = keep[labels]
    joined = cv2.morphologyEx(
        small, cv2.MORPH_CLOSE, np.ones((1, max(3, round(_GAP * x_height) | 1)), np.uint8)
    )
    return _long_runs(joined.astype(np.uint8, copy=False), labels, candidates, x_height)


def _long_runs(joined: Pixels, labels: np.ndarray, candidates: np.ndarray, x_height: float) -> Pixels:
    runs, run_labels, run_stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    long_enough = run_stats[:, cv2.CC_STAT_WIDTH] >= _MIN_RUN * x_height
    flat = run_stats[:, cv2.CC_STAT_HEIGHT] <= _DOT * x_height * 1.3
    parts = _parts_per_run(run_labels, labels, candidates, runs)
    solid = run_stats[:, cv2.CC_STAT_HEIGHT] <= _THIN * x_height
    wide = run_stats[:, cv2.CC_STAT_WIDTH] >= 2.5 * x_height
    chosen = long_enough & flat & ((parts >= _MIN_DOTS) | (solid & wide))
    chosen[0] = False
    runs_mask = np.where(chosen, np.uint8(255), np.uint8(0))[run_labels]
    keep = np.where(candidates, np.uint8(255), np.uint8(0))
    return cv2.bitwise_and(runs_mask, keep[labels]).astype(np.uint8, copy=False)


def _parts_per_run(
    run_labels: np.ndarray, labels: np.ndarray, candidates: np.ndarray, runs: int
) -> np.ndarray:
    at = np.nonzero(candidates[labels] & (run_labels > 0))
    pairs = np.unique(np.stack([run_labels[at], labels[at]]), axis=1)
    return np.bincount(pairs[0], minlength=runs)


def _rules(mask: Pixels, x_height: float) -> Pixels:
    across = cv2.morphologyEx(
        mask, cv2.MORPH_OPEN, np.ones((1, max(9, round(_RULE_ACROSS * x_height))), np.uint8)
    )
    down = cv2.morphologyEx(
        mask, cv2.MORPH_OPEN, np.ones((max(9, round(_RULE_DOWN * x_height)), 1), np.uint8)
    )
    return cv2.bitwise_or(across, down).astype(np.uint8, copy=False)
