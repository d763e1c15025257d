"""From the upright colour page to the grey picture that reads best; never for the archive copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image import raster
from ocr.image.checkboxes import SIGN, hollow_squares
from ocr.image.ink import Ink, flattened
from ocr.image.leaders import leaders_in, signs_after
from ocr.image.letters import x_height_of
from ocr.image.red_titles import with_red_titles
from ocr.image.rules import rules_in
from ocr.image.show_through import without_show_through
from ocr.image.stamps import without_red
from ocr.image.tables import Cell, tables_in
from ocr.layout.furniture import Furniture, Sign
from ocr.layout.text_lines import union
from ocr.model import Box
from ocr.ports import Pixels
from ocr.preparing.geometry import scaled

_FIRST_DPI = 185.0
_BEST_X_HEIGHT = 17.0
_GOOD_X_HEIGHT = (12.5, 28.0)
_SCALE_RANGE = (0.3, 3.0)
_INK_BELOW = 170
_USUAL_X_HEIGHT_INCH = 0.09

_LETTER, _SMALL_LETTER = 0.6, 0.4
_SPECK_AREA = 0.15
_NEAR = 0.7
_DASH = 1.8
_HALO = 0.12
"""Grey rim of a line, in x-heights."""
_OUTLINES = (cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)


class Readable(NamedTuple):
    """A picture ready for the engine, and what was taken out of it."""

    grey: Pixels
    dpi: float
    x_height: float
    furniture: Furniture
    tables: tuple[tuple[Cell, ...], ...]


def clean(page: Pixels, dpi: float) -> Readable:
    """Even light, no red stamps, specks, leaders and rules; letters as large as the engine likes them."""
    readable = _prepared(page, dpi, min(1.0, _FIRST_DPI / dpi))
    low, high = _GOOD_X_HEIGHT
    if not low <= readable.x_height <= high:
        factor = readable.dpi / dpi * _BEST_X_HEIGHT / readable.x_height
        readable = _prepared(page, dpi, min(_SCALE_RANGE[1], max(_SCALE_RANGE[0], factor)))
    return readable


def _prepared(page: Pixels, dpi: float, factor: float) -> Readable:
    dpi *= factor
    colour = scaled(page, factor)
    grey = without_show_through(flattened(with_red_titles(without_red(colour), colour, dpi)), dpi)
    ink = Ink.of(raster.below(grey, _INK_BELOW))
    x_height = x_height_of(ink.parts[1:], dpi) or _USUAL_X_HEIGHT_INCH * dpi
    across, down = rules_in(ink.mask, x_height)
    leaders, stretches = leaders_in(ink, x_height)
    ends = signs_after(ink, leaders, stretches, x_height)
    hollow = hollow_squares(ink, x_height)
    taken = leaders | hollow
    taken[[part for _, parts in ends for part in parts]] = True
    unwanted = _widened(ink.chosen(taken), round(_HALO * x_height))
    unwanted |= _widened(ink.chosen(_specks(ink, x_height) & ~taken), 1)
    unwanted |= _rules_alone(ink.mask, across | down, round(_HALO * x_height))
    grey[unwanted > 0] = 255
    upright = [cv2.boundingRect(line) for line in cv2.findContours(down, *_OUTLINES)[0]]
    signs = [Sign(SIGN, box) for box in _boxes(ink.parts[hollow, :4], dpi)]
    signs += [Sign(text, union(_boxes(ink.parts[list(parts), :4], dpi))) for text, parts in ends]
    furniture = Furniture(_boxes(stretches, dpi), _boxes(upright, dpi), tuple(signs))
    return Readable(grey, dpi, x_height, furniture, tables_in(ink.mask, across, down, x_height))


def _rules_alone(mask: Pixels, rules: Pixels, halo: int) -> Pixels:
    """The rules and what is around them, but for strokes of letters that stand on them or hang into them."""
    if not cv2.countNonZero(rules):
        return rules
    zone = _widened(rules, halo)
    letters = cv2.bitwise_and(mask, cv2.bitwise_not(zone))
    strokes = cv2.bitwise_and(_widened(letters.astype(np.uint8, copy=False), halo), mask)
    kept = cv2.bitwise_and(strokes, cv2.bitwise_not(rules))
    return cv2.bitwise_and(zone, cv2.bitwise_not(kept)).astype(np.uint8, copy=False)


def _specks(ink: Ink, x_height: float) -> NDArray[np.bool_]:
    """Small parts far from any letter are dust; near letters they may be marks, so they stay."""
    heights, areas = ink.parts[:, cv2.CC_STAT_HEIGHT], ink.parts[:, cv2.CC_STAT_AREA]
    letters = heights >= _LETTER * x_height
    dash = ink.parts[:, cv2.CC_STAT_WIDTH] >= _DASH * heights
    small = (areas <= _SPECK_AREA * x_height**2) & ~letters & ~dash
    letters[0] = small[0] = False
    x, y = ink.middles()
    by = round(_NEAR * x_height)
    # Letters of a smaller print are found by their taller neighbours.
    letters |= (heights >= _SMALL_LETTER * x_height) & (_widened(ink.chosen(letters), by)[y, x] > 0)
    letters[0] = False
    near = _widened(ink.chosen(letters), by)
    return np.asarray(small & (near[y, x] == 0), np.bool_)


def _widened(mask: Pixels, by: int) -> Pixels:
    size = 2 * max(1, by) + 1
    return cv2.dilate(mask, np.ones((size, size), np.uint8)).astype(np.uint8, copy=False)


def _boxes(frames: Iterable[Sequence[int]], dpi: float) -> tuple[Box, ...]:
    """Frames in pixels (left, top, width, height) as boxes in points."""
    scale = 72 / dpi
    return tuple(
        Box(float(x) * scale, float(y) * scale, float(x + width) * scale, float(y + height) * scale)
        for x, y, width, height in frames
    )
