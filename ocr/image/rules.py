"""Long straight lines of tables and forms."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image.ink import Ink
from ocr.ports import Pixels

_ACROSS = 4.0
_DOWN = 5.0
_DOWN_IN_TABLE = 1.5
_REACH = 0.25
_MANY = 2.0
"""From so many page widths of lines across there may be a table, whose broken lines are worth mending."""
_BROKEN_GAP, _BROKEN = 0.35, 12.0
"""Gaps within a photocopied line; words stand further apart. Such a line must be long to be believed."""
_SURELY_LINE, _STEM, _STEMS = 20.0, 0.12, 0.15
"""Shorter lines with such strokes upon so many of their columns are the feet of small letters that touch."""


def rules_in(mask: Pixels, x_height: float) -> tuple[Pixels, Pixels]:
    """Masks of the lines that run across and down: longer than any stroke of a letter.

    Shorter lines that run down count where they reach from one line across to the next: sides of cells.
    """
    across = _straight(mask, (1, round(_ACROSS * x_height)))
    down = _straight(mask, (round(_DOWN * x_height), 1))
    inked = cv2.countNonZero(across)
    if not inked:
        return across, down
    if inked > _MANY * mask.shape[1]:
        gap, long = round(_BROKEN_GAP * x_height), round(_BROKEN * x_height)
        across |= _without_feet(_mended(mask, (1, gap), (1, long)), mask, x_height)
        down |= _mended(mask, (gap, 1), (long, 1))
    return across, down | _sides(
        _opened(mask, (round(_DOWN_IN_TABLE * x_height), 1)) & ~down, across, x_height
    )


def _without_feet(across: Pixels, mask: Pixels, x_height: float) -> Pixels:
    """The lines across without those that are rows of touching letters in small print."""
    lines = Ink.of(across)
    feet = np.array([_are_feet(part, mask, x_height) for part in lines.parts.tolist()], np.bool_)
    feet[0] = False
    return cv2.bitwise_and(across, cv2.bitwise_not(lines.chosen(feet))).astype(np.uint8, copy=False)


def _are_feet(part: list[int], mask: Pixels, x_height: float) -> bool:
    x, y, width, height = part[:4]
    if width > _SURELY_LINE * x_height:
        return False
    stem = max(2, round(_STEM * x_height))
    above = mask[max(0, y - stem) : y, x : x + width]
    below = mask[y + height : y + height + stem, x : x + width]
    strips = [strip for strip in (above, below) if len(strip) == stem]
    stems = sum(int(np.count_nonzero(strip.min(axis=0))) for strip in strips)
    return stems > _STEMS * width


def _sides(short: Pixels, across: Pixels, x_height: float) -> Pixels:
    """Short lines down that join two lines across."""
    parts = Ink.of(short)
    reach = max(2, round(_REACH * x_height))
    size = (2 * reach + 1, 2 * reach + 1)
    near = cv2.dilate(across, np.ones(size, np.uint8)).astype(np.uint8, copy=False)
    sides = np.array([_joins(part, near) for part in parts.parts.tolist()], np.bool_)
    sides[0] = False
    return parts.chosen(sides)


def _joins(part: list[int], near: Pixels) -> bool:
    x, y, width, height = part[:4]
    middle = x + width // 2
    return bool(near[y, middle] and near[y + height - 1, middle])


def _straight(mask: Pixels, size: tuple[int, int]) -> Pixels:
    """Ink along lines of this size that may lean or bend by a pixel to either side."""
    return cv2.bitwise_and(_opened(_thickened(mask, size), size), mask).astype(np.uint8, copy=False)


def _mended(mask: Pixels, gap: tuple[int, int], size: tuple[int, int]) -> Pixels:
    """The same for lines broken into pieces, gaps filled in."""
    kernel = np.ones(gap, np.uint8)
    whole = cv2.morphologyEx(_thickened(mask, size), cv2.MORPH_CLOSE, kernel).astype(np.uint8, copy=False)
    return _opened(whole, size)


def _thickened(mask: Pixels, size: tuple[int, int]) -> Pixels:
    across = np.ones((3, 1) if size[0] == 1 else (1, 3), np.uint8)
    return cv2.dilate(mask, across).astype(np.uint8, copy=False)


def _opened(mask: Pixels, size: tuple[int, int]) -> Pixels:
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(size, np.uint8)).astype(np.uint8, copy=False)
