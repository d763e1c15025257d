"""In which colours a page was scanned, told by its pixels alone."""

from __future__ import annotations

import numpy as np

from ocr.image.raster import chroma
from ocr.ports import ColourMode, Pixels

_JPEG_NOISE = 4
"""Chroma that saving a grey page as a colour JPEG may leave."""


def mode_of(pixels: Pixels) -> ColourMode:
    """The poorest mode that gives these pixels: whoever scans in colour sees some, even on white paper."""
    if chroma(pixels).max() > _JPEG_NOISE:
        return "colour"
    two_tones = np.isin(pixels[..., 0], (0, 255)).all()
    return "black_white" if two_tones else "grey"
