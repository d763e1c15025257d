"""Stamps of urgency and secrecy (NĐ 30/2020 ô 10a, 10b): red, framed, often aslant, read on their own.

Cleaning for the page's text fades red ink and engines skip slanted words: these need their own look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from ocr.model import Box, Word
from ocr.ports import OcrEngine, Pixels
from ocr.vietnamese.patterns import letters

URGENCY = {
    "hoa toc hen gio": "Hỏa tốc hẹn giờ",
    "hoa toc": "Hỏa tốc",
    "thuong khan": "Thượng khẩn",
    "khan": "Khẩn",
}
SECRECY = {"tuyet mat": "Tuyệt mật", "toi mat": "Tối mật", "mat": "Mật"}

Corners = NDArray[np.float32]

_REGION = (0.0, 0.03, 0.75, 0.6)
"""Where such stamps stand on a first page: left, top, right, bottom as shares."""
_LETTER_POINTS = (5.0, 32.0)
_REDDER_BY = 45
_MOST_GROUPS = 4
_ALIKE = 80
_READ_DPI = 200
_GLANCE_DPI = 50
_LEAST_RED = 25


def with_stamps(words: tuple[Word, ...], pixels: Pixels, dpi: float, engine: OcrEngine) -> tuple[Word, ...]:
    """The page's words and after them those of its red stamps, each on a line of its own."""
    line = max((word.line for word in words), default=-1)
    return words + tuple(
        replace(word, line=line + 1 + i) for i, word in enumerate(stamped_words(pixels, dpi, engine))
    )


def stamped_words(pixels: Pixels, dpi: float, engine: OcrEngine) -> tuple[Word, ...]:
    """Words of red urgency or secrecy stamps on the upright page, boxes in points; empty on most pages."""
    if pixels.ndim == 2:
        return ()
    height, width = pixels.shape[:2]
    left, top = round(_REGION[0] * width), round(_REGION[1] * height)
    part = pixels[top : round(_REGION[3] * height), left : round(_REGION[2] * width)]
    step = max(1, round(dpi / _GLANCE_DPI))
    if cv2.countNonZero(_red(part[::step, ::step])) < _LEAST_RED:
        return ()
    factor = min(1.0, _READ_DPI / dpi)
    letters_left = _letters_only(
        _red(cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)), dpi * factor
    )
    found: list[Word] = []
    for mask, corners in _groups(letters_left, dpi * factor):
        read = _read(mask, corners, dpi * factor, engine)
        if read:
            places = (corners / factor + (left, top)) * 72 / dpi
            (x0, y0), (x1, y1) = places.min(axis=0), places.max(axis=0)
            found.append(Word(read[0], read[1], Box(float(x0), float(y0), float(x1), float(y1)), line=0))
    return tuple(found)


def _red(part: NDArray[Any]) -> Pixels:
    blue, green, red = (part[:, :, i].astype(np.int16) for i in range(3))
    return np.where(red - np.maximum(blue, green) > _REDDER_BY, np.uint8(255), np.uint8(0)).astype(np.uint8)


def _letters_only(mask: Pixels, dpi: float) -> Pixels:
    """Red parts of the size of letters; frames, arrows and seal rings are larger."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    low, high = (points * dpi / 72 for points in _LETTER_POINTS)
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    keep = (size >= low / 3) & (size <= high)
    keep[0] = False
    return np.where(keep, np.uint8(255), np.uint8(0)).astype(np.uint8)[labels] if count > 1 else mask


def _groups(mask: Pixels, dpi: float) -> Iterator[tuple[Pixels, Corners]]:
    """Letters that stand together, largest group first: their mask and the corners of the box around them."""
    reach = max(3, round(7 * dpi / 72)) | 1
    spread = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(spread.astype(np.uint8), connectivity=8)
    order = sorted(range(1, count), key=lambda i: -stats[i, cv2.CC_STAT_AREA])[:_MOST_GROUPS]
    for index in order:
        own = np.where(labels == index, mask, np.uint8(0)).astype(np.uint8)
        points = cv2.findNonZero(own)
        if points is not None and len(points) > 60:
            yield own, cv2.boxPoints(cv2.minAreaRect(points)).astype(np.float32)


def _read(mask: Pixels, corners: Corners, dpi: float, engine: OcrEngine) -> tuple[str, float] | None:
    """Turn the group level along its longer side, both ways up, and believe only the known words."""
    centre = corners.mean(axis=0)
    sides = corners[1] - corners[0], corners[2] - corners[1]
    along = max(sides, key=lambda side: float(np.hypot(*side)))
    long, short = sorted((float(np.hypot(*side)) for side in sides), reverse=True)
    angle = float(np.degrees(np.arctan2(along[1], along[0])))
    angle = (angle + 90) % 180 - 90
    size = (round(long * 1.3) + 20, round(short * 1.6) + 20)
    best: tuple[str, float] | None = None
    for turn in (angle, angle + 180):
        matrix = cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), turn, 1.0)
        matrix[:, 2] += np.array(size) / 2 - centre
        level = cv2.warpAffine(255 - mask, matrix, size, flags=cv2.INTER_AREA, borderValue=(255.0,))
        words = engine.recognise(level.astype(np.uint8), dpi)
        known = _known(" ".join(word.text for word in words))
        if known and words:
            confidence = min(word.confidence for word in words)
            if best is None or confidence > best[1]:
                best = known, round(confidence, 2)
    return best


def _known(text: str) -> str | None:
    read = letters(text)
    for words, name in (URGENCY | SECRECY).items():
        if read == words or (len(words) > 5 and fuzz.ratio(read, words) >= _ALIKE):
            return name.upper()
    return None
