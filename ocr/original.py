"""The scan as it came: its own bytes where a PDF can hold them, a faithful copy otherwise."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pymupdf
from PIL import Image

from ocr.files.importing import load_page
from ocr.files.whole_jpeg import whole_jpeg
from ocr.image.ink import grey_of
from ocr.model import Box, PageReading
from ocr.page import render
from ocr.pdf.compress import flate, group4, jpeg
from ocr.pdf.encoded import Picture, channels_of
from ocr.ports import Pixels

_QUALITY = 85
"""For a scan that had to be cut or flattened: about as many bytes as it had."""
_ORIENTATION = 0x0112
"""EXIF tag."""
_TURNS = {1: 0, 6: 90, 3: 180, 8: 270}
"""Clockwise turns that EXIF orientations ask for; the others are mirrored."""


def kept(path: Path, number: int, reading: PageReading) -> tuple[Picture, ...]:
    """One picture over the whole page of `reading`; where it lay askew it is laid straight, not redrawn."""
    recipe, width, height = reading.recipe, reading.width, reading.height
    if recipe.corners or recipe.crop:
        return (_copied(render(path, number, recipe), Box(0, 0, width, height), lossless=False),)
    found = _jpeg_of(path, number)
    turn = recipe.turn + (found[1] if found else 0)
    box = _around(width, height, sideways=turn % 180 != 0)
    if found:
        picture = _passed_through(found[0], box)
    else:
        picture = _copied(load_page(path, number).pixels, box, lossless=True)
    return (replace(picture, lean_deg=recipe.skew_deg - turn),)


def _around(width: float, height: float, sideways: bool) -> Box:
    """The place of a picture that is to be turned around the middle of the page."""
    across, down = (height, width) if sideways else (width, height)
    left, top = (width - across) / 2, (height - down) / 2
    return Box(left, top, left + across, top + down)


def _jpeg_of(path: Path, number: int) -> tuple[bytes, int] | None:
    """The bytes of the JPEG that is the page, if it is one that PDF readers show as it is meant; its turn."""
    with path.open("rb") as file:
        start = file.read(1024)
    data = _only_jpeg_on(path, number) if b"%PDF-" in start else path.read_bytes()
    if not data or not data.startswith(b"\xff\xd8\xff"):
        return None
    with Image.open(io.BytesIO(data)) as picture:
        turn = 0 if b"%PDF-" in start else _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
        plain = picture.mode in ("L", "RGB") and getattr(picture, "n_frames", 1) == 1
        return (data, turn) if plain and turn is not None else None


def _only_jpeg_on(path: Path, number: int) -> bytes | None:
    with pymupdf.open(path, filetype="pdf") as document:
        page = document[number - 1]
        return whole_jpeg(document, page, page.get_image_info())


def _passed_through(data: bytes, box: Box) -> Picture:
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
        return Picture("DCTDecode", data, width, height, box, 1 if picture.mode == "L" else 3)


def _copied(pixels: Pixels, box: Box, lossless: bool) -> Picture:
    height, width = pixels.shape[:2]
    grey = grey_of(pixels)
    if not lossless:
        return Picture("DCTDecode", jpeg(pixels, _QUALITY), width, height, box, channels_of(pixels))
    if cv2.countNonZero(cv2.inRange(grey, 1, 254)) == 0 and _is_grey(pixels):
        ink = np.where(grey == 0, np.uint8(255), np.uint8(0))
        return Picture("CCITTFaxDecode", group4(ink), width, height, box, channels=1, bits=1)
    plain = grey if _is_grey(pixels) else pixels
    return Picture("FlateDecode", flate(plain), width, height, box, channels_of(plain))


def _is_grey(pixels: Pixels) -> bool:
    if pixels.ndim == 2:
        return True
    blue, green, red = cv2.split(pixels)
    return cv2.countNonZero(cv2.absdiff(blue, green)) == 0 == cv2.countNonZero(cv2.absdiff(green, red))
