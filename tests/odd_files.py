"""Files as they come over a counter: every colour, depth and packing, each showing one line of text."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from ocr.pdf.compress import group4
from tests.born_digital import FONT

TEXT = "Ủy ban nhân dân xã"
SIZE = (620, 250)
DPI = 150


def sheet(mode: str = "RGB") -> Image.Image:
    """A strip of paper with one line."""
    paper = Image.new("RGB", SIZE, "white")
    face = ImageFont.truetype(str(FONT), 40)
    ImageDraw.Draw(paper).text((80, 90), TEXT, fill="black", font=face)
    return paper if mode == "RGB" else paper.convert(mode)


def picture(path: Path, mode: str, **saving: object) -> None:
    sheet(mode).save(path, dpi=(DPI, DPI), **saving)


def sixteen_bit(path: Path) -> None:
    deep = np.asarray(sheet("L")).astype(np.uint16) * 257
    Image.fromarray(deep).save(path, dpi=(DPI, DPI))


def turned_by_exif(path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn clockwise to see it
    sheet().rotate(90, expand=True).save(path, exif=exif, dpi=(DPI, DPI))


def heic(path: Path) -> None:
    """A phone tells no resolution, so the paper has to be a whole page."""
    page = Image.new("RGB", (1240, 1754), "white")
    page.paste(sheet(), (300, 700))
    pillow_heif.from_pillow(page).save(path)


def tiff_of_mixed_sizes(path: Path) -> None:
    others = [sheet("1").crop((0, 0, 620, 200)), sheet("L").resize((930, 375))]
    sheet().save(path, save_all=True, append_images=others, dpi=(DPI, DPI))


def pdf_with(path: Path, data: bytes, **said: object) -> None:
    """A PDF whose page is one picture, packed as told."""
    with pikepdf.new() as pdf:
        made = pdf.make_stream(data)
        made.Type, made.Subtype, (made.Width, made.Height) = Name.XObject, Name.Image, SIZE
        made.BitsPerComponent = 8
        for key, value in said.items():
            made[f"/{key}"] = value
        width, height = (side * 72 / DPI for side in SIZE)
        page = pdf.add_blank_page(page_size=(width, height))
        name = page.add_resource(made, Name.XObject)
        page.contents_add(f"q {width} 0 0 {height} 0 0 cm {name} Do Q".encode())
        pdf.save(path)


def jpeg2000_pdf(path: Path) -> None:
    out = io.BytesIO()
    sheet().save(out, "JPEG2000")
    pdf_with(path, out.getvalue(), Filter=Name.JPXDecode, ColorSpace=Name.DeviceRGB)


def jbig2_pdf(path: Path) -> None:
    """A generic region coded as Group 4 (ITU-T T.88 6.2.6) in a stream of its own."""
    ink = np.asarray(sheet("L")) < 128
    width, height = SIZE
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\x01" + group4(ink)
    data = _segment(0, 48, page) + _segment(1, 38, region)
    pdf_with(path, data, Filter=Name.JBIG2Decode, ColorSpace=Name.DeviceGray, BitsPerComponent=1)


def _segment(number: int, kind: int, body: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body


def cmyk_pdf(path: Path) -> None:
    out = io.BytesIO()
    sheet("CMYK").save(out, "JPEG", quality=90)
    upside = Array([1, 0] * 4)  # Adobe's JPEGs keep these colours inverted
    pdf_with(path, out.getvalue(), Filter=Name.DCTDecode, ColorSpace=Name.DeviceCMYK, Decode=upside)


def indexed_pdf(path: Path) -> None:
    paper = sheet("L").quantize(4)
    palette = bytes(paper.getpalette()[:12])  # type: ignore[index]
    space = Array([Name.Indexed, Name.DeviceRGB, 3, pikepdf.String(palette)])
    pdf_with(path, zlib.compress(paper.tobytes()), Filter=Name.FlateDecode, ColorSpace=space)


def one_bit_pdf(path: Path) -> None:
    width, height = SIZE
    packing = Dictionary(K=-1, Columns=width, Rows=height)
    data = group4(np.asarray(sheet("L")) < 128)
    pdf_with(
        path,
        data,
        Filter=Name.CCITTFaxDecode,
        DecodeParms=packing,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
    )


def sixteen_bit_pdf(path: Path) -> None:
    deep = (np.asarray(sheet()).astype(">u2") * 257).tobytes()
    said = {"Filter": Name.FlateDecode, "ColorSpace": Name.DeviceRGB, "BitsPerComponent": 16}
    pdf_with(path, zlib.compress(deep), **said)


def bomb_pdf(path: Path) -> None:
    """Ten kilobytes that ask for 1.2 GB of pixels."""
    side = 20_000
    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(bytes(1 << 20)) for _ in range(10)) + packed.flush()
    pdf_with(path, data, Filter=Name.FlateDecode, ColorSpace=Name.DeviceRGB, Width=side, Height=side)


def no_pages(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(path)


def locked(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))


def circle_of_pages(path: Path) -> None:
    """A page tree that is its own child."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)
        pdf.Root.Pages.Count = 9
        pdf.save(path)
