"""Empty tick boxes of forms: found as hollow squares, since the engine reads them as letters (L1, E1)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image.ink import Ink
from ocr.ports import Pixels

SIGN = "□"
_SIDE = (0.8, 2.6)
_SQUARE = 1.3
_FRAME = 0.16
_MIN_FRAME_INK, _MAX_INSIDE_INK = 0.75, 0.06
_MAX_FILLED = 0.55
_MIN_CORNERS = 3


def hollow_squares(ink: Ink, x_height: float) -> NDArray[np.bool_]:
    """Which connected parts are the outlines of empty squares about as high as a letter."""
    parts = ink.parts
    found = np.zeros(len(parts), np.bool_)
    low, high = (side * x_height for side in _SIDE)
    widths, heights = parts[:, cv2.CC_STAT_WIDTH], parts[:, cv2.CC_STAT_HEIGHT]
    x, y = ink.middles()
    square = (np.maximum(widths, heights) <= _SQUARE * np.minimum(widths, heights)) & (widths >= low)
    thin = (
        (parts[:, cv2.CC_STAT_AREA] <= _MAX_FILLED * widths * heights)
        & (ink.mask[y, x] == 0)
        & _cornered(ink)
    )
    for place in np.nonzero(square & thin & (heights >= low) & (widths <= high) & (heights <= high))[0]:
        left, top, width, height = (int(value) for value in parts[place, :4])
        found[place] = _is_hollow(ink.mask[top : top + height, left : left + width])
    found[0] = False
    return found


def _cornered(ink: Ink) -> NDArray[np.bool_]:
    """Parts with ink in at least three corners of their box: a quick look at all of them."""
    left, top = ink.parts[:, cv2.CC_STAT_LEFT] + 1, ink.parts[:, cv2.CC_STAT_TOP] + 1
    right = np.maximum(0, left + ink.parts[:, cv2.CC_STAT_WIDTH] - 3)
    bottom = np.maximum(0, top + ink.parts[:, cv2.CC_STAT_HEIGHT] - 3)
    height, width = ink.mask.shape
    left, top = np.minimum(left, width - 1), np.minimum(top, height - 1)
    corners = (ink.mask[y, x] > 0 for y in (top, bottom) for x in (left, right))
    return np.asarray(np.sum(list(corners), axis=0) >= _MIN_CORNERS, np.bool_)


def _is_hollow(patch: Pixels) -> bool:
    """Ink along all four sides and none inside: letters (O, D, 0) leave their corners white."""
    height, width = patch.shape
    edge = max(2, round(_FRAME * min(height, width)))
    ink = patch > 0
    sides = (ink[:edge].any(0), ink[-edge:].any(0), ink[:, :edge].any(1), ink[:, -edge:].any(1))
    corners = (ink[:edge, :edge], ink[:edge, -edge:], ink[-edge:, :edge], ink[-edge:, -edge:])
    inside = ink[edge + 1 : -edge - 1, edge + 1 : -edge - 1]
    return (
        min(float(side.mean()) for side in sides) >= 0.9
        and min(float(corner.mean()) for corner in corners) >= _MIN_FRAME_INK * 0.5
        and inside.size > 0
        and float(inside.mean()) <= _MAX_INSIDE_INK
    )
