"""Long straight lines of tables and forms."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.ink import Ink
from ocr.ports import Pixels

_ACROSS = 4.0
_DOWN = 5.0
_DOWN_IN_TABLE = 1.5
_REACH = 0.25


def rules_in(mask: Pixels, x_height: float) -> tuple[Pixels, Pixels]:
    """Masks of the lines that run across and down: longer than any stroke of a letter.

    Shorter lines that run down count where they reach from one line across to the next: sides of cells.
    """
    across = _opened(mask, (1, round(_ACROSS * x_height)))
    down = _opened(mask, (round(_DOWN * x_height), 1))
    if not cv2.countNonZero(across):
        return across, down
    short = Ink.of(_opened(mask, (round(_DOWN_IN_TABLE * x_height), 1)) & ~down)
    reach = max(2, round(_REACH * x_height))
    size = (2 * reach + 1, 2 * reach + 1)
    near = cv2.dilate(across, np.ones(size, np.uint8)).astype(np.uint8, copy=False)
    sides = np.array([_joins(part, near) for part in short.parts.tolist()], np.bool_)
    sides[0] = False
    return across, down | short.chosen(sides)


def _joins(part: list[int], near: Pixels) -> bool:
    x, y, width, height = part[:4]
    middle = x + width // 2
    return bool(near[y, middle] and near[y + height - 1, middle])


def _opened(mask: Pixels, size: tuple[int, int]) -> Pixels:
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(size, np.uint8)).astype(np.uint8, copy=False)
