"""Red ink of stamps taken out of a page for recognition; black text under it stays dark."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.ports import Pixels

_PALEST_RED, _STRONG_RED = 25, 70
_SAMPLE = 4
_FEW = 50
_UNDER_STAMP, _STAMP_ALONE = 0.6, 0.9
"""Brightness of the red channel, as shares of the usual one of the stamps: below the first there is black
ink under the red, above the second there is none."""


def without_red(page: Pixels) -> Pixels:
    """Grey page: red ink becomes paper, blue and black stay dark.

    The red channel alone shows red ink nearly as light as paper; it is stretched so that the stamp's own red
    becomes white and what is darker, letters that the stamp covers, stays as dark as it was.
    """
    if page.ndim == 2:
        return page
    blue, green, red = cv2.split(page)
    redness = cv2.subtract(red, cv2.max(blue, green))
    strong = red[::_SAMPLE, ::_SAMPLE][redness[::_SAMPLE, ::_SAMPLE] > _STRONG_RED]
    usual = float(np.median(strong)) if strong.size > _FEW else 255.0 * _UNDER_STAMP
    paper = float(np.percentile(red[::_SAMPLE, ::_SAMPLE], 75))
    low, high = _UNDER_STAMP * usual, _STAMP_ALONE * usual
    levels = np.arange(256, dtype=np.float64)
    share = np.clip((levels - low) / (high - low), 0, 1)
    stretched = np.maximum(levels, levels + share * (paper - levels)).astype(np.uint8)
    lifted = cv2.LUT(red, stretched)
    bright = cv2.threshold(redness, _PALEST_RED, 255, cv2.THRESH_BINARY)[1]
    cv2.copyTo(lifted, bright, red)
    return red.astype(np.uint8, copy=False)
