"""Titles printed in red (GIẤY KHAI SINH and other certificates), which go with the stamps otherwise.

Letters of one size that stand in a row are print; those of seals run round, those of stamps stand in frames.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image.ink import Ink
from ocr.ports import Pixels

_REDDER_BY = 45
_LEAST_RED = 150
_LETTER_INCH = (0.055, 0.4)
_FRAME_INCH = 0.6
"""Red parts wider and higher than this are seals and frames: what lies in them is no title."""
_MIN_LETTERS = 6
_SAME_MIDDLE, _SAME_HEIGHT, _GAP = 0.25, 0.3, 1.6
_AROUND = 0.5

_Frames = NDArray[np.int32]
"""Rows of left, top, width, height in pixels."""


def with_red_titles(grey: Pixels, page: Pixels, dpi: float) -> Pixels:
    """`grey` (the page without red) with its red titles dark again."""
    if page.ndim == 2:
        return grey
    blue, green, red = cv2.split(page)
    others = cv2.max(blue, green)
    mask = cv2.threshold(cv2.subtract(red, others), _REDDER_BY, 255, cv2.THRESH_BINARY)[1]
    if cv2.countNonZero(mask) < _LEAST_RED:
        return grey
    for x0, y0, x1, y1 in _rows(_letters(mask.astype(np.uint8, copy=False), dpi)):
        place = np.s_[y0:y1, x0:x1]
        grey[place] = np.minimum(grey[place], others[place])
    return grey


def _letters(mask: Pixels, dpi: float) -> _Frames:
    """Frames of red letters outside seals and frames, from the left."""
    parts = Ink.of(mask).parts[1:, :4]
    widths, heights = parts[:, 2], parts[:, 3]
    low, high = (inch * dpi for inch in _LETTER_INCH)
    letters = parts[(heights >= low) & (heights <= high) & (widths <= 1.5 * high)]
    for x, y, width, height in parts[(widths > _FRAME_INCH * dpi) & (heights > _FRAME_INCH * dpi)]:
        middle_x, middle_y = letters[:, 0] + letters[:, 2] / 2, letters[:, 1] + letters[:, 3] / 2
        inside = (middle_x > x) & (middle_x < x + width) & (middle_y > y) & (middle_y < y + height)
        letters = letters[~inside]
    return letters[np.argsort(letters[:, 0], kind="stable")]


def _rows(letters: _Frames) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right, bottom of every row of enough letters, marks included."""
    rows: list[list[list[int]]] = []
    for letter in letters.tolist():
        row = next((row for row in rows if _goes_on(row[-1], letter)), None)
        if row is None:
            rows.append([letter])
        else:
            row.append(letter)
    for row in rows:
        if len(row) >= _MIN_LETTERS:
            left, top, widths, heights = np.array(row).T
            margin = round(_AROUND * float(np.median(heights)))
            x0, y0 = max(0, int(left.min()) - margin), max(0, int(top.min()) - margin)
            yield x0, y0, int((left + widths).max()) + margin, int((top + heights).max()) + margin


def _goes_on(last: list[int], letter: list[int]) -> bool:
    height = max(last[3], letter[3])
    apart = abs(last[1] + last[3] / 2 - letter[1] - letter[3] / 2)
    return (
        apart < _SAME_MIDDLE * height
        and abs(last[3] - letter[3]) < _SAME_HEIGHT * height
        and letter[0] - last[0] - last[2] < _GAP * height
    )
