"""What workers do with one page. Kept apart so that a worker loads nothing it does not need."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import cv2

from ocr.encoded import EncodedPage, Profile
from ocr.importing import load_page
from ocr.model import PageReading, PageText, Quality, Recipe
from ocr.page import read_page, render
from ocr.pdfa import encode_page

PICTURE_QUALITY = 85


def read_and_encode(path: Path, number: int, engine: str, profile: Profile, out: Path) -> tuple[str, bool]:
    """Read a page and leave it encoded in a file; its text, and whether it is blank."""
    reading = read_page(path, number, engine=engine)
    encode_into(path, number, reading, out, profile)
    return reading.text.text, reading.blank


def encode_into(
    path: Path, number: int, reading: PageReading | None, out: Path, profile: Profile = "archive"
) -> None:
    """Leave the encoded page in a file, so that many pages are never in memory together."""
    reading = reading or picture_only(path, number)
    out.write_bytes(pickle.dumps(encode_page(path, number, reading, profile)))


def encoded_pages(folder: Path, count: int) -> Iterator[EncodedPage]:
    """The pages that workers left in a folder under their numbers, one at a time."""
    for number in range(1, count + 1):
        yield pickle.loads(spool_file(folder, number).read_bytes())  # noqa: S301 - our own worker wrote it


def spool_file(folder: Path, number: int) -> Path:
    return folder / f"{number:06}"


def picture_only(path: Path, number: int) -> PageReading:
    """The reading of a page that could not be read: its size and no words, so that its picture is kept."""
    image = load_page(path, number)
    height, width = (side * 72 / image.dpi for side in image.pixels.shape[:2])
    return PageReading(number, width, height, Recipe(), PageText(), "ocr", False, Quality(round(image.dpi)))


def jpeg(path: Path, number: int, recipe: Recipe, dpi: float) -> bytes:
    """The upright page as a JPEG for the screen."""
    pixels = render(path, number, recipe, dpi)
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, PICTURE_QUALITY])[1].tobytes()
