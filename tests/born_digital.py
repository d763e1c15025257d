"""Small PDFs as offices' programs write them: letters, forms, old fonts, pages of several sorts."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

TEXT = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2025"
FONT = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "tinos-regular.ttf"


def letter(path: Path) -> Path:
    """A page with an embedded font, a drawing and a web link."""
    with pymupdf.open() as document:
        page: Any = document.new_page()
        page.insert_text((72, 100), TEXT, fontname="F1", fontfile=str(FONT), fontsize=13)
        page.draw_rect(pymupdf.Rect(72, 200, 300, 300), color=(0.8, 0.1, 0.1), width=2)
        area = pymupdf.Rect(72, 80, 200, 110)
        page.insert_link({"kind": pymupdf.LINK_URI, "from": area, "uri": "https://example.vn"})
        document.save(path)
    return path


def plain(path: Path, text: str = "Cong hoa xa hoi chu nghia Viet Nam") -> Path:
    """A page in Times that nobody embeds."""
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 100), text, fontname="tiro", fontsize=20)
        document.save(path)
    return path


def scan() -> bytes:
    """A PNG of a line of text at 150 dpi."""
    picture = Image.new("L", (1240, 700), 255)
    face = ImageFont.truetype(str(FONT), 30)
    ImageDraw.Draw(picture).text((80, 300), TEXT, fill=0, font=face)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def mixed(path: Path) -> Path:
    """A born-digital page, a scanned one, an empty one."""
    with pymupdf.open() as document:
        first: Any = document.new_page(width=595, height=336)
        first.insert_text((60, 100), TEXT, fontname="F1", fontfile=str(FONT), fontsize=14)
        second: Any = document.new_page(width=595, height=336)
        second.insert_image(second.rect, stream=scan())
        document.new_page(width=595, height=336)
        document.save(path)
    return path


def spoilt(path: Path, spoil: Callable[[pikepdf.Pdf], None]) -> Path:
    """The same file with something changed in it."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        spoil(pdf)
        pdf.save(path)
    return path


def font_of(pdf: pikepdf.Pdf) -> Any:
    """The only font of the first page."""
    [font] = pdf.pages[0].Resources.Font.values()
    return font


def fill_in(pdf: pikepdf.Pdf) -> None:
    """Add a form field with a value and how it looks."""
    shows = pdf.make_stream(b"1 0 0 rg 0 0 50 10 re f")
    shows.Type, shows.Subtype, shows.BBox = Name.XObject, Name.Form, [0, 0, 50, 10]
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="ten", V="An", F=4)
    field.Rect, field.AP = Array([100, 500, 200, 520]), Dictionary(N=shows)
    field = pdf.make_indirect(field)
    pdf.pages[0].Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def add_scripts(pdf: pikepdf.Pdf) -> None:
    """Add what runs by itself, and an attached program."""
    script = Dictionary(S=Name.JavaScript, JS="app.alert('x')")
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.pages[0].AA = Dictionary(O=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["x", script])))
    pdf.attachments["a.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ", filename="a.exe")


def print_in_cmyk(pdf: pikepdf.Pdf) -> None:
    """Add a rectangle in printing colours."""
    pdf.pages[0].contents_add(b"1 0 0.5 0 k 10 10 50 50 re f")


def make_untidy(pdf: pikepdf.Pdf) -> None:
    """Add what PDF/A bars and nobody would miss: transfer functions, smoothing, inherited resources."""
    state = Dictionary(TR=Name.Identity, TR2=Name.Identity, HTP=Array([0, 0]))
    pdf.pages[0].Resources.ExtGState = Dictionary(G9=state)
    pdf.pages[0].contents_add(b"/G9 gs", prepend=True)
    picture = pdf.make_stream(b"\xff" * 12)
    picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    picture.Width, picture.Height, picture.BitsPerComponent, picture.Interpolate = 2, 2, 8, True
    name = pdf.pages[0].add_resource(picture, Name.XObject)
    pdf.pages[0].contents_add(f"q 9 0 0 9 9 9 cm {name} Do Q".encode())
    pdf.Root.Pages.Resources = pdf.pages[0].Resources
    del pdf.pages[0].obj.Resources
