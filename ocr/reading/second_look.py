"""Lines with letters that the first reading left out or read without confidence, read once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from statistics import fmean

import cv2
import numpy as np

from ocr.image.ink import Ink
from ocr.layout.text_lines import union
from ocr.model import Box, Word
from ocr.ports import OcrEngine, Pixels

_SURE = 0.5
_ACCEPTED = 0.7
_LETTER_HEIGHT = (0.55, 3.0)
_MIN_LETTERS = 3
_MAX_REGIONS = 8
_JOIN_ACROSS, _JOIN_DOWN = 2.0, 0.3
_MARGIN = 0.6
_INK_BELOW = 150
_SAME_LINE_GAP, _OVERLAP = 2.0, 0.3
_AROUND = 0.3
_LEVEL = 0.8
"""Middles of one line lie within 0.4 of its height of one another; here both ends are added up."""
_BETTER = 1.02


def with_second_look(
    words: Sequence[Word], grey: Pixels, dpi: float, x_height: float, engine: OcrEngine
) -> tuple[Word, ...]:
    """The words, with lines in doubt read anew where the second reading is surer."""
    result = list(words)
    unsure = grey.copy()
    for word in words:
        if word.confidence >= _SURE:
            x0, y0, x1, y1 = (round(value * dpi / 72) for value in word.box)
            unsure[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = 255
    x_height_pt = x_height * 72 / dpi
    seen: list[Box] = []
    for seed in _unread(unsure, x_height):
        region = _whole_lines(Box(*(value * 72 / dpi for value in seed)), result, x_height_pt)
        if any(_inside(region, other) for other in seen):
            continue
        seen.append(region)
        before = [word for word in result if _inside(word.box, region)]
        again = _read_again(grey, dpi, region, x_height_pt, engine)
        if again and _is_surer(again, before):
            kept = [word for word in result if word not in before]
            result = kept + _on_lines(again, kept)
    return tuple(result)


def _whole_lines(seed: Box, words: Sequence[Word], x_height_pt: float) -> Box:
    """The seed and the words of its lines around it, as far as no wide gap parts them."""
    region, left = seed, list(words)
    while near := [word for word in left if _touches(word.box, region, x_height_pt)]:
        left = [word for word in left if word not in near]
        region = union([region, *(word.box for word in near)])
    return region


def _touches(box: Box, region: Box, x_height_pt: float) -> bool:
    overlap = min(box.y1, region.y1) - max(box.y0, region.y0)
    apart = max(box.x0 - region.x1, region.x0 - box.x1)
    return apart < _SAME_LINE_GAP * x_height_pt and overlap > _OVERLAP * (box.y1 - box.y0)


def _read_again(grey: Pixels, dpi: float, region: Box, x_height_pt: float, engine: OcrEngine) -> list[Word]:
    """Words of the region read as one block, on the page's own coordinates."""
    margin = _AROUND * x_height_pt
    x0, y0 = (max(0, round((side - margin) * dpi / 72)) for side in region[:2])
    x1, y1 = (round((side + margin) * dpi / 72) for side in region[2:])
    frame = round(x_height_pt * dpi / 72)
    patch = np.pad(grey[y0:y1, x0:x1], frame, constant_values=255)
    dx, dy = (x0 - frame) * 72 / dpi, (y0 - frame) * 72 / dpi
    return [_moved(word, dx, dy) for word in engine.recognise(patch, dpi, one_block=True)]


def _on_lines(added: Sequence[Word], words: Sequence[Word]) -> list[Word]:
    """Each added line on the line that it continues, or on one of its own; never two on the same."""
    free = 1 + max((word.line for word in words), default=0)
    taken: set[int] = set()
    placed: list[Word] = []
    for _, group in groupby(added, key=lambda word: word.line):
        line = list(group)
        number = _continued(line, [word for word in words if word.line not in taken])
        number = free + line[0].line if number is None else number
        taken.add(number)
        placed += [replace(word, line=number) for word in line]
    return placed


def _continued(line: Sequence[Word], words: Sequence[Word]) -> int | None:
    """The line of the nearest word right before or after this piece of a line."""
    box = union(word.box for word in line)
    height = box.y1 - box.y0
    level = [word for word in words if abs(word.box.y0 + word.box.y1 - box.y0 - box.y1) < height * _LEVEL]
    beside = [word for word in level if word.box.x0 >= box.x1 or word.box.x1 <= box.x0]
    nearest = min(beside, key=lambda word: max(word.box.x0 - box.x1, box.x0 - word.box.x1), default=None)
    return nearest.line if nearest else None


def _is_surer(again: Sequence[Word], before: Sequence[Word]) -> bool:
    return fmean(word.confidence for word in again) >= _ACCEPTED and _certain_letters(
        again
    ) > _BETTER * _certain_letters(before)


def _certain_letters(words: Sequence[Word]) -> float:
    return sum(len(word.text) * word.confidence**2 for word in words)


def _moved(word: Word, dx: float, dy: float) -> Word:
    box = word.box
    return replace(word, box=Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy))


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
