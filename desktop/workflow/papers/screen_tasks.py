"""What the worker behind the screen draws: a page small, whole, or in part where it is looked at closely."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import cv2
import numpy as np

from ocr.model import Recipe
from ocr.page import upright_page
from ocr.ports import Pixels
from ocr.preparing.geometry import scaled

_QUALITY = 85
_THUMBNAIL_QUALITY = 80

Part = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of the page's width and height: whole pictures of a page at two
resolutions differ in size by up to a pixel, shares fit both."""

_Key = tuple[Path, int, Recipe]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A decoded page, in a nameless file so that it takes no memory: A3 at 600 dpi has 209 MB."""

    file: IO[bytes]
    shape: tuple[int, ...]
    dpi: float


# Whoever looks closer asks for the same page again.
_LAST_DRAWN: dict[_Key, _Kept] = {}


@dataclass(frozen=True, slots=True)
class PagePart:
    """A JPEG of a part of the page, cut between pixels of the page itself."""

    jpeg: bytes
    part: Part
    """What it shows: a little more than was asked for."""


def thumbnail(path: Path, number: int, recipe: Recipe, height_px: int) -> bytes:
    """A small JPEG of the upright page, which is not kept: the page on screen is."""
    page, _ = _kept_page((path, number, recipe)) or upright_page(path, number, recipe)
    return _jpeg(scaled(page, min(1.0, height_px / page.shape[0])), _THUMBNAIL_QUALITY)


def whole(path: Path, number: int, recipe: Recipe, dpi: float) -> bytes:
    """The upright page as a JPEG."""
    page, page_dpi = _drawn(path, number, recipe)
    return _jpeg(scaled(page, dpi / page_dpi))


def in_part(path: Path, number: int, recipe: Recipe, part: Part, dpi: float) -> PagePart:
    """A part of the upright page, never finer than the page itself."""
    page, page_dpi = _drawn(path, number, recipe)
    height, width = page.shape[:2]
    left, right = _edges(part[0], part[2], width)
    top, bottom = _edges(part[1], part[3], height)
    shown = scaled(page[top:bottom, left:right], min(1.0, dpi / page_dpi))
    return PagePart(_jpeg(shown), (left / width, top / height, right / width, bottom / height))


def _edges(low: float, high: float, pixels: int) -> tuple[int, int]:
    """The pixels from one share of the page to another, at least one."""
    first = min(max(math.floor(low * pixels), 0), pixels - 1)
    return first, min(max(math.ceil(high * pixels), first + 1), pixels)


def _drawn(path: Path, number: int, recipe: Recipe) -> tuple[Pixels, float]:
    """The upright page and its resolution; files in the store never change under their path."""
    key = path, number, recipe
    found = _kept_page(key)
    if found is None:
        found = upright_page(path, number, recipe)
        _keep(key, *found)
    return found


def _kept_page(key: _Key) -> tuple[Pixels, float] | None:
    kept = _LAST_DRAWN.get(key)
    return None if kept is None else (np.memmap(kept.file, np.uint8, "r", shape=kept.shape), kept.dpi)


def _keep(key: _Key, page: Pixels, dpi: float) -> None:
    """In place of the page before; where the disk is full, the page is decoded again next time."""
    while _LAST_DRAWN:
        _LAST_DRAWN.popitem()[1].file.close()
    file = TemporaryFile()  # noqa: SIM115 - closed when the next page takes its place
    try:
        page.tofile(file)
    except OSError:
        file.close()
    else:
        _LAST_DRAWN[key] = _Kept(file, page.shape, dpi)


def _jpeg(pixels: Pixels, quality: int = _QUALITY) -> bytes:
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
