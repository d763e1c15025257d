"""Red ink of stamps taken out of a page for recognition; black text under it stays dark."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.ports import Pixels

_DARKEST_RED = 110
_PALEST_RED = 25
_SAMPLE = 4


def without_red(page: Pixels) -> Pixels:
    """Grey page: red ink becomes paper, blue and black stay dark.

    The red channel alone shows red ink nearly as light as paper; what is left of it is lifted to white, but
    only where it is bright, since black letters under a stamp are reddish too.
    """
    if page.ndim == 2:
        return page
    blue, green, red = cv2.split(page)
    redness = cv2.subtract(red, cv2.max(blue, green))
    bright = (red > _DARKEST_RED) & (redness > _PALEST_RED)
    lifted = red.astype(np.uint8, copy=True)
    if bright.any():
        lifted[bright] = np.maximum(lifted[bright], int(np.percentile(red[::_SAMPLE, ::_SAMPLE], 75)))
    return lifted
