"""Marks stand where the role says, inside the page, on no text, whatever the page's rotation and crop box."""

from __future__ import annotations

import math
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing.errors import NoRoom
from signing.marks import placement
from signing.marks.roles import RULES
from signing.marks.signature_block import SignatureBlock, find_block
from signing.model import Placement, SealRequest, SigningRole
from signing.pdf.page_layout import PageLayout, TextWord, from_pdf, open_pdf, to_pdf
from signing.practice.office import PracticeOffice
from signing.seal.session import seal
from tests.bench import marks
from tests.unit.signing.conftest import OpenIdentity
from tests.unit.signing.papers import decision
from tests.unit.signing.sealed import assert_valid

TURNS = (0, 90, 180, 270)
CROP = (30, 20, 580, 800)


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("crop", [None, CROP])
def test_mark_is_seen_where_it_was_placed(
    office: PracticeOffice,
    identity: OpenIdentity,
    tmp_path: Path,
    turn: int,
    crop: tuple[float, float, float, float] | None,
) -> None:
    paper = decision(tmp_path / "paper.pdf", turn, crop)
    with pymupdf.open(paper) as document:
        before = document[0].get_pixmap(dpi=36, colorspace=pymupdf.csGRAY)
    done = seal(paper, paper, SealRequest(SigningRole.SO_HOA), identity("clerk"), office.trust())
    assert_valid(paper, office.trust(), expected=1)
    with pymupdf.open(paper) as document:
        after = document[0].get_pixmap(dpi=36, colorspace=pymupdf.csGRAY)
        page = document[0].rect
    place = done.placement
    assert place is not None and page.contains(pymupdf.Rect(*place[1:]))
    changed = [
        (index % after.stride * 2, index // after.stride * 2)
        for index, (one, two) in enumerate(zip(before.samples, after.samples, strict=True))
        if abs(one - two) > 40
    ]
    assert len(changed) > 20
    for x, y in changed:
        assert place.x0 - 4 <= x <= place.x1 + 4 and place.y0 - 4 <= y <= place.y1 + 4


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(TURNS),
    st.tuples(st.floats(0, 200), st.floats(0, 200), st.floats(10, 200), st.floats(10, 200)),
    st.booleans(),
)
def test_page_coordinates_there_and_back(
    turn: int, box: tuple[float, float, float, float], cropped: bool
) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        if cropped:
            page.set_cropbox(pymupdf.Rect(*CROP))
        page.set_rotation(turn)
        x, y, width, height = box
        place = Placement(1, x, y, x + width, y + height)
        assert from_pdf(document, 1, to_pdf(document, place)) == pytest.approx(place, abs=1e-3)


def test_signature_stands_between_title_and_name_and_seal_covers_its_left_third(paper: Path) -> None:
    signature = placement.find(paper, SigningRole.KY_DUYET)
    assert signature.page == 1 and signature.y0 > 608 and signature.y1 < 700 and signature.x0 > 297
    stamp = placement.find(paper, SigningRole.DONG_DAU)
    covered = (stamp.x1 - signature.x0) / (signature.x1 - signature.x0)
    assert covered == pytest.approx(1 / 3, abs=0.05)
    assert stamp.x1 - stamp.x0 == stamp.y1 - stamp.y0 == 102


@pytest.mark.parametrize("role", [role for role in SigningRole if RULES[role].spot.startswith("top")])
def test_corner_marks_cover_no_text_and_stay_in_their_corner(paper: Path, role: SigningRole) -> None:
    place = placement.find(paper, role)
    document = open_pdf(str(paper))
    words = document[0].get_text("words")
    document.close()
    assert not any(pymupdf.Rect(*word[:4]).intersects(pymupdf.Rect(*place[1:])) for word in words)
    assert place.y1 < 70 and (place.x0 < 20 if RULES[role].spot == "top_left" else place.x1 > 575)


def test_words_of_a_scan_come_from_recognition(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    with pymupdf.open() as document:
        document.new_page(width=595, height=842)
        document.save(scan)
    with pytest.raises(NoRoom):
        placement.find(scan, SigningRole.KY_DUYET)
    words = {1: [TextWord(380, 600, 460, 614, "CHỦ"), TextWord(464, 600, 500, 614, "TỊCH"),
                 TextWord(390, 700, 430, 714, "Lê"), TextWord(434, 700, 480, 714, "Mẫu")]}  # fmt: skip
    place = placement.find(scan, SigningRole.KY_DUYET, words=words)
    assert place.y0 > 614 and place.y1 < 700


@pytest.mark.parametrize("unread", [(370, 655, 490, 668), (290, 595, 560, 790)])
def test_text_that_recognition_did_not_read_is_not_covered(
    tmp_path: Path, unread: tuple[float, float, float, float]
) -> None:
    scan, name = tmp_path / "scan.pdf", pymupdf.Rect(*unread)
    with pymupdf.open() as document:
        document.new_page(width=595, height=842).draw_rect(name, fill=(0, 0, 0))
        document.save(scan)
    words = {1: [TextWord(380, 600, 460, 614, "CHỦ"), TextWord(464, 600, 500, 614, "TỊCH")]}
    place = placement.find(scan, SigningRole.KY_DUYET, words=words)
    assert not name.intersects(pymupdf.Rect(*place[1:])) and place.y0 > 500


def test_full_page_has_no_room(tmp_path: Path) -> None:
    full = tmp_path / "full.pdf"
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for row in range(100):
            page.insert_text((0, 8 + row * 8), "x" * 140, fontsize=8)
        document.save(full)
    with pytest.raises(NoRoom):
        placement.find(full, SigningRole.SAO_Y)


def test_real_documents(shared: Path) -> None:
    """Right page and no text covered on at least 95 % of the documents with a signature block."""
    real = marks.documents(shared / "corpus", marks.BORN_DIGITAL)
    wrong = {path.name: why for path, page in real.items() if (why := marks.misplaced(path, page))}
    assert len(wrong) <= 0.05 * len(real), wrong


def _line(x0: float, y0: float, text: str) -> list[TextWord]:
    return [TextWord(x0 + 40 * n, y0, x0 + 40 * n + 36, y0 + 14, word) for n, word in enumerate(text.split())]


def _block(*lines: list[TextWord]) -> SignatureBlock | None:
    words = tuple(word for line in lines for word in line)
    return find_block([PageLayout(1, 595, 842, words, ())])


def test_a_title_hidden_by_the_seal_is_looked_for_beside_the_recipients() -> None:
    recipients, rest = _line(80, 500, "Nơi nhận:"), _line(80, 520, "- Như trên;")
    found = _block(recipients, rest, _line(330, 505, "€} s‹ 7 Sa"), _line(360, 600, "“Trần Văn Mẫu"))
    assert found is not None and found.guessed and found.name == "Trần Văn Mẫu"
    assert 528 < found.title_bottom < found.name_top == 600
    unread = _block(recipients, rest)
    assert unread is not None and unread.guessed and unread.name == "" and unread.centre > 595 / 2
    read = _block(recipients, rest, _line(360, 500, "CHỦ TỊCH"), _line(360, 600, "Trần Văn Mẫu"))
    assert read is not None and not read.guessed
    assert _block(rest) is None


def test_forms_are_signed_below_their_note_however_it_is_broken() -> None:
    note = _line(340, 500, "(Cha/mẹ của trẻ"), _line(380, 516, "ký, ghi rõ họ tên)")
    found = _block(_line(340, 484, "Người làm đơn"), *note)
    assert found is not None and found.title_bottom == 530


def test_of_two_blocks_side_by_side_the_right_one_signs() -> None:
    """Cell 7a is in the right half (NĐ 30/2020 PL I); a person drags the mark of who signs at the left."""
    left = (_line(90, 500, "GIÁM ĐỐC"), _line(90, 600, "Lê Văn Trái"))
    right = (_line(360, 500, "CHỦ TỊCH"), _line(360, 600, "Trần Văn Phải"))
    found = _block(*left, *right)
    assert found is not None and found.name == "Trần Văn Phải" and found.centre > 300


def test_a_block_at_the_top_of_the_last_page_is_found() -> None:
    found = _block(_line(80, 60, "Nơi nhận:"), _line(360, 60, "CHỦ TỊCH"), _line(360, 160, "Trần Văn Mẫu"))
    assert found is not None and found.title_top == 60 and found.name == "Trần Văn Mẫu"


def test_a_block_stands_on_its_page_though_an_appendix_follows() -> None:
    lines = (_line(80, 500, "Nơi nhận:"), _line(360, 500, "CHỦ TỊCH"), _line(360, 600, "Trần Văn Mẫu"))
    signed = PageLayout(1, 595, 842, tuple(word for line in lines for word in line), ())
    form = (_line(360, 500, "TRƯỞNG ĐOÀN"), _line(360, 600, "Lê Thị Phụ"))
    appendix = PageLayout(2, 595, 842, tuple(word for line in form for word in line), ())
    found = find_block([signed, appendix])
    assert found is not None and found.page == 1


@pytest.mark.parametrize("degrees", [-1, 1])
def test_a_scan_that_lies_askew_keeps_its_block(degrees: float) -> None:
    lines = (_line(80, 500, "Nơi nhận:"), _line(360, 500, "CHỦ TỊCH"), _line(360, 600, "Trần Văn Mẫu"))
    slope = math.tan(math.radians(degrees))
    words = tuple(
        word._replace(y0=word.y0 + slope * word.x0, y1=word.y1 + slope * word.x0)
        for line in lines
        for word in line
    )
    found = find_block([PageLayout(1, 595, 842, words, ())])
    assert found is not None and found.name == "Trần Văn Mẫu" and not found.guessed
