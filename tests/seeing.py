"""How alike two pictures of a page look to a person at 200 %."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import pymupdf

from ocr.image import raster
from ocr.ports import Pixels

SCREEN_DPI = 192
"""Of a usual screen at 200 %."""
_WINDOW, _SPREAD = (11, 11), 1.5
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
_COLOURED = 60
_DARKER = 0.8
"""Ink is darker than this share of the paper around."""


class Seen(NamedTuple):
    """Likeness of ink of one kind; SSIM after Wang et al., IEEE TIP 13(4), 2004."""

    share: float
    """Of the page that holds such ink."""
    likeness: float
    """Mean SSIM where that ink is; 1 is the same picture."""
    lost: float
    """Share of the ink with none within a pixel of its place."""
    sharpness: float
    """Steepness of the edges in the copy against those in the original."""


def as_seen(path: Path, scan_dpi: float, number: int = 1) -> Pixels:
    """A page of a PDF at 200 %, in a viewer that does not round the places of pictures to pixels."""
    with pymupdf.open(path) as document:
        shown: Any = document[number - 1].get_pixmap(dpi=round(scan_dpi))
    pixels = np.frombuffer(shown.samples, np.uint8).reshape(shown.h, shown.w, 3)
    share = SCREEN_DPI / scan_dpi
    return cv2.resize(pixels[:, :, ::-1], None, fx=share, fy=share, interpolation=cv2.INTER_AREA)


def compare(original: Pixels, copy: Pixels) -> dict[str, Seen]:
    """Black, red and blue ink of two pictures of the same page; a scan is taken down to the screen's size."""
    height, width = copy.shape[:2]
    before = cv2.resize(original, (width, height), interpolation=cv2.INTER_AREA)
    one, other = (cv2.GaussianBlur(raster.grey(picture), (0, 0), 0.7) for picture in (before, copy))
    likeness = _similarity(one, other)
    left = np.maximum.reduce(list(_inks(copy, tolerance=0.05).values()))
    left = cv2.dilate(left, np.ones((3, 3), np.uint8))
    found = {}
    for name, ink in _inks(before).items():
        zone = cv2.dilate(ink, np.ones((5, 5), np.uint8)) > 0
        if zone.any():
            gone = cv2.countNonZero(cv2.bitwise_and(ink, cv2.bitwise_not(left)))
            found[name] = Seen(
                float((ink > 0).mean()),
                float(likeness[zone].mean()),
                gone / cv2.countNonZero(ink),
                float(_steepness(other)[zone].mean() / _steepness(one)[zone].mean()),
            )
    return found


def _inks(picture: Pixels, tolerance: float = 0.0) -> dict[str, Pixels]:
    grey = raster.grey(picture)
    paper = cv2.medianBlur(cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA), 31)
    paper = cv2.resize(paper, raster.size_of(grey), interpolation=cv2.INTER_LINEAR)
    dark = grey < (_DARKER + tolerance) * paper
    blue, green, red = (picture[:, :, channel].astype(np.int16) for channel in range(3))
    is_red = dark & (red - np.maximum(blue, green) > _COLOURED)
    is_blue = dark & (blue - red > _COLOURED)
    masks = {"black": dark & ~is_red & ~is_blue, "red": is_red, "blue": is_blue}
    return {name: np.where(mask, np.uint8(255), np.uint8(0)) for name, mask in masks.items()}


def _similarity(one: Pixels, other: Pixels) -> Any:
    a, b = one.astype(np.float32), other.astype(np.float32)

    def mean(picture: Any) -> Any:
        return cv2.GaussianBlur(picture, _WINDOW, _SPREAD)

    ma, mb = mean(a), mean(b)
    va, vb, ab = mean(a * a) - ma * ma, mean(b * b) - mb * mb, mean(a * b) - ma * mb
    return (2 * ma * mb + _C1) * (2 * ab + _C2) / ((ma * ma + mb * mb + _C1) * (va + vb + _C2))


def _steepness(grey: Any) -> Any:
    dx, dy = (cv2.Sobel(grey, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
    return np.hypot(dx, dy)
