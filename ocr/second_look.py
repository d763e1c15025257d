"""Letters that the first reading left out or read without confidence, read once more by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

import cv2
import numpy as np

from ocr.ink import Ink
from ocr.model import Box, Word
from ocr.ports import OcrEngine, Pixels

_SURE = 0.5
_ACCEPTED = 0.7
_LETTER_HEIGHT = (0.55, 3.0)
_MIN_LETTERS = 3
_MAX_REGIONS = 12
_JOIN_ACROSS, _JOIN_DOWN = 2.0, 0.3
_MARGIN = 0.6
_INK_BELOW = 150


def with_second_look(
    words: Sequence[Word], grey: Pixels, dpi: float, x_height: float, engine: OcrEngine
) -> tuple[Word, ...]:
    """The words, with unread stretches of letters filled in where the second reading is sure."""
    result = list(words)
    unsure = grey.copy()
    for word in words:
        if word.confidence >= _SURE:
            x0, y0, x1, y1 = (round(value * dpi / 72) for value in word.box)
            unsure[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = 255
    margin = round(x_height)
    for x0, y0, x1, y1 in _unread(unsure, x_height):
        patch = np.pad(unsure[y0:y1, x0:x1], margin, constant_values=255)
        again = engine.recognise(patch, dpi, one_block=True)
        if again and fmean(word.confidence for word in again) >= _ACCEPTED:
            region = Box(*(value * 72 / dpi for value in (x0, y0, x1, y1)))
            result = [word for word in result if word.confidence >= _SURE or not _inside(word.box, region)]
            shift = margin * 72 / dpi
            moved = [_moved(word, region.x0 - shift, region.y0 - shift) for word in again]
            result += _on_lines(moved, result)
    return tuple(result)


def _moved(word: Word, dx: float, dy: float) -> Word:
    box = word.box
    return replace(word, box=Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy))


def _on_lines(added: Sequence[Word], words: Sequence[Word]) -> list[Word]:
    """The added words on the line of the nearest word at their height, or on lines of their own."""
    free = 1 + max((word.line for word in words), default=0)
    placed = []
    for word in added:
        beside = [other for other in words if _inside(_flat(word.box, other.box), other.box)]
        nearest = min(beside, key=lambda other: abs(other.box.x0 - word.box.x0), default=None)
        placed.append(replace(word, line=nearest.line if nearest else free + word.line))
    return placed


def _flat(box: Box, other: Box) -> Box:
    """The box moved across to the other one: only its height on the page counts."""
    return Box(other.x0, box.y0, other.x1, box.y1)


def _unread(unsure: Pixels, x_height: float) -> list[tuple[int, int, int, int]]:
    """Stretches of letters under no confident word: left, top, right, bottom in pixels, largest first."""
    mask = np.where(unsure < _INK_BELOW, np.uint8(255), np.uint8(0)).astype(np.uint8, copy=False)
    ink = Ink.of(mask)
    heights, widths = ink.parts[:, cv2.CC_STAT_HEIGHT], ink.parts[:, cv2.CC_STAT_WIDTH]
    low, high = (height * x_height for height in _LETTER_HEIGHT)
    letters = (heights >= low) & (heights <= high) & (widths <= 4 * high)
    letters[0] = False
    if np.count_nonzero(letters) < _MIN_LETTERS:
        return []
    size = (2 * round(_JOIN_DOWN * x_height) + 1, 2 * round(_JOIN_ACROSS * x_height) + 1)
    joined = cv2.dilate(ink.chosen(letters), np.ones(size, np.uint8)).astype(np.uint8, copy=False)
    regions = Ink.of(joined)
    x, y = ink.middles()
    count = np.bincount(regions.labels[y, x][letters], minlength=len(regions.parts))
    margin = round(_MARGIN * x_height)
    order = np.argsort(-count[1:], kind="stable") + 1
    found = [
        _widened(regions.parts[place], margin, mask.shape) for place in order if count[place] >= _MIN_LETTERS
    ]
    return found[:_MAX_REGIONS]


def _widened(part: np.ndarray, margin: int, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    x, y, width, height = (int(value) for value in part[:4])
    return (
        max(0, x),
        max(0, y - margin),
        min(shape[1], x + width),
        min(shape[0], y + height + margin),
    )


def _inside(box: Box, region: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return region.x0 <= x <= region.x1 and region.y0 <= y <= region.y1
