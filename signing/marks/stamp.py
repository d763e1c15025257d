"""Draws a mark as the appearance of a signature field, in colours and fonts that PDF/A accepts.

Pictures are cut out with a 1-bit mask instead of an alpha channel: no transparency group is needed, so the
page itself, which earlier signatures cover, stays untouched (ISO 19005-2 6.2.10).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import cos, radians, sin
from typing import Any

from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AppearanceContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStampStyle

from signing.marks import font as marks_font
from signing.marks.mark import Mark

_MAX_SIDE = 1600
"""Pixels; a 36 mm seal at 1100 dpi."""
# Colours that need no output intent (ISO 32000-1 8.6.5.2 and 8.6.5.3): daylight white, sRGB primaries.
_WHITE = (0.9505, 1.0, 1.089)
_PRIMARIES = (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505)


_NOTHING = Mark(0, 0)


@dataclass(frozen=True)
class MarkStyle(BaseStampStyle):
    """Hands our mark to pyHanko; `turn` is the page's own rotation, undone so that the mark is upright."""

    mark: Mark = _NOTHING
    turn: int = 0

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> Any:
        across, down = (box.height, box.width) if self.turn % 180 else (box.width, box.height)
        return MarkStamp(writer, self.mark, BoxConstraints(width=across, height=down), self.turn)


class MarkStamp(AppearanceContent):
    """The form XObject of a mark."""

    def __init__(self, writer: BasePdfFileWriter, mark: Mark, box: BoxConstraints, turn: int) -> None:
        super().__init__(writer, box)
        self._mark = mark
        self._turn = turn

    def render(self) -> bytes:
        down = self.box.height - self._mark.height
        # Pictures stand in the middle of a larger place, text at its top left.
        x, y = ((self.box.width - self._mark.width) / 2, down / 2) if self._mark.image else (0, down)
        parts = [f"1 0 0 1 {x:.3f} {y:.3f} cm"]
        if self._mark.image:
            self.set_resource(ResourceType.XOBJECT, pdf_name("/Picture"), self._picture(self._mark.image))
            parts.append(f"q {self._mark.width:.3f} 0 0 {self._mark.height:.3f} 0 0 cm /Picture Do Q")
        if self._mark.lines:
            font = marks_font.embed(self._ensure_writer, tuple(line.text for line in self._mark.lines))
            self.set_resource(ResourceType.FONT, pdf_name("/Times"), font)
            self.set_resource(
                ResourceType.COLOR_SPACE,
                pdf_name("/Ink"),
                _calibrated("/CalGray", Gamma=generic.FloatObject(2.2)),
            )
            parts.append(f"q /Ink cs 0 sc BT {self._text()} ET Q")
        return "\n".join(["q", *parts, "Q"]).encode("ascii")

    def as_form_xobject(self) -> generic.StreamObject:
        form = super().as_form_xobject()
        if self._turn:
            c, s = round(cos(radians(self._turn))), round(sin(radians(self._turn)))
            form["/Matrix"] = generic.ArrayObject(generic.NumberObject(n) for n in (c, s, -s, c, 0, 0))
        return form

    def _text(self) -> str:
        return " ".join(
            f"/Times {line.size:g} Tf 1 0 0 1 {line.x:.3f} {self._mark.height - line.y:.3f} Tm "
            f"<{''.join(f'{glyph:04x}' for glyph in marks_font.encode(line.text))}> Tj"
            for line in self._mark.lines
        )

    def _picture(self, png: bytes) -> generic.IndirectObject:
        width, height, colours, shape = _unpacked(png)
        mask = _image(width, height, 1, shape)
        mask["/ImageMask"] = generic.BooleanObject(True)
        picture = _image(width, height, 8, colours)
        picture["/ColorSpace"] = _calibrated(
            "/CalRGB", Gamma=_numbers(2.2, 2.2, 2.2), Matrix=_numbers(*_PRIMARIES)
        )
        picture["/Mask"] = self._ensure_writer.add_object(mask)
        return self._ensure_writer.add_object(picture)


@lru_cache(maxsize=16)
def _unpacked(png: bytes) -> tuple[int, int, bytes, bytes]:
    """Width, height, compressed colours and compressed 1-bit mask (1 = not painted, ISO 32000-1 8.9.6.3)."""
    with Image.open(BytesIO(png), formats=("PNG",)) as opened:
        image = opened.convert("RGBA")
    image.thumbnail((_MAX_SIDE, _MAX_SIDE))
    hidden = image.getchannel("A").point([255] * 128 + [0] * 128).convert("1", dither=Image.Dither.NONE)
    return (*image.size, zlib.compress(image.convert("RGB").tobytes(), 9), zlib.compress(hidden.tobytes(), 9))


def _image(width: int, height: int, bits: int, packed: bytes) -> generic.StreamObject:
    entries: dict[str, generic.PdfObject] = {
        "/Type": pdf_name("/XObject"),
        "/Subtype": pdf_name("/Image"),
        "/Width": generic.NumberObject(width),
        "/Height": generic.NumberObject(height),
        "/BitsPerComponent": generic.NumberObject(bits),
        "/Filter": pdf_name("/FlateDecode"),
    }
    return generic.StreamObject({pdf_name(key): value for key, value in entries.items()}, encoded_data=packed)


def _calibrated(family: str, **entries: generic.PdfObject) -> generic.ArrayObject:
    space: dict[Any, generic.PdfObject] = {pdf_name("/WhitePoint"): _numbers(*_WHITE)}
    space |= {pdf_name(f"/{key}"): value for key, value in entries.items()}
    return generic.ArrayObject([pdf_name(family), generic.DictionaryObject(space)])


def _numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject(generic.FloatObject(value) for value in values)
