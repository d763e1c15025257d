"""What can be said of a picture before reading it: blank, too few dots, blurred, dark, cut off."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.ink import mask_of
from ocr.ports import Pixels

LOW_DPI = 150
_MARGIN_SHARE = 0.03
_BLANK_INK_SHARE = 0.0006


def is_blank(grey: Pixels) -> bool:
    """True where, margins aside, there is no more ink than dust."""
    height, width = grey.shape
    dy, dx = int(height * _MARGIN_SHARE), int(width * _MARGIN_SHARE)
    inside = mask_of(grey)[dy : height - dy or None, dx : width - dx or None]
    specks_gone = cv2.morphologyEx(inside, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return float(np.count_nonzero(specks_gone)) < _BLANK_INK_SHARE * specks_gone.size


def problems_of(grey: Pixels, dpi: float, skew_deg: float) -> tuple[str, ...]:
    """Codes of what is wrong with the picture, worst first."""
    found = []
    if dpi < LOW_DPI:
        found.append("low_dpi")
    return tuple(found)
