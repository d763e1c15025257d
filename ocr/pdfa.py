"""Searchable PDF/A-2u (ISO 19005-2) by construction: pictures with invisible words over them, and
the pages of a born-digital PDF as they are.

No time and no chance goes in, so the same input gives the same bytes.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, Stream

from ocr.errors import NoPages
from ocr.model import PageReading
from ocr.original import kept
from ocr.page import render
from ocr.pdf import pdfa_frame
from ocr.pdf.encoded import EncodedPage, Picture, Profile, RetainedPage
from ocr.pdf.glyphless import Letters
from ocr.pdf.hidden_text import content, number
from ocr.pdf.profiles import encoded
from ocr.pdf.retained import Source

_FONT = "F0"
_SIDE_PT = (3.0, 14400.0)
"""Limits of a page side (ISO 19005-2 6.1.13)."""


def encode_page(path: Path, number: int, reading: PageReading, profile: Profile = "archive") -> EncodedPage:
    """Compress one page for `write`. Runs in a worker: everything that goes in and out can be pickled.

    Raises the BadInput family when the page cannot be loaded.
    """
    if profile == "keep":
        pictures = kept(path, number, reading)
    else:
        pictures = encoded(render(path, number, reading.recipe), reading.width, reading.height, profile)
    return EncodedPage(reading.number, reading.width, reading.height, pictures, reading.text)


def write(
    pages: Iterable[EncodedPage | RetainedPage],
    out: Path,
    title: str,
    *,
    created: datetime | None = None,
    language: str = "vi-VN",
) -> None:
    """Write the pages as one PDF/A-2u file, complete or not at all. Raises NoPages when there are none.

    NotArchivable where a page cannot be retained after all.
    `created` is the only date that goes into the file; without it there is none.
    """
    with Pdf.new() as pdf, ExitStack() as stack:
        letters = Letters()
        font = pdf.make_indirect(Dictionary())
        sources: dict[Path, Source] = {}
        for page in pages:
            if isinstance(page, EncodedPage):
                _add(pdf, page, font, letters)
            else:
                if page.file not in sources:
                    sources[page.file] = stack.enter_context(Source(page.file))
                pdf.pages.append(sources[page.file].page(page.number))
        if not pdf.pages:
            raise NoPages(name=out.name)
        pdfa_frame.fill_font(pdf, font, letters)
        pdfa_frame.add_output_intent(pdf)
        pdfa_frame.add_metadata(pdf, title, language, created)
        _save(pdf, out)


def _save(pdf: Pdf, out: Path) -> None:
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            pdf.save(
                file,
                deterministic_id=True,
                fix_metadata_version=False,
                force_version="1.7",
                object_stream_mode=ObjectStreamMode.disable,
            )
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _add(pdf: Pdf, page: EncodedPage, font: Object, letters: Letters) -> None:
    width, height = (min(max(side, _SIDE_PT[0]), _SIDE_PT[1]) for side in (page.width, page.height))
    images = Dictionary()
    parts = []
    for index, picture in enumerate(page.pictures):
        images[f"/I{index}"] = pdf.make_indirect(_image(pdf, picture))
        parts.append(_shown(picture, f"I{index}", height))
    parts.append(content(page.text, height, _FONT, letters))
    resources = Dictionary(XObject=images, Font=Dictionary({f"/{_FONT}": font}))
    made = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
        Resources=resources,
        Contents=pdf.make_indirect(Stream(pdf, b"\n".join(part for part in parts if part))),
    )
    pdf.pages.append(Page(pdf.make_indirect(made)))


def _shown(picture: Picture, name: str, page_height: float) -> bytes:
    place = " ".join(number(value) for value in _matrix(picture, page_height))
    colour = "" if picture.ink is None else " ".join(f"{part / 255:.3f}" for part in picture.ink) + " rg "
    return f"q {colour}{place} cm /{name} Do Q".encode("ascii")


def _matrix(picture: Picture, page_height: float) -> tuple[float, ...]:
    """From the unit square to the page (ISO 32000-1 8.9.5.1)."""
    box = picture.box
    width, height = box.x1 - box.x0, box.y1 - box.y0
    if not picture.lean_deg:
        return width, 0, 0, height, box.x0, page_height - box.y1
    cos, sin = math.cos(math.radians(picture.lean_deg)), math.sin(math.radians(picture.lean_deg))
    a, b, c, d = width * cos, width * sin, -height * sin, height * cos
    middle = (box.x0 + box.x1) / 2, page_height - (box.y0 + box.y1) / 2
    return a, b, c, d, middle[0] - (a + c) / 2, middle[1] - (b + d) / 2


def _image(pdf: Pdf, picture: Picture) -> Stream:
    made = Stream(pdf, picture.data)
    made.Type, made.Subtype = Name.XObject, Name.Image
    made.Width, made.Height, made.BitsPerComponent = picture.width, picture.height, picture.bits
    made.Filter = Name("/" + picture.filter)
    if picture.stencil is not None:
        made.Mask = pdf.make_indirect(_image(pdf, picture.stencil))
    if picture.ink is not None:
        made.ImageMask = True
    else:
        made.ColorSpace = Name.DeviceRGB if picture.channels == 3 else Name.DeviceGray
    if picture.filter == "CCITTFaxDecode":
        made.DecodeParms = Dictionary(K=-1, Columns=picture.width, Rows=picture.height)
    elif picture.filter == "FlateDecode":
        made.DecodeParms = Dictionary(
            Predictor=15, Colors=picture.channels, BitsPerComponent=picture.bits, Columns=picture.width
        )
    return made
