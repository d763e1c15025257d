"""Writes pictures the way scanners, phones and office programs do; the same pixels give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pillow_heif
import pymupdf as _pymupdf
from PIL import Image

from resources.specimens.sheet import Pixels

pymupdf: Any = _pymupdf  # its functions carry no types


def jpeg(picture: Pixels, dpi: int = 300, quality: int = 75) -> bytes:
    """A picture as a scanner sends it."""
    out = BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return out.getvalue()


def png(picture: Pixels, dpi: int = 300) -> bytes:
    """A picture without loss."""
    out = BytesIO()
    Image.fromarray(picture).save(out, "PNG", dpi=(dpi, dpi), compress_level=4)
    return out.getvalue()


def heic(picture: Pixels, dpi: int = 300, quality: int = 60) -> bytes:
    """What a telephone makes (ISO/IEC 23008-12)."""
    high, wide = picture.shape[:2]
    out = BytesIO()
    image = pillow_heif.from_bytes("RGB", (wide, high), picture.tobytes())
    # the default effort takes twenty seconds a picture
    image.save(out, quality=quality, enc_params={"preset": "ultrafast"})
    return out.getvalue()


def tiff(pictures: Sequence[Pixels], dpi: int = 300, quality: int = 75) -> bytes:
    """A multi-page TIFF whose pages are JPEG streams."""
    out = BytesIO()
    first, *rest = [Image.fromarray(picture) for picture in pictures]
    first.save(
        out, "TIFF", compression="jpeg", quality=quality, dpi=(dpi, dpi), save_all=True, append_images=rest
    )
    return out.getvalue()


def pdf(pictures: Sequence[Pixels], dpi: int = 300, quality: int = 75) -> bytes:
    """A PDF of pictures without any text, as most office scanners make it."""
    document = pymupdf.open()
    for picture in pictures:
        high, wide = picture.shape[:2]
        page = document.new_page(width=wide * 72 / dpi, height=high * 72 / dpi)
        page.insert_image(page.rect, stream=jpeg(picture, dpi, quality))
    data: bytes = document.tobytes(no_new_id=True, garbage=1)
    return data
