"""Writing of the other side of the sheet that shows through, turned into paper for recognition."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image import raster
from ocr.ports import Pixels

_INK_BELOW = 170
_USUAL_STROKE = 0.2
"""Of the ink's pixels so many are darker than what counts as the darkness of a stroke."""
_PALE, _PALEST = 0.42, 0.2
"""Shares of that darkness: ink of this side is darker than the first, what is lighter than the second harms
no reading."""
_AROUND_INCH = 0.016
"""Soft rims, dots and marks so near to dark ink belong to it."""
_NOTEWORTHY = 0.1
"""Of the ink: less may be pencil, a worn letter or a tinted field, and stays."""


def without_show_through(grey: Pixels, dpi: float) -> Pixels:
    """The evenly lit page; where much of its ink is far paler than its strokes, that ink becomes paper.

    What stands out by its own dark core, and what is close to it, stays as it is.
    """
    strokes = grey[grey < _INK_BELOW]
    if not strokes.size:
        return grey
    darkness = 255.0 - float(np.quantile(strokes[::8], _USUAL_STROKE))
    core = raster.below(grey, 255 - _PALE * darkness)
    own = raster.grown(core, max(1, round(_AROUND_INCH * dpi)))
    pale = cv2.bitwise_and(raster.below(grey, 255 - _PALEST * darkness), cv2.bitwise_not(own))
    if cv2.countNonZero(pale) < _NOTEWORTHY * cv2.countNonZero(core):
        return grey
    return cv2.bitwise_or(grey, cv2.bitwise_not(own)).astype(np.uint8, copy=False)
