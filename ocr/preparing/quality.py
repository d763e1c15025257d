"""What is wrong with a picture, so that a clerk can scan it again while the paper is still at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from ocr.image import raster
from ocr.image.ink import Ink, grey_of, mask_of
from ocr.model import Word
from ocr.ports import Pixels
from ocr.preparing.cleanup import Readable
from ocr.preparing.skew import MAX_SKEW_DEG

LOW_DPI = 150
_DARK_PAPER = 90.0
_PAPER_PERCENTILE = 90
_INK_BELOW, _EDGE_BELOW = 170, 200
_BLURRED_EDGE = 0.2
_FAINT_INK = 130.0
_MIN_INK = 200
_CUT_LETTERS = 6
_UNREAD_CONFIDENCE, _UNREAD_SHARE = 0.5, 0.5
_MARGIN_SHARE = 0.03
_BLANK_INK_SHARE = 0.0002
_BLANK_LONG_SIDE = 1000


def is_blank(page: Pixels) -> bool:
    """True where, margins aside, there is no more ink than dust."""
    mask = mask_of(grey_of(raster.reduced(page, max(1, round(max(page.shape[:2]) / _BLANK_LONG_SIDE)))))
    dy, dx = (round(side * _MARGIN_SHARE) for side in mask.shape)
    inside = Ink.of(np.ascontiguousarray(mask[dy : mask.shape[0] - dy, dx : mask.shape[1] - dx]))
    lumps = inside.parts[1:, cv2.CC_STAT_AREA]
    return float(lumps[lumps > 4].sum()) < _BLANK_INK_SHARE * inside.mask.size


def problems_of(
    page: Pixels, dpi: float, skew_deg: float, readable: Readable, words: Sequence[Word]
) -> tuple[str, ...]:
    """Codes of all problems of a page that is not blank; their words are `quality.CODE` in i18n."""
    return tuple(_problems(grey_of(page[::8, ::8]), dpi, skew_deg, readable, words))


def _problems(
    grey: Pixels, dpi: float, skew_deg: float, readable: Readable, words: Sequence[Word]
) -> Iterator[str]:
    if dpi < LOW_DPI:
        yield "low_dpi"
    if abs(skew_deg) >= MAX_SKEW_DEG - 0.2:
        yield "skewed"
    if np.percentile(grey, _PAPER_PERCENTILE) < _DARK_PAPER:
        yield "dark"
    yield from _weak_ink(readable.grey)
    if _is_cut(readable):
        yield "cut_off"
    if _is_unread(words):
        yield "unread"


def _weak_ink(whole: Pixels) -> Iterator[str]:
    grey = whole[whole.shape[0] // 6 : whole.shape[0] // 3]  # enough to judge by, and a sixth of the work
    ink = grey[grey < _INK_BELOW]
    if ink.size < _MIN_INK:
        return
    darkness = float(np.percentile(ink[::4], 20))
    across, down = (cv2.Sobel(grey, cv2.CV_32F, *axis) for axis in ((1, 0), (0, 1)))
    edges = cv2.magnitude(across, down)[grey < _EDGE_BELOW] / 8
    if float(np.percentile(edges[::4], 95)) < _BLURRED_EDGE * max(1.0, 255 - darkness):
        yield "blurred"
    elif darkness > _FAINT_INK:
        yield "faint"


def _is_cut(readable: Readable) -> bool:
    """Several letters touch one edge of the picture."""
    band = round(4 * readable.x_height)
    grey = readable.grey
    sides = (grey[:band], grey[::-1][:band], grey[:, :band].T, grey[:, ::-1][:, :band].T)
    return any(_letters_at_top(side, readable.x_height) >= _CUT_LETTERS for side in sides)


def _letters_at_top(band: Pixels, x_height: float) -> int:
    """Letters that touch the first row of a band higher than any of them."""
    mask = np.where(band < _INK_BELOW, np.uint8(255), np.uint8(0)).astype(np.uint8)
    parts = Ink.of(np.ascontiguousarray(mask)).parts[1:]
    size = np.maximum(parts[:, cv2.CC_STAT_WIDTH], parts[:, cv2.CC_STAT_HEIGHT])
    letters = (size > 0.5 * x_height) & (size < 3 * x_height)
    return int(np.count_nonzero(letters & (parts[:, cv2.CC_STAT_TOP] == 0)))


def _is_unread(words: Sequence[Word]) -> bool:
    letters = sum(len(word.text) for word in words)
    sure = sum(len(word.text) for word in words if word.confidence >= _UNREAD_CONFIDENCE)
    return sure < _UNREAD_SHARE * letters or letters == 0
