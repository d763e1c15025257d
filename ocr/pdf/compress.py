"""Pixels to the compressed bytes that a PDF may hold as they are."""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.TiffImagePlugin import STRIPBYTECOUNTS, STRIPOFFSETS

from ocr.ports import Pixels

_ONE_STRIP = 2**30
_PNG_HEAD = 8


def jpeg(pixels: Pixels, quality: int) -> bytes:
    """Baseline JPEG with optimised tables; colour at half resolution, as scanners do."""
    done, data = cv2.imencode(
        ".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    )
    if not done:
        raise ValueError(f"no JPEG of {pixels.shape}")
    return data.tobytes()


def group4(mask: NDArray[np.bool_] | Pixels) -> bytes:
    """CCITT Group 4 data of a mask; what is not zero is black."""
    height, width = mask.shape
    picture = Image.frombytes("1", (width, height), np.packbits(mask != 0, axis=1).tobytes())
    out = io.BytesIO()
    picture.save(out, "TIFF", compression="group4", strip_size=_ONE_STRIP)
    with Image.open(out) as made:
        tags = made.tag_v2  # type: ignore[attr-defined]
        (offset,), (length,) = tags[STRIPOFFSETS], tags[STRIPBYTECOUNTS]
    return out.getvalue()[offset : offset + length]


def flate(pixels: Pixels) -> bytes:
    """Lossless: the deflated rows of a PNG, which PDF reads with predictor 15 (ISO 32000-1 7.4.4.4)."""
    done, data = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 6])
    if not done:
        raise ValueError(f"no PNG of {pixels.shape}")
    return b"".join(body for kind, body in _chunks(data.tobytes()) if kind == b"IDAT")


def _chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    chunks: list[tuple[bytes, bytes]] = []
    at = _PNG_HEAD
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        chunks.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += length + 12
    return chunks
