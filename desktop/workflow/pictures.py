"""Pictures of pages for the screen."""

from __future__ import annotations

from pathlib import Path

import cv2

from ocr.model import Recipe
from ocr.page import render

QUALITY = 85


def jpeg(path: Path, number: int, recipe: Recipe, dpi: float) -> bytes:
    """Worker: the upright page as a JPEG."""
    pixels = render(path, number, recipe, dpi)
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()
