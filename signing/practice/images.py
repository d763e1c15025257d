"""Practice pictures: a blue hand-written-looking signature and a red round seal, both saying THỰC HÀNH.

NĐ 30/2020 PL I: signature image blue, seal image red, both transparent PNG, the seal at its actual size.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

_DPI = 300
_BLUE = (20, 40, 170, 255)
_RED = (214, 0, 28, 255)
SEAL_MM = 36
"""Outer diameter; 35 mm on real files of a department, 36 mm by TT 21/2012/TT-BCA from memory. Marks take
the size from the picture, so nothing else depends on it."""


@cache
def signature(person: str) -> bytes:
    """Blue flourish over the practice notice, 45 x 20 mm."""
    width, height = _pixels(45), _pixels(20)
    image = Image.new("RGBA", (width, height), (20, 40, 170, 0))
    draw = ImageDraw.Draw(image)
    points = [_stroke(step / 240, sum(map(ord, person)), width, height) for step in range(241)]
    draw.line(points, fill=_BLUE, width=9, joint="curve")
    _centred(draw, "THỰC HÀNH", width / 2, height - 34, _font(34), _BLUE)
    return _png(image)


@cache
def seal(agency: str) -> bytes:
    """Red round seal with the agency's name round the rim and the practice notice in the middle."""
    size = _pixels(SEAL_MM)
    image = Image.new("RGBA", (size, size), (214, 0, 28, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((4, 4, size - 5, size - 5), outline=_RED, width=9)
    inset = size * 0.2
    draw.ellipse((inset, inset, size - inset, size - inset), outline=_RED, width=4)
    _round_text(image, agency.upper() + " ★ ", size)
    for offset, line, points in ((-34, "THỰC HÀNH", 38), (10, "KHÔNG CÓ", 32), (46, "GIÁ TRỊ", 32)):
        _centred(draw, line, size / 2, size / 2 + offset, _font(points), _RED)
    return _png(image)


def _round_text(image: Image.Image, text: str, size: int) -> None:
    font = _font(40)
    radius = size * 0.385
    for index, letter in enumerate(text):
        angle = 360 * index / len(text) + 200
        tile = Image.new("RGBA", (90, 90), (214, 0, 28, 0))
        ImageDraw.Draw(tile).text((45, 45), letter, font=font, fill=_RED, anchor="mm")
        turned = tile.rotate(-(angle - 270) - 0, resample=Image.Resampling.BICUBIC)
        x = size / 2 + radius * math.cos(math.radians(angle))
        y = size / 2 + radius * math.sin(math.radians(angle))
        image.alpha_composite(turned, (max(0, round(x - 45)), max(0, round(y - 45))))


def _stroke(part: float, seed: int, width: int, height: int) -> tuple[float, float]:
    loops = 5 + seed % 3
    x = 0.08 + 0.84 * part + 0.05 * math.sin(2 * math.pi * loops * part)
    y = 0.42 + 0.3 * (1 - part) * math.cos(2 * math.pi * loops * part + seed) + 0.08 * part
    return x * width, y * height


def _centred(
    draw: ImageDraw.ImageDraw,
    text: str,
    x: float,
    y: float,
    font: ImageFont.FreeTypeFont,
    fill: tuple[int, int, int, int],
) -> None:
    draw.text((x, y), text, font=font, fill=fill, anchor="mm")


@cache
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    data = files("resources").joinpath("fonts", "tinos-bold.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(data), pixels)


def _pixels(millimetres: float) -> int:
    return round(millimetres / 25.4 * _DPI)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", dpi=(_DPI, _DPI), optimize=True)
    return out.getvalue()
