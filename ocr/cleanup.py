"""From the upright colour page to the grey picture that reads best."""

from __future__ import annotations

import numpy as np

from ocr.ink import flattened
from ocr.ports import Pixels


def clean(pixels: Pixels) -> Pixels:
    """Even light, red stamps faded; for recognition only, never for the archive copy."""
    grey = pixels if pixels.ndim == 2 else faded_red(pixels)
    return flattened(grey)


def faded_red(pixels: Pixels) -> Pixels:
    """Grey in which red ink is nearly as light as the paper."""
    red = pixels[:, :, 2]
    return np.ascontiguousarray(red)
