"""Barcodes on a page, with retries where one is blurred or noisy, and the QR pictures of separator sheets."""

from __future__ import annotations

import time
from collections.abc import Sequence

import cv2
import numpy as np
import zxingcpp

from ocr.codes import patches
from ocr.image.ink import grey_of
from ocr.model import Box, Code
from ocr.ports import Pixels
from ocr.preparing.geometry import scaled

PAGE_DPI = 200
_BUDGET_S = 1.0
_PAGE_FORMATS = zxingcpp.barcode_formats_from_str("QRCode,Code128,Code39,EAN13")
_RETRY_FORMATS = zxingcpp.barcode_formats_from_str("QRCode")
_MIN_LINEAR_LETTERS = 4
"""Shorter linear codes are lines of text taken for bars."""

_FINDER_DPI = 50
_SIDE_MM = (7.0, 60.0)
_MAX_ASPECT = 1.5
_MIN_FILLED = 0.7
"""Share of the tilted rectangle around a patch that is ink once its small gaps are closed."""
_MAX_CANDIDATES = 8
_MARGIN_MM = 2.0

_RETRY_DPI = 600
_RETRIES = ((0.15, 0.05), (0.2, 0.01))
"""Blur in mm and noise share for the Wiener filter. On 432 noisy 200 dpi codes of 15 to 25 mm: 88 % are read
as they are, 99 % with the first, all with both (bench in tests/unit/ocr/test_codes.py)."""


def find(pixels: Pixels, dpi: float) -> tuple[Code, ...]:
    """Every code on the page, each once, boxes in points; stops looking after a second."""
    deadline = time.monotonic() + _BUDGET_S
    grey = grey_of(pixels)
    factor = min(1.0, PAGE_DPI / dpi)
    page = scaled(grey, factor)
    found = [_code(read, 0, 0, dpi * factor) for read in _read(page, _PAGE_FORMATS)]
    found += patches.find(page, dpi * factor)
    for x, y, width, height in _candidates(page, dpi * factor):
        if time.monotonic() > deadline:
            break
        left, top, right, bottom = (round(side / factor) for side in (x, y, x + width, y + height))
        if not any(_covers(code.box, (left + right) * 36 / dpi, (top + bottom) * 36 / dpi) for code in found):
            found += _retried(grey[top:bottom, left:right], left, top, dpi)
    return tuple(dict.fromkeys(found))


def draw(text: str, size_px: int) -> Pixels:
    """A QR code of the text (level M) with its quiet zone, black on white, size_px square."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture = np.array(zxingcpp.write_barcode_to_image(code, scale=1), dtype=np.uint8)
    return cv2.resize(picture, (size_px, size_px), interpolation=cv2.INTER_NEAREST).astype(np.uint8)


def _read(grey: Pixels, formats: zxingcpp.BarcodeFormats) -> list[zxingcpp.Barcode]:
    return [read for read in zxingcpp.read_barcodes(grey, formats=formats) if _is_plausible(read)]


def _is_plausible(read: zxingcpp.Barcode) -> bool:
    return bool(read.text) and (read.format.name == "QRCode" or len(read.text) >= _MIN_LINEAR_LETTERS)


def _retried(crop: Pixels, left: int, top: int, dpi: float) -> list[Code]:
    scale = max(1.0, _RETRY_DPI / dpi)
    for blur_mm, noise in _RETRIES:
        sharp = _unblurred(crop, blur_mm * dpi / 25.4, noise)
        reads = _read(_scaled(sharp, scale, cv2.INTER_CUBIC), _RETRY_FORMATS)
        if reads:
            return [_code(read, left * scale, top * scale, dpi * scale) for read in reads]
    return []


def _scaled(grey: Pixels, factor: float, method: int) -> Pixels:
    return cv2.resize(grey, None, fx=factor, fy=factor, interpolation=method).astype(np.uint8, copy=False)


def _unblurred(crop: Pixels, sigma: float, noise: float) -> Pixels:
    """Wiener deconvolution of a Gaussian blur."""
    height, width = crop.shape
    edge = 16
    framed = cv2.copyMakeBorder(crop, edge, edge, edge, edge, cv2.BORDER_REFLECT).astype(np.float32)
    rows, columns = framed.shape
    across = np.fft.rfftfreq(columns)[None, :]
    down = np.fft.fftfreq(rows)[:, None]
    blur = np.exp(-2 * (np.pi * sigma) ** 2 * (across**2 + down**2))
    sharp = np.fft.irfft2(np.fft.rfft2(framed) * blur / (blur**2 + noise), s=framed.shape)
    return np.clip(sharp[edge : edge + height, edge : edge + width], 0, 255).astype(np.uint8)


def _candidates(page: Pixels, dpi: float) -> list[tuple[int, int, int, int]]:
    """Rectangles of `page` that may hold a code: dense square patches set apart, fullest first."""
    factor = min(1.0, _FINDER_DPI / dpi)
    small = _scaled(page, factor, cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 20)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    ranked = sorted(
        ((_filled(line, dpi * factor / 25.4), cv2.boundingRect(line)) for line in outlines), reverse=True
    )
    margin = _MARGIN_MM * dpi * factor / 25.4
    likely = [box for filled, box in ranked[:_MAX_CANDIDATES] if filled >= _MIN_FILLED]
    return [_grown(box, margin, factor, page.shape) for box in likely]


def _filled(outline: cv2.typing.MatLike, per_mm: float) -> float:
    """How much of the tilted rectangle around the outline lies inside it; 0 where its size is no code's."""
    _, sides, _ = cv2.minAreaRect(outline)
    short, long = min(sides) / per_mm, max(sides) / per_mm
    if not (_SIDE_MM[0] <= short <= long <= min(_SIDE_MM[1], _MAX_ASPECT * short)):
        return 0.0
    return cv2.contourArea(outline) / (sides[0] * sides[1])


def _grown(
    box: Sequence[int], margin: float, factor: float, shape: tuple[int, ...]
) -> tuple[int, int, int, int]:
    x, y, width, height = box
    left, top = max(0, round((x - margin) / factor)), max(0, round((y - margin) / factor))
    right, bottom = round((x + width + margin) / factor), round((y + height + margin) / factor)
    return left, top, min(right, shape[1]) - left, min(bottom, shape[0]) - top


def _code(read: zxingcpp.Barcode, left: float, top: float, dpi: float) -> Code:
    place = read.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    xs = [(corner.x + left) * 72 / dpi for corner in corners]
    ys = [(corner.y + top) * 72 / dpi for corner in corners]
    return Code(read.format.name, read.text, Box(min(xs), min(ys), max(xs), max(ys)))


def _covers(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
