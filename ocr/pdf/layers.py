"""Takes a page apart: a full-resolution stencil of black ink, another through which all other ink shows
in its own colours, and the paper with the ink filled in.

Text, seals and signatures stay sharp at the resolution of the scan; pictures and what is too pale to have an
edge stay in the paper layer.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import cv2
import numpy as np

from ocr.image import raster
from ocr.image.paper import bare, colour_of
from ocr.ports import Pixels

_REACH_MM = 0.4
"""How far a stroke's core may be from its edge."""
_MIN_CONTRAST = 0.13
"""Paler ink than this stays in the paper layer: it cannot be told from the grain of the paper."""
_APART_CONTRAST = 0.3
"""Ink so dark that touches no stroke is one of its own: dots and marks paler than their letters."""
_EDGE = 0.5
"""Where the edge of a stroke lies between its core and the paper."""
_SOLID_MM = 8.0
_SOLID_SHARE = 0.65
"""Where ink covers more than this share over that width there is a picture or a scanner edge, not writing."""
_BLACK_TONE, _BLACK_CHROMA = 38, 36
"""Ink is drawn as the commonest dark ink if its core is so little brighter (in levels) and coloured."""
_JOINED_TONE = 85
"""Colourless strokes up to so much brighter go with the dark ink they touch: thin parts of letters, rules."""
_JOINED_STEPS, _JOINED_REACH = 4, 3
_CORE_TONE = 25
"""Pixels at most so many levels brighter than the darkest nearby are the core of a stroke."""
_MIN_NEIGHBOURS, _MIN_DOT = 6, 3
_MIN_INK_PIXELS = 150
_SKIRT_MM = 0.25
"""Blur around strokes that is filled in together with them."""
_RIM = np.ones((5, 5), np.uint8)
_VOTERS = (7, 7)

RGB = tuple[int, int, int]
"""Red, green, blue."""


class Stencil(NamedTuple):
    """Where ink is laid, and its colour: one for all, or a coarser picture of many."""

    mask: Pixels
    """255 where the ink is."""
    left: int
    top: int
    ink: RGB | Pixels
    """A picture is spread over the same area as the mask."""


class Layers(NamedTuple):
    """A page taken apart."""

    stencils: tuple[Stencil, ...]
    """In the order in which they are laid down, black last."""
    paper: Pixels
    """Blue, green, red at the resolution asked for."""
    busy: float
    """Share of the page that is neither ink nor even paper: pictures, tints, pale writing."""


def separate(pixels: Pixels, dpi: float, paper_dpi: float, noise: int) -> Layers:
    """Stencils as fine as `pixels`, paper at `paper_dpi` freed of unevenness up to `noise` levels of 255."""
    half = raster.reduced(pixels, 2)
    paper = raster.grey(raster.spread(colour_of(half), raster.size_of(half)))
    darkest = raster.worn(raster.grey(half), max(1, round(_REACH_MM * dpi / 2 / 25.4)))
    mask = _strokes(pixels, half, darkest, paper, dpi)
    deepest = raster.worn(half, 1)  # the colour of a stroke's core, not of its blurred rim
    ink, is_black = _black(half, deepest, darkest, raster.reduced(mask, 2))
    black = raster.both(mask, raster.repeated(is_black, raster.size_of(mask)))
    other = cast(Pixels, cv2.subtract(mask, black))
    tints = _tints(deepest, raster.reduced(other, 2))
    stencils = (*_cut(other, tints), *_cut(black, ink))
    return Layers(stencils, *_paper(pixels, mask, dpi, paper_dpi, noise))


def _strokes(pixels: Pixels, half: Pixels, darkest: Pixels, paper: Pixels, dpi: float) -> Pixels:
    """Mask of all writing: darker than midway between the paper and the core of the nearest stroke."""
    core = np.minimum(cv2.blur(darkest, _RIM.shape), paper).astype(np.uint8, copy=False)
    edge = cast(Pixels, cv2.addWeighted(core, _EDGE, paper, 1 - _EDGE, 0))
    edge[raster.quotient(core, paper) > 255 * (1 - _MIN_CONTRAST)] = 0
    edge[_solid(raster.grey(half), edge, dpi / 2) > 0] = 0
    smooth = cv2.GaussianBlur(raster.grey(pixels), (3, 3), 0.8)
    mask = cast(Pixels, cv2.compare(smooth, raster.spread(edge, raster.size_of(pixels)), cv2.CMP_LT))
    neighbours = cv2.boxFilter(mask, cv2.CV_16U, _RIM.shape, normalize=False)
    mask[neighbours < 255 * _MIN_NEIGHBOURS] = 0
    return cast(Pixels, cv2.bitwise_or(mask, _apart(mask, cast(Pixels, smooth), paper, edge)))


def _apart(mask: Pixels, smooth: Pixels, paper: Pixels, edge: Pixels) -> Pixels:
    """Small ink near darker strokes, which the level halfway to those leaves out."""
    level = cast(Pixels, cv2.convertScaleAbs(paper, alpha=1 - _APART_CONTRAST))
    level[edge == 0] = 0
    dark = cast(Pixels, cv2.compare(smooth, raster.spread(level, raster.size_of(smooth)), cv2.CMP_LT))
    alone = raster.both(dark, cast(Pixels, cv2.bitwise_not(raster.grown(mask, 1))))
    neighbours = cv2.boxFilter(alone, cv2.CV_16U, _RIM.shape, normalize=False)
    alone[neighbours < 255 * _MIN_DOT] = 0
    return raster.both(raster.grown(alone, 1), dark)


def _solid(grey: Pixels, edge: Pixels, dpi: float) -> Pixels:
    """Where there is so much ink that it is no writing."""
    dark = cast(Pixels, cv2.compare(grey, edge, cv2.CMP_LT))
    step = max(1, round(dpi / 25.4))  # a pixel for each millimetre
    width = round(_SOLID_MM)
    share = cast(Pixels, cv2.blur(raster.reduced(dark, step), (width, width)))
    solid = raster.grown(raster.above(share, 255 * _SOLID_SHARE), width // 2)
    return raster.repeated(solid, raster.size_of(grey))


def _tints(deepest: Pixels, other: Pixels) -> Pixels:
    """Colour of the ink under the mask `other`, spread over what holds none so that it compresses well."""
    empty = raster.equal(other, 0)
    filling = raster.spread(bare(deepest, empty), raster.size_of(deepest))
    return cast(Pixels, cv2.copyTo(filling, empty, deepest))


def _black(half: Pixels, deepest: Pixels, darkest: Pixels, mask: Pixels) -> tuple[RGB, Pixels]:
    """The commonest dark ink, from the cores of its strokes, and where at half size the ink is that."""
    usual = raster.median(darkest, mask)
    dark = cast(Pixels, cv2.bitwise_not(raster.above(darkest, usual + _BLACK_TONE)))
    plain = cast(Pixels, cv2.bitwise_not(raster.above(raster.chroma(deepest), _BLACK_CHROMA)))
    alike = _majority(raster.both(dark, plain), mask)
    fit = raster.both(plain, cast(Pixels, cv2.bitwise_not(raster.above(darkest, usual + _JOINED_TONE))))
    alike = _joined(alike, raster.both(fit, mask))
    deep = cv2.compare(raster.grey(half), cv2.add(darkest, np.full_like(darkest, _CORE_TONE)), cv2.CMP_LE)
    inner = raster.both(raster.both(raster.equal(mask, 255), alike), cast(Pixels, deep))
    blue, green, red = (raster.median(cast(Pixels, channel), inner) for channel in cv2.split(half))
    return (red, green, blue), alike


def _joined(kind: Pixels, more: Pixels) -> Pixels:
    """Grown into what fits and touches it."""
    for _ in range(_JOINED_STEPS):
        kind = cast(Pixels, cv2.bitwise_or(kind, raster.both(raster.grown(kind, _JOINED_REACH), more)))
    return kind


def _majority(kind: Pixels, ink: Pixels) -> Pixels:
    """Where most of the ink around is of this kind: rims of strokes go with their strokes."""
    of_kind = cv2.blur(raster.both(kind, ink), _VOTERS)
    majority = cast(Pixels, cv2.blur(ink, _VOTERS)) // 2
    return cast(Pixels, cv2.compare(of_kind, majority, cv2.CMP_GT))


def _cut(mask: Pixels, ink: RGB | Pixels) -> tuple[Stencil, ...]:
    """The stencil without its empty margins; none where there is hardly any ink."""
    if cv2.countNonZero(mask) < _MIN_INK_PIXELS:
        return ()
    x, y, width, height = cv2.boundingRect(mask)
    left, top = x - x % 2, y - y % 2
    right, bottom = x + width, y + height
    if isinstance(ink, np.ndarray):
        ink = ink[top // 2 : (bottom + 1) // 2, left // 2 : (right + 1) // 2]
        right, bottom = left + 2 * ink.shape[1], top + 2 * ink.shape[0]
    return (Stencil(mask[top:bottom, left:right], left, top, ink),)


def _paper(pixels: Pixels, mask: Pixels, dpi: float, paper_dpi: float, noise: int) -> tuple[Pixels, float]:
    """The page at `paper_dpi` with ink replaced by the paper around it, and the share left as it was."""
    factor = min(1.0, paper_dpi / dpi)
    shown = raster.shrunk(pixels, factor)
    size = raster.size_of(shown)
    skirt = max(1, round(_SKIRT_MM * min(dpi, paper_dpi) / 25.4))
    ink = raster.grown(raster.above(raster.shrunk(mask, factor), 8), skirt)
    even = raster.spread(bare(shown, ink), size)
    blue, green, red = cv2.split(cv2.absdiff(shown, even))
    detail = cast(Pixels, cv2.blur(cv2.max(cv2.max(blue, green), red), (3, 3)))
    plain = raster.worn(cast(Pixels, cv2.bitwise_not(raster.above(detail, noise))), 1)
    replaced = cv2.morphologyEx(cv2.bitwise_or(plain, ink), cv2.MORPH_CLOSE, _RIM)
    busy = 1 - cv2.countNonZero(replaced) / replaced.size
    return cast(Pixels, cv2.copyTo(even, replaced, shown)), busy
