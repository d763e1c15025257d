"""A round red office seal, pressed unevenly over whatever stands below it."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import pymupdf as _pymupdf
from numpy.typing import NDArray

from resources.specimens.fonts import Faces
from resources.specimens.sheet import MM, Pixels, SealSpot

pymupdf: Any = _pymupdf  # its functions carry no types

DRAWN = 36 * MM
INK = (206, 24, 38)


def _round_text(
    page: Any, faces: Faces, text: str, radius: float, size: float, span: float, *, below: bool
) -> None:
    """Writes along the circle, around its top or (standing upright) around its bottom."""
    middle = DRAWN / 2 + 4
    font = faces["bold"]
    lengths = [font.text_length(letter, fontsize=size) for letter in text]
    total = sum(lengths)
    angle = -span / 2
    for letter, length in zip(text, lengths, strict=True):
        at = math.radians(angle + span * length / total / 2)
        angle += span * length / total
        sign = -1 if below else 1
        x, y = middle + radius * math.sin(at), middle - sign * radius * math.cos(at)
        writer = pymupdf.TextWriter(page.rect)
        writer.append((x - length / 2, y + (size * 0.72 if below else 0)), letter, font=font, fontsize=size)
        turn = pymupdf.Matrix(-sign * math.degrees(at))
        writer.write_text(page, morph=(pymupdf.Point(x, y), turn))


def _coverage(spot: SealSpot, dpi: float) -> NDArray[np.float32]:
    """How much ink the rubber would leave at each point, 0 to 1."""
    document = pymupdf.open()
    page: Any = document.new_page(width=DRAWN + 8, height=DRAWN + 8)
    faces = Faces()
    middle = DRAWN / 2 + 4
    centre = pymupdf.Point(middle, middle)
    for radius, width in ((DRAWN / 2, 1.8), (DRAWN / 2 - 2.6, 0.6), (DRAWN * 0.31, 0.6)):
        page.draw_circle(centre, radius, color=(0, 0, 0), width=width)
    _round_text(page, faces, spot.ring, DRAWN * 0.355, 7.4, 210, below=False)
    _round_text(page, faces, "MẪU - KHÔNG GIÁ TRỊ", DRAWN * 0.355, 5.6, 105, below=True)
    star = [
        centre
        + pymupdf.Point(math.sin(k * math.pi / 5), -math.cos(k * math.pi / 5)) * (7 if k % 2 == 0 else 2.8)
        for k in range(10)
    ]
    page.draw_polyline(
        [p + pymupdf.Point(0, -14) for p in star], color=(0, 0, 0), fill=(0, 0, 0), closePath=True
    )
    for place, row in enumerate(spot.centre):
        length = faces["bold"].text_length(row, fontsize=7.6)
        writer = pymupdf.TextWriter(page.rect)
        writer.append((middle - length / 2, middle + 3 + 9 * place), row, font=faces["bold"], fontsize=7.6)
        writer.write_text(page)
    shown = page.get_pixmap(matrix=pymupdf.Matrix(dpi / 72, dpi / 72), colorspace=pymupdf.csGRAY, alpha=False)
    grey = np.frombuffer(shown.samples, np.uint8).reshape(shown.h, shown.w)
    return np.asarray((255 - grey) / 255, np.float32)


def press(picture: Pixels, spot: SealSpot, rng: np.random.Generator, dpi: int = 300) -> None:
    """Presses the seal on the picture in place, a little turned, with patches where the rubber was dry."""
    ink = _coverage(spot, dpi * spot.diameter / DRAWN)
    high, wide = ink.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), float(rng.uniform(-9, 9)), 1)
    ink = cv2.warpAffine(ink, turn, (wide, high)).astype(np.float32)
    patches = cv2.resize(
        rng.uniform(0, 1, (7, 7)).astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC
    )
    grain = cv2.resize(rng.uniform(0, 1, (high // 2, wide // 2)).astype(np.float32), (wide, high))
    ink *= np.clip(0.62 + 0.35 * patches - 0.3 * (grain > 0.86), 0.1, 0.95)
    x = int(spot.x / 72 * dpi) - wide // 2
    y = int(spot.y / 72 * dpi) - high // 2
    below = picture[y : y + high, x : x + wide]
    ink = ink[: below.shape[0], : below.shape[1], None]
    taken = 1 - ink * (1 - np.array(INK, np.float32) / 255)
    below[:] = (below * taken).astype(np.uint8)
