"""Takes a page apart: one full-resolution stencil per ink over the paper with the ink filled in.

Text, seals and signatures stay sharp at the resolution of the scan, each in the colour of its own strokes;
what is too pale or too mixed to be a stencil stays in the paper layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np

from ocr.ports import Pixels

_HALF = 0.5
_COARSE = 8
_REACH_MM = 0.8
"""How far a stroke's core may be from its edge."""
_MIN_CONTRAST = 0.22
"""Paler ink than this stays in the paper layer: a stencil would make it jagged."""
_EDGE = 0.5
"""Where the edge of a stroke lies between its core and the paper."""
_PALE_STEP = 0.22
"""Ink whose cores are brighter than the bulk of its colour by this share of the paper has a stencil of its own."""
_MIN_CHROMA = 56
_MIN_SATURATION = 80
_MIN_NEIGHBOURS = 6
_MIN_INK_PIXELS = 150
_SKIRT_MM = 0.25
"""Blur around strokes that is filled in together with them."""
_MIXED = 0.6
"""Colour darker than this share of the median of its hue is the rim of a black stroke upon it."""
_HUES = 6
_SECTOR_OF_HUE = np.array([(hue + 15) % 180 // 30 + 1 for hue in range(256)], np.uint8)
_WIDTHS = (1.0, 4.0, 24.0)


class Stencil(NamedTuple):
    """One ink: where it is and its colour."""

    mask: Pixels
    """255 where the ink is."""
    left: int
    top: int
    ink: tuple[int, int, int]
    """Red, green, blue."""


class Layers(NamedTuple):
    """A page taken apart."""

    stencils: tuple[Stencil, ...]
    """In the order in which they are laid down: pale and coloured ink first, black last."""
    paper: Pixels
    """Blue, green, red at the resolution asked for."""
    busy: float
    """Share of the page that is neither ink nor even paper: pictures, tints, pale writing."""


def separate(pixels: Pixels, dpi: float, paper_dpi: float, noise: int) -> Layers:
    """Stencils at the resolution of `pixels`, paper at `paper_dpi` freed of unevenness up to `noise` levels."""
    half = cv2.resize(pixels, None, fx=_HALF, fy=_HALF, interpolation=cv2.INTER_AREA)
    coarse_paper = _paper_colour(half)
    mask, core = _strokes(pixels, half, coarse_paper, dpi)
    mask_half = cv2.resize(mask, (half.shape[1], half.shape[0]), interpolation=cv2.INTER_AREA)
    inks = _inks(half, coarse_paper, core, cv2.compare(mask_half, 0, cv2.CMP_GT))
    stencils = tuple(_stencils(pixels, mask, inks))
    return Layers(stencils, *_paper(pixels, mask, dpi, paper_dpi, noise))


def _paper_colour(half: Pixels) -> Pixels:
    """Colour of the paper at an eighth of the half picture, ink closed over."""
    small = cv2.resize(half, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    reach = max(3, min(small.shape[:2]) // 20 | 1)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    return cv2.GaussianBlur(closed, (0, 0), reach / 3)


def _strokes(pixels: Pixels, half: Pixels, paper: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """Mask of all ink at full resolution, and the brightness of the nearest stroke core (share of paper, 0-255)."""
    grey_half = cv2.cvtColor(half, cv2.COLOR_BGR2GRAY)
    size = grey_half.shape[1], grey_half.shape[0]
    paper_grey = cv2.resize(cv2.cvtColor(paper, cv2.COLOR_BGR2GRAY), size, interpolation=cv2.INTER_LINEAR)
    reach = max(3, round(_REACH_MM * dpi * _HALF / 25.4) | 1)
    core = cv2.blur(cv2.erode(grey_half, np.ones((reach, reach), np.uint8)), (reach, reach))
    core = np.minimum(core, paper_grey)
    edge = cv2.addWeighted(core, _EDGE, paper_grey, 1 - _EDGE, 0)
    share = cv2.divide(core, paper_grey, scale=255)
    edge[share > 255 * (1 - _MIN_CONTRAST)] = 0
    full = pixels.shape[1], pixels.shape[0]
    smooth = cv2.GaussianBlur(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), (3, 3), 0.8)
    mask = cv2.compare(smooth, cv2.resize(edge, full, interpolation=cv2.INTER_LINEAR), cv2.CMP_LT)
    neighbours = cv2.boxFilter(mask, cv2.CV_16U, (5, 5), normalize=False)
    mask[neighbours < 255 * _MIN_NEIGHBOURS] = 0
    return mask, share


def _inks(half: Pixels, paper: Pixels, core: Pixels, mask: Pixels) -> Pixels:
    """What ink each place of the half picture holds: 0 none, then 1 + 2 x colour (black, six hues) + pale."""
    size = half.shape[1], half.shape[0]
    even = cv2.divide(half, cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR), scale=255)
    hue, saturation, value = cv2.split(cv2.cvtColor(cv2.blur(even, (3, 3)), cv2.COLOR_BGR2HSV))
    chroma = cv2.multiply(saturation, value, scale=1 / 255)
    coloured = cv2.bitwise_and(
        cv2.compare(chroma, _MIN_CHROMA, cv2.CMP_GT), cv2.compare(saturation, _MIN_SATURATION, cv2.CMP_GT)
    )
    sector = cv2.bitwise_and(cv2.LUT(hue, _SECTOR_OF_HUE), cv2.bitwise_and(coloured, mask))
    for index in range(1, _HUES + 1):  # where black crosses a colour, the mixture is black
        own = cv2.compare(sector, index, cv2.CMP_EQ)
        dark = cv2.compare(value, _median(value, own) * _MIXED, cv2.CMP_LT)
        sector[cv2.bitwise_and(own, dark) > 0] = 0
    colour = cv2.medianBlur(sector, 3)
    inks = np.zeros_like(hue)
    for index in range(_HUES + 1):
        own = cv2.bitwise_and(cv2.compare(colour, index, cv2.CMP_EQ), mask)
        pale = cv2.compare(core, _median(core, own) + 255 * _PALE_STEP, cv2.CMP_GT)
        inks[own > 0] = 1 + 2 * index
        inks[cv2.bitwise_and(own, pale) > 0] = 2 + 2 * index
    return inks


def _stencils(pixels: Pixels, mask: Pixels, inks: Pixels) -> Iterator[Stencil]:
    """A stencil for each ink that covers enough; what little the others cover leaves the mask."""
    counts = np.bincount(inks.ravel(), minlength=2)
    for ink in np.flatnonzero(counts)[:0:-1]:
        own = cv2.compare(inks, int(ink), cv2.CMP_EQ)
        left, top, width, height = (2 * side for side in cv2.boundingRect(own))
        cut = mask[top : top + height, left : left + width]
        place = own[top // 2 : (top + height) // 2, left // 2 : (left + width) // 2]
        spread = cv2.resize(place, (width, height), interpolation=cv2.INTER_NEAREST)[
            : cut.shape[0], : cut.shape[1]
        ]
        stencil = cv2.bitwise_and(cut, spread)
        if counts[ink] * 4 < _MIN_INK_PIXELS:
            cut[stencil > 0] = 0
        else:
            yield Stencil(
                stencil, left, top, _ink_colour(pixels[top : top + height, left : left + width], stencil)
            )


def _ink_colour(shown: Pixels, mask: Pixels) -> tuple[int, int, int]:
    """Median of the stroke cores."""
    core = cv2.erode(mask, np.ones((3, 3), np.uint8))
    if cv2.countNonZero(core) < _MIN_INK_PIXELS:
        core = mask
    blue, green, red = (_median(shown[..., channel], core) for channel in range(3))
    return red, green, blue


def _median(channel: Pixels, mask: Pixels) -> int:
    counts = cv2.calcHist([np.ascontiguousarray(channel)], [0], mask, [256], [0, 256]).ravel().cumsum()
    return int(np.searchsorted(counts, counts[-1] / 2))


def _paper(pixels: Pixels, mask: Pixels, dpi: float, paper_dpi: float, noise: int) -> tuple[Pixels, float]:
    """The page at `paper_dpi` with ink replaced by the paper around it, and the share left as it was."""
    factor = min(1.0, paper_dpi / dpi)
    method = cv2.INTER_LINEAR if factor > _HALF else cv2.INTER_AREA  # area takes six times longer at 2/3
    paper = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=method)
    size = paper.shape[1], paper.shape[0]
    skirt = 2 * max(1, round(_SKIRT_MM * dpi * factor / 25.4)) + 1
    ink = cv2.compare(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), 8, cv2.CMP_GT)
    ink = cv2.dilate(ink, np.ones((skirt, skirt), np.uint8))
    even = cv2.resize(_even(paper, ink), size, interpolation=cv2.INTER_LINEAR)
    blue, green, red = cv2.split(cv2.absdiff(paper, even))
    detail = cv2.blur(cv2.max(cv2.max(blue, green), red), (3, 3))
    plain = cv2.erode(cv2.compare(detail, noise, cv2.CMP_LE), np.ones((3, 3), np.uint8))
    replaced = cv2.morphologyEx(cv2.bitwise_or(plain, ink), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    busy = 1 - cv2.countNonZero(replaced) / replaced.size
    return cv2.copyTo(even, replaced, paper), busy


def _even(paper: Pixels, ink: Pixels) -> Pixels:
    """A coarse picture of the paper alone: means over what is no ink, from ever wider around."""
    size = max(1, paper.shape[1] // _COARSE), max(1, paper.shape[0] // _COARSE)
    bare = cv2.bitwise_not(ink)
    total = cv2.resize(cv2.bitwise_and(paper, paper, mask=bare), size, interpolation=cv2.INTER_AREA)
    total = total.astype(np.float32)
    weight = cv2.resize(bare, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    result = np.zeros_like(total)
    left = np.ones_like(weight)
    mean = total
    for sigma in _WIDTHS:
        around = cv2.GaussianBlur(weight, (0, 0), sigma)
        mean = cv2.GaussianBlur(total, (0, 0), sigma) / np.maximum(around, 1e-4)[..., None]
        trust = np.clip(around * 4 - 0.2, 0, 1) * left
        result += mean * trust[..., None]
        left = left - trust
    result += mean * left[..., None]
    return np.clip(result, 0, 255).astype(np.uint8)
