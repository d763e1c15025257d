"""What marks put into a file: embedded Vietnamese font, device-independent colour, no transparency."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.errors import MarkUnreadable
from signing.marks import font as marks_font
from signing.marks.mark import fitted, image_mark, text_mark
from signing.model import SealRequest, SigningRole
from signing.practice.office import PracticeOffice
from signing.seal.session import seal
from tests.unit.signing.conftest import OpenIdentity
from tests.unit.signing.sealed import assert_valid

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ"


def test_font_has_every_vietnamese_letter() -> None:
    for letter in VIETNAMESE + VIETNAMESE.upper():
        assert marks_font.encode(letter) != marks_font.encode("?"), letter


@given(st.text(alphabet=VIETNAMESE + " ", min_size=1, max_size=80), st.floats(40, 300))
def test_wrapped_text_keeps_all_words_and_its_width(text: str, width: float) -> None:
    mark = text_mark(text, width)
    assert [word for line in mark.lines for word in line.text.split()] == text.split()
    for line in mark.lines:
        assert " " not in line.text.strip() or marks_font.width(line.text, line.size) <= width


def test_picture_keeps_its_true_size_and_only_shrinks(office: PracticeOffice) -> None:
    mark = image_mark(office.mark("seal").seal_image or b"")
    assert mark.width == pytest.approx(36 / 25.4 * 72, abs=0.5)
    assert fitted(mark, 500, 500) == mark
    small = fitted(mark, 50, 500)
    assert small.width == pytest.approx(50) and small.height == pytest.approx(50, abs=0.5)


def test_pictures_that_are_none_are_refused() -> None:
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "JPEG")
    for data in (b"", b"\x89PNG\r\n\x1a\nrest", out.getvalue()):
        with pytest.raises(MarkUnreadable):
            image_mark(data)


def test_appearance_suits_pdf_a(office: PracticeOffice, identity: OpenIdentity, paper: Path) -> None:
    seal(paper, paper, SealRequest(SigningRole.SO_HOA), identity("clerk"), office.trust())
    request = SealRequest(SigningRole.KY_DUYET, mark=office.mark("official"))
    seal(paper, paper, request, identity("official"), office.trust())
    assert_valid(paper, office.trust(), expected=2)
    with pymupdf.open(paper) as document:
        fonts = {font[3]: document.extract_font(font[0]) for font in document.get_page_fonts(0, full=True)}
    assert fonts
    with paper.open("rb") as file:
        root = PdfFileReader(file).root
        for field in root["/AcroForm"]["/Fields"]:
            widget = field.get_object()
            assert widget["/F"] & 4 and not widget["/F"] & 2
            resources = widget["/AP"]["/N"]["/Resources"]
            for picture in resources.get("/XObject", {}).values():
                shown = picture.get_object()
                assert shown["/ColorSpace"][0] == "/CalRGB" and "/SMask" not in shown and "/Mask" in shown
            for font in resources.get("/Font", {}).values():
                inner = font.get_object()["/DescendantFonts"][0]
                assert "/FontFile2" in inner["/FontDescriptor"] and "/ToUnicode" in font.get_object()
        assert "/NeedAppearances" not in root["/AcroForm"]
