"""Apply a recipe: from the picture as it came to the upright page. The original is never changed."""

from __future__ import annotations

import math

import cv2
import numpy as np

from ocr.files.picture_pages import A4_LONG_SIDE_INCH
from ocr.model import Box, Recipe
from ocr.ports import Pixels

_A4_RATIO = 297 / 210
_A4_TOLERANCE = 0.1
_SMALLEST_SKEW = 0.03
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def upright(pixels: Pixels, dpi: float, recipe: Recipe) -> tuple[Pixels, float]:
    """The page as the recipe shows it (colour or grey), and its resolution in dots per inch."""
    if recipe.corners:
        pixels, dpi = flatten(pixels, dpi, recipe.corners)
    if recipe.turn:
        pixels = turned(pixels, recipe.turn)
    if abs(recipe.skew_deg) >= _SMALLEST_SKEW:
        pixels = deskewed(pixels, recipe.skew_deg)
    if recipe.crop:
        pixels = cropped(pixels, dpi, recipe.crop)
    return pixels, dpi


def turned(pixels: Pixels, turn: int) -> Pixels:
    """Turned clockwise by 0, 90, 180 or 270 degrees."""
    return cv2.rotate(pixels, _TURNS[turn]).astype(np.uint8, copy=False) if turn else pixels


def deskewed(pixels: Pixels, skew_deg: float) -> Pixels:
    """Turned back by the skew around the middle; the size stays."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew_deg, 1.0)
    return cv2.warpAffine(
        pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.uint8, copy=False)


def flatten(pixels: Pixels, dpi: float, corners: tuple[tuple[float, float], ...]) -> tuple[Pixels, float]:
    """Undo the perspective of a page whose corners (fractions of the picture) are known.

    A page close to A4's shape is made exactly A4, which also gives its resolution.
    """
    height, width = pixels.shape[:2]
    source = np.array([(x * width, y * height) for x, y in corners], np.float32)
    top, right, bottom, left = (float(np.linalg.norm(source[i] - source[(i + 1) % 4])) for i in range(4))
    across, down = max(top, bottom), max(left, right)
    ratio = max(across, down) / max(1.0, min(across, down))
    if abs(ratio / _A4_RATIO - 1) < _A4_TOLERANCE:
        across, down = (across, across * _A4_RATIO) if down > across else (down * _A4_RATIO, down)
        dpi = max(across, down) / A4_LONG_SIDE_INCH
    size = (max(1, math.ceil(across)), max(1, math.ceil(down)))
    target = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    flat = cv2.warpPerspective(pixels, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return flat.astype(np.uint8, copy=False), dpi


def cropped(pixels: Pixels, dpi: float, box: Box) -> Pixels:
    """The part inside the box (points); a box outside the page leaves the page as it is."""
    height, width = pixels.shape[:2]
    x0, x1 = (int(np.clip(round(x * dpi / 72), 0, width)) for x in (box.x0, box.x1))
    y0, y1 = (int(np.clip(round(y * dpi / 72), 0, height)) for y in (box.y0, box.y1))
    if x1 <= x0 or y1 <= y0:
        return pixels
    return np.ascontiguousarray(pixels[y0:y1, x0:x1])


def shrunk(pixels: Pixels, long_side: int) -> tuple[Pixels, float]:
    """A copy no longer than `long_side` pixels, and the factor it was scaled by (at most 1)."""
    factor = min(1.0, long_side / max(pixels.shape[:2]))
    return scaled(pixels, factor), factor


def scaled(pixels: Pixels, factor: float) -> Pixels:
    """Scaled by the factor, with the filter that suits it: between half and whole size interpolation loses
    nothing and is many times faster than means."""
    if abs(factor - 1) < 0.01:
        return pixels
    height, width = pixels.shape[:2]
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    how = cv2.INTER_AREA if factor < 0.5 else cv2.INTER_LINEAR if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(pixels, size, interpolation=how).astype(np.uint8, copy=False)
