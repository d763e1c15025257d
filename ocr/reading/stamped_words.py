"""Stamps of urgency and secrecy (NĐ 30/2020 ô 10a, 10b): red, framed, often aslant, read on their own.

Cleaning for the page's text fades red ink and engines skip slanted words: these need their own look. A grey
or black-and-white scan has lost the red: there the frame, or the slant of large letters, tells a stamp.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from ocr.image import raster
from ocr.image.ink import Ink, flattened, grey_of
from ocr.model import Box, Word
from ocr.ports import OcrEngine, Pixels
from ocr.vietnamese.patterns import letters, upper_share

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
_MOST_GROUPS, _MOST_LARGE_GROUPS = 4, 24
_ALIKE = 80
_CAPITALS = 0.8
_READ_DPI = 200
_GLANCE_DPI = 50
_LEAST_RED = 25
_DARK = 170
_FEW_POINTS = 60
_FRAME_LOW, _FRAME_LONG = (14.0, 55.0), (40.0, 220.0)
"""Sides of stamps' frames in points: NĐ 30/2020 Phụ lục I asks for 30x8, 40x8 and 20x8 mm, or larger."""
_FRAME_SQUARE = 0.85
_FRAME_LINE = 2.5
_LARGE_POINTS = (13.0, 32.0)
_REACH, _LARGE_REACH = 7.0, 11.0
_LEANS = 4.0
_LINE_LIKE = 1.8


def with_stamps(words: tuple[Word, ...], pixels: Pixels, dpi: float, engine: OcrEngine) -> tuple[Word, ...]:
    """The page's words and after them those of its stamps, each on a line of its own."""
    line = max((word.line for word in words), default=-1)
    stamps = [stamp for stamp in stamped_words(pixels, dpi, engine) if not _is_among(words, stamp)]
    return words + tuple(replace(word, line=line + 1 + i) for i, word in enumerate(stamps))


def stamped_words(pixels: Pixels, dpi: float, engine: OcrEngine) -> tuple[Word, ...]:
    """Words of urgency or secrecy stamps on the upright page, boxes in points; empty on most pages."""
    height, width = pixels.shape[:2]
    left, top = round(_REGION[0] * width), round(_REGION[1] * height)
    part = pixels[top : round(_REGION[3] * height), left : round(_REGION[2] * width)]
    factor = min(1.0, _READ_DPI / dpi)
    found: list[Word] = []
    for mask, corners in _candidates(part, dpi, factor, colourless=not _shows_colour(pixels, dpi)):
        places = (corners / factor + (left, top)) * 72 / dpi
        box = Box(*map(float, (*places.min(axis=0), *places.max(axis=0))))
        if any(_holds(word.box, box) for word in found):
            continue  # a red stamp is dark too
        read = _read(mask, corners, dpi * factor, engine)
        if read:
            found.append(Word(read[0], read[1], box, line=0))
    return tuple(found)


def _is_among(words: tuple[Word, ...], stamp: Word) -> bool:
    """The page's own reading has the stamp too: a level one in black reads like any line."""
    inside = " ".join(word.text for word in words if _holds(stamp.box, word.box))
    return letters(inside) == letters(stamp.text)


def _holds(box: Box, other: Box) -> bool:
    """Does the middle of the other box lie in this one?"""
    x, y = (other.x0 + other.x1) / 2, (other.y0 + other.y1) / 2
    return box.x0 < x < box.x1 and box.y0 < y < box.y1


def _shows_colour(pixels: Pixels, dpi: float) -> bool:
    """Coloured ink anywhere, such as a seal's: then a stamp would have its red too."""
    if pixels.ndim == 2:
        return False
    step = max(1, round(dpi / _GLANCE_DPI))
    coloured = raster.above(raster.chroma(pixels[::step, ::step]), _REDDER_BY)
    return cv2.countNonZero(coloured) >= _LEAST_RED


def _candidates(
    part: NDArray[Any], dpi: float, factor: float, colourless: bool
) -> Iterator[tuple[Pixels, Corners]]:
    """Groups of letters that may be a stamp's; without colour, those set apart by frame or slant."""
    small: NDArray[Any] | None = None
    step = max(1, round(dpi / _GLANCE_DPI))
    if part.ndim == 3 and cv2.countNonZero(_red(part[::step, ::step])) >= _LEAST_RED:
        small = _reduced(part, factor)
        yield from _groups(_letters_only(_red(small), dpi * factor), dpi * factor)
    if not colourless:
        return
    grey = grey_of(_reduced(part, factor) if small is None else small)
    mask = raster.below(flattened(grey), _DARK)
    yield from _framed(mask, dpi * factor)
    yield from _aslant(mask, dpi * factor)


def _reduced(part: NDArray[Any], factor: float) -> Pixels:
    return cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _red(part: NDArray[Any]) -> Pixels:
    blue, green, red = (part[:, :, i].astype(np.int16) for i in range(3))
    return np.where(red - np.maximum(blue, green) > _REDDER_BY, np.uint8(255), np.uint8(0)).astype(np.uint8)


def _framed(mask: Pixels, dpi: float) -> Iterator[tuple[Pixels, Corners]]:
    """Letters inside frames of a stamp's size, at any slant; cells of a table are parts of a larger frame."""
    point = dpi / 72
    whole = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))  # thin frames break
    frames = []
    for outline in cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        _, sides, _ = around = cv2.minAreaRect(outline)
        low, high = min(sides) / point, max(sides) / point
        of_size = _FRAME_LOW[0] <= low <= _FRAME_LOW[1] and _FRAME_LONG[0] <= high <= _FRAME_LONG[1]
        if of_size and cv2.contourArea(outline) > _FRAME_SQUARE * min(sides) * max(sides):
            frames.append(around)
    for centre, sides, angle in frames[:_MOST_GROUPS]:
        inner = (sides[0] - 2 * _FRAME_LINE * point, sides[1] - 2 * _FRAME_LINE * point)
        zone = np.zeros_like(mask)
        cv2.fillConvexPoly(zone, cv2.boxPoints((centre, inner, angle)).astype(np.int32), (255,))
        own = _letters_only(cv2.bitwise_and(mask, zone).astype(np.uint8), dpi)
        points = cv2.findNonZero(own)
        if points is not None and len(points) > _FEW_POINTS:
            yield own, cv2.boxPoints(cv2.minAreaRect(points)).astype(np.float32)


def _aslant(mask: Pixels, dpi: float) -> Iterator[tuple[Pixels, Corners]]:
    """Large letters without a frame on a line that leans: level ones are read with the page."""
    for own, corners in _groups(
        _letters_only(mask, dpi, _LARGE_POINTS), dpi, _MOST_LARGE_GROUPS, _LARGE_REACH
    ):
        long, short = _sides(corners)
        lean = abs((_lean(corners) + 45) % 90 - 45)
        if lean > _LEANS and long > _LINE_LIKE * short and long * 72 / dpi <= _FRAME_LONG[1]:
            yield own, corners


def _letters_only(mask: Pixels, dpi: float, points: tuple[float, float] = _LETTER_POINTS) -> Pixels:
    """Parts of the size of letters and of their marks; frames, arrows and seal rings are larger."""
    ink = Ink.of(mask)
    low, high = (each * dpi / 72 for each in points)
    size = np.maximum(ink.parts[:, cv2.CC_STAT_WIDTH], ink.parts[:, cv2.CC_STAT_HEIGHT])
    keep = (size >= low / 3) & (size <= high)
    keep[0] = False
    return ink.chosen(keep)


def _groups(
    mask: Pixels, dpi: float, most: int = _MOST_GROUPS, reach_points: float = _REACH
) -> Iterator[tuple[Pixels, Corners]]:
    """Letters that stand together, largest group first: their mask and the corners of the box around them."""
    reach = max(3, round(reach_points * dpi / 72)) | 1
    spread = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    _, labels, parts = Ink.of(spread.astype(np.uint8, copy=False))
    order = sorted(range(1, len(parts)), key=lambda i: -parts[i, cv2.CC_STAT_AREA])[:most]
    for index in order:
        x, y, width, height = (int(side) for side in parts[index, :4])
        place = np.s_[y : y + height, x : x + width]
        own = np.zeros_like(mask)
        own[place] = np.where(labels[place] == index, mask[place], np.uint8(0))
        points = cv2.findNonZero(own)
        if points is not None and len(points) > _FEW_POINTS:
            yield own, cv2.boxPoints(cv2.minAreaRect(points)).astype(np.float32)


def _read(mask: Pixels, corners: Corners, dpi: float, engine: OcrEngine) -> tuple[str, float] | None:
    """Turn the group level along its longer side, both ways up, and believe only the known words."""
    centre = corners.mean(axis=0)
    long, short = _sides(corners)
    angle = _lean(corners)
    size = (round(long * 1.3) + 20, round(short * 1.6) + 20)
    best: tuple[str, float] | None = None
    for turn in (angle, angle + 180):
        matrix = cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), turn, 1.0)
        matrix[:, 2] += np.array(size) / 2 - centre
        level = cv2.warpAffine(255 - mask, matrix, size, flags=cv2.INTER_AREA, borderValue=(255.0,))
        words = engine.recognise(level.astype(np.uint8), dpi)
        text = " ".join(word.text for word in words)
        known = _known(text) if upper_share(text) >= _CAPITALS else None
        if known and words:
            confidence = min(word.confidence for word in words)
            if best is None or confidence > best[1]:
                best = known, round(confidence, 2)
    return best


def _sides(corners: Corners) -> tuple[float, float]:
    """Length and height of the box around a line."""
    one, other = (float(np.hypot(*(corners[i + 1] - corners[i]))) for i in (0, 1))
    return max(one, other), min(one, other)


def _lean(corners: Corners) -> float:
    """Degrees, -90 to 90, by which the longer side of the box falls to the right."""
    along = max((corners[1] - corners[0], corners[2] - corners[1]), key=lambda side: float(np.hypot(*side)))
    return (float(np.degrees(np.arctan2(along[1], along[0]))) + 90) % 180 - 90


def _known(text: str) -> str | None:
    read = letters(text)
    for words, name in (URGENCY | SECRECY).items():
        if read == words or (len(words) > 5 and fuzz.ratio(read, words) >= _ALIKE):
            return name.upper()
    return None
