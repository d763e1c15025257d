"""How large the letters of a page are."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_MIN_LETTERS = 30
_SHAPE = (0.25, 2.0)
_HEIGHT_INCH = (0.035, 0.25)
_SMOOTHING = (0.25, 0.5, 1.0, 0.5, 0.25)


def x_height_of(parts: NDArray[np.int32], dpi: float) -> float | None:
    """Usual height in pixels of letters without stem, from the connected parts of the ink.

    `parts` are rows of OpenCV's component statistics. None where there are too few letters to say.
    """
    widths = parts[:, cv2.CC_STAT_WIDTH].astype(np.float64)
    heights = parts[:, cv2.CC_STAT_HEIGHT].astype(np.float64)
    shapes = widths / np.maximum(1, heights)
    low, high = (inch * dpi for inch in _HEIGHT_INCH)
    letters = heights[(heights >= low) & (heights <= high) & (shapes > _SHAPE[0]) & (shapes < _SHAPE[1])]
    if len(letters) < _MIN_LETTERS:
        return None
    counts = np.bincount(letters.astype(np.int64))
    return float(np.argmax(np.convolve(counts, _SMOOTHING, mode="same")))
