"""The paper of a page without the ink upon it."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image import raster
from ocr.ports import Pixels

_COARSE = 8
_WIDTHS = (1.0, 4.0, 24.0)
"""Reach of the means, in coarse pixels: the nearest that sees enough bare paper decides."""
_ENOUGH, _TOO_LITTLE = 0.3, 0.05


def colour_of(picture: Pixels) -> Pixels:
    """Colour of the paper at an eighth of the size, ink closed over."""
    small = raster.reduced(picture, _COARSE)
    reach = max(3, min(small.shape[:2]) // 20 | 1)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    return cast(Pixels, cv2.GaussianBlur(closed, (0, 0), reach / 3))


def bare(picture: Pixels, ink: Pixels) -> Pixels:
    """The paper alone at an eighth of the size: means over what is no ink, from ever wider around."""
    free = cast(Pixels, cv2.bitwise_not(ink))
    without = cast(Pixels, cv2.bitwise_and(picture, picture, mask=free))
    total = raster.reduced(without, _COARSE).astype(np.float32)
    weight = raster.reduced(free, _COARSE).astype(np.float32) / 255
    result = np.zeros_like(total)
    left = np.ones_like(weight)
    mean: NDArray[np.floating] = total
    for reach in _WIDTHS:
        around = _blurred(weight, reach)
        mean = _blurred(total, reach) / np.maximum(around, np.float32(1e-4))[..., None]
        trust = np.clip((around - _TOO_LITTLE) / (_ENOUGH - _TOO_LITTLE), 0, 1) * left
        result += mean * trust[..., None]
        left = left - trust
    result += mean * left[..., None]
    return np.clip(result, 0, 255).astype(np.uint8)


def _blurred(field: NDArray[np.floating], reach: float) -> NDArray[np.floating]:
    return cast(NDArray[np.floating], cv2.GaussianBlur(field, (0, 0), reach))
