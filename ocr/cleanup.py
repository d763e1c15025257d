"""From the upright colour page to the grey picture that reads best; never for the archive copy."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.geometry import scaled
from ocr.ink import flattened
from ocr.leaders import Furniture, chosen, without_leaders
from ocr.letters import x_height_of
from ocr.ports import Pixels

_FIRST_DPI = 200.0
_BEST_X_HEIGHT = 18.5
_GOOD_X_HEIGHT = (15.0, 24.0)
_SCALE_RANGE = (0.3, 3.0)
_INK_BELOW = 170
_LETTER = 0.6
_SPECK_AREA = 0.15
_NEAR = 0.7
_DASH = 1.8
_USUAL_X_HEIGHT_INCH = 0.09


Parts = NDArray[np.int32]
"""Rows of OpenCV's component statistics."""


class Readable(NamedTuple):
    """A picture ready for the engine."""

    grey: Pixels
    dpi: float
    x_height: float
    furniture: Furniture


def clean(page: Pixels, dpi: float) -> Readable:
    """Even light, red stamps faded, specks and leaders gone, letters as large as the engine likes them."""
    source = faded_red(page)
    readable = _prepared(source, dpi, min(1.0, _FIRST_DPI / dpi))
    low, high = _GOOD_X_HEIGHT
    if not low <= readable.x_height <= high:
        factor = readable.dpi / dpi * _BEST_X_HEIGHT / readable.x_height
        readable = _prepared(source, dpi, min(_SCALE_RANGE[1], max(_SCALE_RANGE[0], factor)))
    return readable


def faded_red(page: Pixels) -> Pixels:
    """Grey in which red ink is nearly as light as the paper and blue ink stays dark."""
    return page if page.ndim == 2 else np.ascontiguousarray(page[:, :, 2])


def _prepared(source: Pixels, dpi: float, factor: float) -> Readable:
    dpi *= factor
    grey = flattened(scaled(source, factor))
    mask = np.where(grey < _INK_BELOW, np.uint8(255), np.uint8(0)).astype(np.uint8, copy=False)
    _, found, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    labels, parts = found.astype(np.int32, copy=False), stats.astype(np.int32, copy=False)
    x_height = x_height_of(parts[1:], dpi) or _USUAL_X_HEIGHT_INCH * dpi
    grey, furniture = without_leaders(grey, mask, x_height, dpi)
    return Readable(_without_specks(grey, labels, parts, x_height), dpi, x_height, furniture)


def _without_specks(grey: Pixels, labels: NDArray[np.int32], parts: Parts, x_height: float) -> Pixels:
    """Small parts far from any letter are dust; near letters they may be marks, so they stay."""
    heights, areas = parts[:, cv2.CC_STAT_HEIGHT], parts[:, cv2.CC_STAT_AREA]
    letters = heights >= _LETTER * x_height
    dash = parts[:, cv2.CC_STAT_WIDTH] >= _DASH * heights
    small = (areas <= _SPECK_AREA * x_height**2) & ~letters & ~dash
    letters[0] = small[0] = False
    if not small.any():
        return grey
    reach = round(_NEAR * x_height) * 2 + 1
    near = cv2.dilate(chosen(letters, labels), np.ones((reach, reach), np.uint8))
    touched = np.unique(labels[(near > 0) & (labels > 0)])
    small[touched] = False
    dust = cv2.dilate(chosen(small, labels), np.ones((3, 3), np.uint8))
    return np.where(dust > 0, np.uint8(255), grey).astype(np.uint8, copy=False)
