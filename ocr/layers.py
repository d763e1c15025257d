"""Takes a page apart: one full-resolution stencil per ink over the paper with the ink filled in.

Text, seals and signatures stay sharp at the resolution of the scan, each in the colour of its own strokes;
what is too pale or too mixed to be a stencil stays in the paper layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

import cv2
import numpy as np

from ocr import raster
from ocr.paper import bare, colour_of
from ocr.ports import Pixels

_REACH_MM = 0.4
"""How far a stroke's core may be from its edge."""
_MIN_CONTRAST = 0.22
"""Paler ink than this stays in the paper layer: a stencil would make it jagged."""
_EDGE = 0.5
"""Where the edge of a stroke lies between its core and the paper."""
_PALE_STEP = 0.22
"""Ink with cores brighter than the bulk of its colour by this share of the paper is an ink of its own."""
_MIN_CHROMA = 56
_MIN_SATURATION = 80
_MIXED = 0.6
"""Colour darker than this share of the median of its hue is the rim of a black stroke upon it."""
_MIN_NEIGHBOURS = 6
_MIN_INK_PIXELS = 150
_SKIRT_MM = 0.25
"""Blur around strokes that is filled in together with them."""
_SECTOR_OF_HUE = np.array([(hue + 15) % 180 // 30 + 1 for hue in range(256)], np.uint8)
_RIM = np.ones((5, 5), np.uint8)


RGB = tuple[int, int, int]
"""Red, green, blue."""


class Stencil(NamedTuple):
    """One ink: where it is and its colour."""

    mask: Pixels
    """255 where the ink is."""
    left: int
    top: int
    ink: RGB


class Layers(NamedTuple):
    """A page taken apart."""

    stencils: tuple[Stencil, ...]
    """In the order in which they are laid down: pale and coloured ink first, black last."""
    paper: Pixels
    """Blue, green, red at the resolution asked for."""
    busy: float
    """Share of the page that is neither ink nor even paper: pictures, tints, pale writing."""


def separate(pixels: Pixels, dpi: float, paper_dpi: float, noise: int) -> Layers:
    """Stencils as fine as `pixels`, paper at `paper_dpi` freed of unevenness up to `noise` levels of 255."""
    half = raster.reduced(pixels, 2)
    paper = raster.spread(colour_of(half), raster.size_of(half))
    mask, core = _strokes(pixels, half, raster.grey(paper), dpi)
    share = raster.reduced(mask, 2)
    inks = _inks(raster.quotient(half, paper), core, raster.above(share, 0))
    colours = _ink_colours(half, inks, raster.equal(share, 255))
    stencils = tuple(_stencils(mask, inks, colours))
    return Layers(stencils, *_paper(pixels, mask, dpi, paper_dpi, noise))


def _strokes(pixels: Pixels, half: Pixels, paper: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """Mask of all ink, and at half size the brightness of the nearest stroke core as a share of the paper."""
    reach = max(1, round(_REACH_MM * dpi / 2 / 25.4))
    darkest = raster.worn(raster.grey(half), reach)
    core = np.minimum(cv2.blur(darkest, (2 * reach + 1, 2 * reach + 1)), paper).astype(np.uint8, copy=False)
    edge = cv2.addWeighted(core, _EDGE, paper, 1 - _EDGE, 0)
    share = raster.quotient(core, paper)
    edge[share > 255 * (1 - _MIN_CONTRAST)] = 0
    level = raster.spread(cast(Pixels, edge), raster.size_of(pixels))
    smooth = cv2.GaussianBlur(raster.grey(pixels), (3, 3), 0.8)
    mask = cast(Pixels, cv2.compare(smooth, level, cv2.CMP_LT))
    neighbours = cv2.boxFilter(mask, cv2.CV_16U, _RIM.shape, normalize=False)
    mask[neighbours < 255 * _MIN_NEIGHBOURS] = 0
    return mask, share


def _inks(even: Pixels, core: Pixels, mask: Pixels) -> Pixels:
    """What ink each place holds: 0 none, then 1 + 2 x colour (black, six hues) + 1 where it is pale."""
    colour = _colours(even, mask)
    inks = np.zeros_like(colour)
    for index in sorted(_present(colour)):
        own = raster.both(raster.equal(colour, index), mask)
        pale = raster.above(core, raster.median(core, own) + 255 * _PALE_STEP)
        inks[own > 0] = 1 + 2 * index
        inks[raster.both(own, pale) > 0] = 2 + 2 * index
    return inks


def _colours(even: Pixels, mask: Pixels) -> Pixels:
    """0 for black, 1 to 6 for the sixth of the colour circle."""
    channels = cv2.split(cv2.cvtColor(cv2.blur(even, (3, 3)), cv2.COLOR_BGR2HSV))
    hue, saturation, value = (cast(Pixels, channel) for channel in channels)
    chroma = cast(Pixels, cv2.multiply(saturation, value, scale=1 / 255))
    coloured = raster.both(raster.above(chroma, _MIN_CHROMA), raster.above(saturation, _MIN_SATURATION))
    sector = raster.both(cast(Pixels, cv2.LUT(hue, _SECTOR_OF_HUE)), raster.both(coloured, mask))
    for index in _present(sector) - {0}:
        own = raster.equal(sector, index)
        bright = raster.above(value, raster.median(value, own) * _MIXED)
        sector[(own > 0) & (bright == 0)] = 0
    return cast(Pixels, cv2.medianBlur(sector, 3))


def _stencils(mask: Pixels, inks: Pixels, colours: Mapping[int, RGB]) -> Iterator[Stencil]:
    """A stencil for each ink that covers enough; what little the others cover leaves the mask."""
    for ink, colour in colours.items():
        place = raster.equal(inks, ink)
        x, y, width, height = cv2.boundingRect(place)
        x_end, y_end = (
            _end(x + width, inks.shape[1], mask.shape[1]),
            _end(y + height, inks.shape[0], mask.shape[0]),
        )
        area = slice(2 * y, y_end), slice(2 * x, x_end)
        wide = raster.repeated(place[y : y + height, x : x + width], (x_end - 2 * x, y_end - 2 * y))
        stencil = raster.both(mask[area], wide)
        if cv2.countNonZero(stencil) >= _MIN_INK_PIXELS:
            yield Stencil(stencil, 2 * x, 2 * y, colour)
        else:
            mask[area][stencil > 0] = 0


def _end(half: int, half_side: int, side: int) -> int:
    """Where an edge at half size lies at full size; an odd last row belongs to the one before it."""
    return side if half == half_side else 2 * half


def _ink_colours(half: Pixels, inks: Pixels, core: Pixels) -> dict[int, RGB]:
    """Median of the stroke cores of each ink, black last."""
    colours = {}
    channels = [cast(Pixels, channel) for channel in cv2.split(half)]
    for ink in sorted(_present(inks) - {0}, reverse=True):
        own = raster.equal(inks, ink)
        inner = raster.both(own, core)
        place = inner if cv2.countNonZero(inner) >= _MIN_INK_PIXELS // 4 else own
        blue, green, red = (raster.median(channel, place) for channel in channels)
        colours[ink] = red, green, blue
    return colours


def _present(values: Pixels) -> set[int]:
    return set(np.flatnonzero(np.bincount(values.ravel())).tolist())


def _paper(pixels: Pixels, mask: Pixels, dpi: float, paper_dpi: float, noise: int) -> tuple[Pixels, float]:
    """The page at `paper_dpi` with ink replaced by the paper around it, and the share left as it was."""
    shown = raster.shrunk(pixels, min(1.0, paper_dpi / dpi))
    size = raster.size_of(shown)
    skirt = max(1, round(_SKIRT_MM * min(dpi, paper_dpi) / 25.4))
    ink = raster.grown(raster.above(raster.shrunk(mask, min(1.0, paper_dpi / dpi)), 8), skirt)
    even = raster.spread(bare(shown, ink), size)
    blue, green, red = cv2.split(cv2.absdiff(shown, even))
    detail = cast(Pixels, cv2.blur(cv2.max(cv2.max(blue, green), red), (3, 3)))
    plain = raster.worn(cast(Pixels, cv2.bitwise_not(raster.above(detail, noise))), 1)
    replaced = cv2.morphologyEx(cv2.bitwise_or(plain, ink), cv2.MORPH_CLOSE, _RIM)
    busy = 1 - cv2.countNonZero(replaced) / replaced.size
    return cast(Pixels, cv2.copyTo(even, replaced, shown)), busy
