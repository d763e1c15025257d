"""How the picture of a page is compressed under each profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np

from ocr.image import raster
from ocr.model import Box
from ocr.pdf.compress import group4, jpeg
from ocr.pdf.encoded import Picture
from ocr.pdf.layers import Layers, separate
from ocr.ports import Pixels


class _Settings(NamedTuple):
    paper_dpi: float
    """Resolution of the paper under the ink. The archive wants 200 dpi in 24-bit colour (TT 05/2025 Đ.8)."""
    paper_quality: int
    paper_noise: int
    """Unevenness of the paper, in levels of 255, that is smoothed away."""
    tint_step: int
    """How much coarser than half the scan the colours of the ink are."""
    tint_quality: int
    picture_dpi: float
    """Resolution of a page that is a picture, not writing on paper."""
    picture_quality: int


_SETTINGS = {
    "archive": _Settings(200, 75, 6, 1, 70, 300, 75),
    "compact": _Settings(100, 60, 10, 2, 50, 150, 60),
}
_LEAST_LAYERED_DPI = 140
"""Letters of coarser pictures live by their greys: stencils would make them ragged."""
_ONE_COLOUR = 6
_MOST_BUSY = 0.30
"""A page with more than this share of neither ink nor paper is a picture."""


def encoded(
    pixels: Pixels, width: float, height: float, profile: Literal["archive", "compact"]
) -> tuple[Picture, ...]:
    """Pictures that show the upright page of width x height points: layers, or one JPEG for a picture."""
    settings = _SETTINGS[profile]
    colour = pixels if pixels.ndim == 3 else np.dstack([pixels] * 3)
    dpi = pixels.shape[1] * 72 / width
    page = Box(0, 0, width, height)
    if dpi >= _LEAST_LAYERED_DPI:
        layers = separate(colour, dpi, settings.paper_dpi, settings.paper_noise)
        if layers.busy <= _MOST_BUSY:
            return tuple(_layered(layers, page, 72 / dpi, settings))
    small = raster.shrunk(colour, min(1.0, settings.picture_dpi / dpi))
    return (_photo(small, settings.picture_quality, page),)


def _layered(layers: Layers, page: Box, step: float, settings: _Settings) -> Iterator[Picture]:
    paper = layers.paper
    if raster.contrast(paper) <= _ONE_COLOUR:  # as in one-bit scans
        paper = paper[:1, :1]
    yield _photo(paper, settings.paper_quality, page)
    for mask, left, top, ink in layers.stencils:
        height, width = mask.shape
        box = Box(left * step, top * step, (left + width) * step, (top + height) * step)
        colour = (0, 0, 0) if isinstance(ink, np.ndarray) else ink
        stencil = Picture("CCITTFaxDecode", group4(mask), width, height, box, channels=1, bits=1, ink=colour)
        if isinstance(ink, np.ndarray):
            tints = raster.reduced(ink, settings.tint_step)
            yield replace(_photo(tints, settings.tint_quality, box), stencil=stencil)
        else:
            yield stencil


def _photo(pixels: Pixels, quality: int, box: Box) -> Picture:
    return Picture("DCTDecode", jpeg(pixels, quality), pixels.shape[1], pixels.shape[0], box)
