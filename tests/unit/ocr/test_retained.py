"""Born-digital pages go into PDF/A as they are, or it is said why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pymupdf
import pytest
from pikepdf import Array, Dictionary, Name

from ocr import pdfa
from ocr.errors import NotArchivable
from ocr.pdf.encoded import RetainedPage
from ocr.pdf.retained import hindrance
from ocr.vietnamese.legacy_encodings import encode
from tests.born_digital import (
    TEXT,
    add_scripts,
    fill_in,
    font_of,
    letter,
    make_untidy,
    plain,
    print_in_cmyk,
    spoilt,
)

Spoil = Callable[[pikepdf.Pdf], None]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return letter(tmp_path / "letter.pdf")


def retained(path: Path) -> Path:
    out = path.with_suffix(".out.pdf")
    pdfa.write([RetainedPage(path, 1)], out, "Mẫu")
    return out


def looks_like(one: Path, other: Path) -> bool:
    """The same pixels; one level is what naming sRGB may change."""
    pixels = []
    for path in (one, other):
        with pymupdf.open(path) as document:
            pixmap: Any = document[0].get_pixmap(dpi=100)
            pixels.append(np.frombuffer(pixmap.samples, np.uint8).astype(int))
    return bool(np.abs(pixels[0] - pixels[1]).max() <= 1)


def text(path: Path) -> str:
    with pymupdf.open(path) as document:
        return " ".join(document[0].get_text().split())


def test_the_page_looks_and_reads_the_same(paper: Path) -> None:
    out = retained(paper)
    assert looks_like(out, paper)
    assert text(out) == TEXT
    with pikepdf.open(out) as pdf:
        assert not list(pdf.pages[0].get_images())
        [link] = pdf.pages[0].Annots
        assert str(link.A.URI) == "https://example.vn"
    again = paper.with_name("again.pdf")
    pdfa.write([RetainedPage(paper, 1)], again, "Mẫu")
    assert again.read_bytes() == out.read_bytes()


def test_what_belongs_to_the_file_does_not_come_along(paper: Path) -> None:
    out = retained(spoilt(paper, add_scripts))
    data = out.read_bytes()
    for forbidden in (b"JavaScript", b"EmbeddedFile", b"OpenAction", b"/AA", b"Filespec"):
        assert forbidden not in data
    assert text(out) == TEXT


def test_a_form_keeps_what_was_filled_in(paper: Path) -> None:
    spoilt(paper, fill_in)
    out = retained(paper)
    assert looks_like(out, paper)
    with pikepdf.open(out) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[0]

    def forget_looks(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].Annots[0].AP

    assert hindrance(spoilt(paper, forget_looks), 1) == "form_unseen"


def test_a_font_that_everybody_has_is_embedded_with_its_widths(tmp_path: Path) -> None:
    path = plain(tmp_path / "plain.pdf")
    out = retained(path)
    with pikepdf.open(out) as pdf:
        [font] = pdf.pages[0].Resources.Font.values()
        assert "/FontFile2" in font.FontDescriptor
    with pymupdf.open(path) as before, pymupdf.open(out) as after:
        old, new = (document[0].get_text("words") for document in (before, after))
    assert [word[4] for word in new] == [word[4] for word in old]
    for was, now in zip(old, new, strict=True):
        assert now[:3:2] == pytest.approx(was[:3:2], abs=0.1)


def test_letters_of_a_legacy_font_are_told(tmp_path: Path) -> None:
    """The glyphs stay, copying gives Vietnamese."""
    path = plain(tmp_path / "old.pdf", encode("Cộng hòa xã hội", "tcvn3"))
    pdfa.write([RetainedPage(path, 1)], tmp_path / "embedded.pdf", "x")
    with pikepdf.open(tmp_path / "embedded.pdf") as pdf:
        font_of(pdf).BaseFont = Name("/.VnTime")
        pdf.save(path)
    out = retained(path)
    assert looks_like(out, path)
    assert text(out) == "Cộng hòa xã hội"


def _lose_font(pdf: pikepdf.Pdf) -> None:
    del font_of(pdf).DescendantFonts[0].FontDescriptor.FontFile2


def _lose_unicode(pdf: pikepdf.Pdf) -> None:
    del font_of(pdf).ToUnicode


def _lie_about_widths(pdf: pikepdf.Pdf) -> None:
    font_of(pdf).DescendantFonts[0].W = Array([0, 999, 777])


def _break_font(pdf: pikepdf.Pdf) -> None:
    font_of(pdf).DescendantFonts[0].FontDescriptor.FontFile2.write(b"\0\1\0\0broken")


def _cmyk_picture(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(b"\0" * 16)
    picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, Name.DeviceCMYK
    picture.Width, picture.Height, picture.BitsPerComponent = 2, 2, 8
    pdf.pages[0].contents_add(
        f"q 9 0 0 9 9 9 cm {pdf.pages[0].add_resource(picture, Name.XObject)} Do Q".encode()
    )


def _unknown_operator(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"BX 1 2 zz EX")


def _nest(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"q " * 40 + b"Q " * 40)


def _call_itself(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/X Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, [0, 0, 9, 9]
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].contents_add(f"{pdf.pages[0].add_resource(form, Name.XObject)} Do /nowhere Do".encode())


def _hide_a_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="x"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_lose_font, "font_missing"),
        (_lose_unicode, "text_without_unicode"),
        (_lie_about_widths, "font_widths"),
        (_break_font, "font_broken"),
        (print_in_cmyk, "colour_cmyk"),
        (_cmyk_picture, "colour_cmyk"),
        (_unknown_operator, "content_unknown"),
        (_nest, "content_nested"),
        (_call_itself, "content_broken"),
        (_hide_a_layer, "layers_hidden"),
    ],
)
def test_what_pdfa_does_not_allow_is_named(paper: Path, spoil: Spoil, reason: str) -> None:
    assert hindrance(paper, 1) is None
    assert hindrance(spoilt(paper, spoil), 1) == reason
    with pytest.raises(NotArchivable):
        retained(paper)
    assert not paper.with_suffix(".out.pdf").exists()


def test_faults_that_can_be_mended_are(paper: Path) -> None:
    out = retained(spoilt(paper, make_untidy))
    with pikepdf.open(out) as pdf:
        assert "/TR" not in pdf.pages[0].obj.Resources.ExtGState.G9
        assert all("/Interpolate" not in picture for picture in pdf.pages[0].obj.Resources.XObject.values())
    assert text(out) == TEXT
