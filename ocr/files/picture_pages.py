"""Pages of picture files (JPEG, PNG, TIFF, HEIC, ...), decoded by Pillow within limits."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
from PIL import Image, ImageOps

from ocr.errors import BadInput, PageMissing, TooLarge, TooSmall, Truncated
from ocr.ports import PageImage, Pixels

MAX_PIXELS = 80_000_000
"""A3 at 600 dpi has 70 million; more would take over 240 MB for one page."""
MIN_SIDE = 32
_STRIP = 256
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "JPEG2000", "GIF", "WEBP", "HEIF", "AVIF")

A4_LONG_SIDE_INCH = 297 / 25.4
_PLAUSIBLE_LONG_SIDE_INCH = (3.0, 24.0)

pillow_heif.register_heif_opener()


def count_and_signed(path: Path) -> tuple[int, bool]:
    """How many pages the file holds; pictures are never signed."""
    with _opened(path) as image:
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1, False


def load(path: Path, number: int) -> PageImage:
    """Decode one page: turned as EXIF says, any colour mode to 8-bit blue-green-red."""
    with _opened(path) as image:
        if number > 1:
            _seek(image, number, path)
        _check_size(image, path)
        dpi = _resolution(image)
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        pixels = _to_bgr(image)
    return PageImage(pixels, dpi or guess_dpi(pixels))


def told_resolution(path: Path) -> float | None:
    """Dots per inch that the file itself tells; None where it tells none, or none that a sheet can have."""
    with _opened(path) as image:
        return _resolution(image)


def guess_dpi(pixels: Pixels) -> float:
    """Resolution of a picture that does not tell it: its long side is taken for an A4 sheet's."""
    return float(round(max(pixels.shape[:2]) / A4_LONG_SIDE_INCH))


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Pillow raises nearly anything on broken files (struct.error, TypeError, SyntaxError, ...)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(path, formats=FORMATS) as image:
                _check_size(image, path)
                yield image
        except BadInput:
            raise
        except Image.DecompressionBombError as problem:
            found = re.search(r"\d+", str(problem))
            raise _too_large(path, int(found[0]) if found else 0) from problem
        except MemoryError as problem:
            raise _too_large(path, 0) from problem
        except Exception as problem:
            raise Truncated(name=path.name, reason=type(problem).__name__) from problem


def _seek(image: Image.Image, number: int, path: Path) -> None:
    try:
        image.seek(number - 1)
    except EOFError as problem:
        raise PageMissing(name=path.name, number=number) from problem


def _check_size(image: Image.Image, path: Path) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_large(path, width * height, width=width, height=height)
    if min(width, height) < MIN_SIDE:
        raise TooSmall(name=path.name, width=width, height=height)


def _too_large(path: Path, pixels: int, **facts: int) -> TooLarge:
    return TooLarge(name=path.name, megapixels=pixels // 1_000_000, limit=MAX_PIXELS // 1_000_000, **facts)


def _resolution(image: Image.Image) -> float | None:
    """What the file says, unless the page would then be no sheet of paper (cameras write 72)."""
    told = image.info.get("dpi")
    if not told or not all(value and value > 0 for value in told):
        return None
    horizontal, vertical = (float(value) for value in told)
    if not 0.5 < horizontal / vertical < 2:
        return None
    long_side = max(image.size) / vertical
    low, high = _PLAUSIBLE_LONG_SIDE_INCH
    return vertical if low <= long_side <= high else None


def _to_bgr(image: Image.Image) -> Pixels:
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        image = Image.fromarray(_to_eight_bits(np.asarray(image)))
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        image = Image.new("RGBA", rgba.size, "white")
        image.alpha_composite(rgba)
    rgb = image if image.mode == "RGB" else image.convert("RGB")
    width, height = rgb.size
    pixels = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _STRIP):  # in one piece Pillow would hold the page three times
        bottom = min(height, top + _STRIP)
        strip = np.asarray(rgb.crop((0, top, width, bottom)))
        cv2.cvtColor(strip, cv2.COLOR_RGB2BGR, dst=pixels[top:bottom])
    return pixels


def _to_eight_bits(deep: np.ndarray) -> Pixels:
    """16-bit scans fill 0-65535; a wider type is stretched over what it holds."""
    values = deep.astype(np.float32)
    top = 65535.0 if 255 < values.max() <= 65535 else max(float(values.max()), 1.0)
    eight: Pixels = np.clip(values * (255.0 / top), 0, 255).astype(np.uint8)
    return eight
