"""The ink of a page as a mask: what is darker than the paper around it."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.ports import Pixels

_PAPER_STEP = 8
_FEW = 400
_DARK_SHARE = 0.72
_EDGE_SHARE, _BLOCK_SHARE = 0.25, 0.05
_MOST_PARTS = 65_535
_BEFORE = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]], np.uint8)
_BAR_FILL, _BAR_LENGTH, _BAR_WIDTH = 0.9, 0.05, 0.004
"""Bars of a patch sheet are full boxes longer than the largest title is high and thicker than a rule."""


def grey_of(pixels: Pixels) -> Pixels:
    """Luma of a colour picture; a grey one stays."""
    return (
        pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
    )


def paper_of(grey: Pixels) -> Pixels:
    """Brightness of the paper everywhere, with the ink filled in from its surroundings."""
    height, width = grey.shape
    small_size = (max(1, width // _PAPER_STEP), max(1, height // _PAPER_STEP))
    small = cv2.resize(grey, small_size, interpolation=cv2.INTER_AREA)
    reach = max(3, min(small_size) // 20 | 1)
    bright = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    smooth = cv2.GaussianBlur(bright, (0, 0), reach / 3)
    return cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)


def flattened(grey: Pixels) -> Pixels:
    """The page under even light: paper becomes white."""
    return cv2.divide(grey, paper_of(grey), scale=255).astype(np.uint8, copy=False)


def mask_of(grey: Pixels) -> Pixels:
    """255 where there is ink, 0 on paper."""
    level = np.uint8(255 * _DARK_SHARE)
    return np.where(flattened(grey) < level, np.uint8(255), np.uint8(0)).astype(np.uint8, copy=False)


def without_large(mask: Pixels) -> Pixels:
    """The mask without what is no writing: scanner edges, folds, rules, bars, pictures, parts of codes."""
    ink = Ink.of(mask)
    widths, heights = ink.parts[:, cv2.CC_STAT_WIDTH], ink.parts[:, cv2.CC_STAT_HEIGHT]
    longest, thickest = _EDGE_SHARE * max(mask.shape), _BLOCK_SHARE * max(mask.shape)
    longer, thinner = np.maximum(widths, heights), np.minimum(widths, heights)
    full = ink.parts[:, cv2.CC_STAT_AREA] > _BAR_FILL * widths * heights
    bar = full & (longer > _BAR_LENGTH * max(mask.shape)) & (thinner > _BAR_WIDTH * max(mask.shape))
    large = (longer > longest) | (thinner > thickest) | bar
    large[0] = True
    return ink.chosen(~large)


class Ink(NamedTuple):
    """A mask of ink and its connected parts; part 0 is the paper."""

    mask: Pixels
    labels: NDArray[np.uint16] | NDArray[np.int32]
    parts: NDArray[np.int32]
    """Rows of OpenCV's component statistics."""

    @staticmethod
    def of(mask: Pixels) -> Ink:
        """The parts of a mask."""
        # OpenCV counts parts twice as fast in 16 bits, and does not look whether they suffice.
        depth = cv2.CV_16U if _part_starts(mask) < _MOST_PARTS else cv2.CV_32S
        _, labels, parts, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=depth)
        if parts[0, cv2.CC_STAT_AREA] == 0:
            parts[0] = 0  # ink all over: OpenCV's frame of the paper is no frame then
        return Ink(mask, labels, parts.astype(np.int32, copy=False))  # type: ignore[arg-type]  # its stubs know no depth

    def middles(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Columns and rows of the middles of the parts' boxes."""
        x = self.parts[:, cv2.CC_STAT_LEFT] + self.parts[:, cv2.CC_STAT_WIDTH] // 2
        y = self.parts[:, cv2.CC_STAT_TOP] + self.parts[:, cv2.CC_STAT_HEIGHT] // 2
        return x, y

    def chosen(self, which: NDArray[np.bool_]) -> Pixels:
        """Mask of some of the parts."""
        if np.count_nonzero(which) <= _FEW:
            return self._few(np.nonzero(which)[0])
        return np.where(which, np.uint8(255), np.uint8(0))[self.labels].astype(np.uint8, copy=False)

    def _few(self, numbers: NDArray[np.intp]) -> Pixels:
        """The same for so few parts that looking at each is quicker than at every pixel of the page."""
        mask = np.zeros_like(self.mask)
        for number in numbers:
            x, y, width, height = self.parts[number, :4]
            place = np.s_[y : y + height, x : x + width]
            mask[place][self.labels[place] == number] = 255
        return mask


def _part_starts(mask: Pixels) -> int:
    """Pixels of ink with none before or above: where OpenCV may begin a new part. Never fewer than parts."""
    before = cv2.dilate(mask, _BEFORE)
    return cv2.countNonZero(mask) - cv2.countNonZero(cv2.bitwise_and(mask, before))
