"""The same paper right the second time; papers that are not like it stay as the program found them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.batch.documents import split
from ocr.batch.lessons import (
    FieldLesson,
    KindLesson,
    Lessons,
    Print,
    learned,
    learned_fields,
    learned_kind,
    print_of,
)
from ocr.model import FieldValue, Kind, PageReading
from tests.unit.ocr.test_documents import decision, declaration, letter, page


def ward_form(name: str = "NGUYỄN VĂN MẪU", title: str = "PHIẾU TIẾP NHẬN VÀ HẸN TRẢ") -> PageReading:
    """A form of the office that no list knows."""
    return page(
        (title, 300, 120),
        (f"Họ và tên: {name}", 300, 160),
        ("Ngày hẹn trả kết quả: 12/12/2026", 300, 180),
        ("Người tiếp nhận hồ sơ: Lê Thị Thử", 300, 200),
    )


def lesson(form: PageReading, read: str, right: str) -> KindLesson:
    return KindLesson(read, right, print_of([form]))


def test_what_is_remembered_of_a_form_is_its_print_and_nobody() -> None:
    form = print_of([ward_form()])
    assert form.title == "phieu tiep nhan va hen tra"
    assert {"ho", "ten", "hen"} <= form.labels
    remembered = " ".join([form.title, *sorted(form.labels)])
    assert not any(word in remembered.split() for word in ("nguyen", "mau", "le", "thu", "12"))


def test_an_unclear_form_is_named_the_second_time() -> None:
    (before,) = split([ward_form()])
    assert before.kind.code == "chua_ro"
    lessons = Lessons((lesson(ward_form(), "chua_ro", "giay_de_nghi_chung_thuc"),))
    other = ward_form("TRẦN THỊ KHÁC")
    after = learned(split([other])[0], [other], lessons)
    assert (after.kind.code, after.kind.name) == ("giay_de_nghi_chung_thuc", "Giấy đề nghị chứng thực")
    assert 0.85 <= after.confidence <= 0.95


def test_a_title_that_could_not_be_read_is_known_by_its_labels() -> None:
    lessons = (lesson(ward_form(), "chua_ro", "giay_xac_nhan"),)
    found, _ = learned_kind(Kind("chua_ro", ""), 0.1, [ward_form(title="~~")], lessons)
    assert found.code == "giay_xac_nhan"


@pytest.mark.parametrize("other", [decision(), letter(), declaration(), page(number=1)])
def test_unrelated_papers_stay_as_they_are(other: PageReading) -> None:
    lessons = Lessons((lesson(ward_form(), "chua_ro", "giay_xac_nhan"),))
    (before,) = split([other])
    assert learned(before, [other], lessons) == before


def test_a_lesson_about_one_mistake_changes_no_other_kind() -> None:
    # a decision taken for a letter once does not turn letters or declarations into decisions
    lessons = Lessons((lesson(decision(), "cong_van", "quyet_dinh"),))
    for other in (letter(), declaration()):
        (before,) = split([other])
        assert learned(before, [other], lessons) == before


def test_papers_that_were_kept_as_found_outvote_a_wrong_lesson() -> None:
    wrong = lesson(declaration(), "to_khai_khai_sinh", "giay_khai_sinh")
    kept = lesson(declaration(), "to_khai_khai_sinh", "to_khai_khai_sinh")
    (found,) = split([declaration()])
    assert learned(found, [declaration()], Lessons((wrong,))).kind.code == "giay_khai_sinh"
    assert learned(found, [declaration()], Lessons((wrong, kept))) == found


def test_a_form_with_another_title_is_another_form() -> None:
    lessons = (lesson(ward_form(), "chua_ro", "giay_xac_nhan"),)
    found, confidence = learned_kind(
        Kind("chua_ro", ""), 0.1, [ward_form(title="PHIẾU THU LỆ PHÍ HỘ TỊCH")], lessons
    )
    assert (found.code, confidence) == ("chua_ro", 0.1)


def value(text: str, confidence: float = 0.7) -> FieldValue:
    return FieldValue(text, confidence, 1, None, "ocr")


def test_a_known_misreading_is_put_right_and_says_so() -> None:
    lessons = (FieldLesson("co_quan", "UBND xã Mẫu Sơn Đỏng", "UBND xã Mẫu Sơn Đông"),)
    made = learned_fields({"co_quan": value("UBND xã Mẫu Sơn Đỏng", 0.95)}, lessons)
    assert (made["co_quan"].value, made["co_quan"].source) == ("UBND xã Mẫu Sơn Đông", "learned")
    near = learned_fields({"co_quan": value("UBND xã Mầu Son Đống")}, lessons)
    assert near["co_quan"].value == "UBND xã Mẫu Sơn Đông"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("co_quan", value("UBND xã Mẫu Sơn Tây")),
        ("co_quan", value("UBND xã Mẫu Sơn Đống", 0.95)),  # read too well to be doubted
        ("nguoi_ky", value("Trần Phước Hiển", 0.95)),
        ("nguoi_ky", value("Trần Phước Hiệp")),
        ("ho_ten", value("Trần Phước Hien")),
    ],
)
def test_other_values_stay(name: str, read: FieldValue) -> None:
    lessons = (
        FieldLesson("co_quan", "UBND xã Mẫu Sơn Đỏng", "UBND xã Mẫu Sơn Đông"),
        FieldLesson("nguoi_ky", "Trần Phước Hiên", "Trần Phước Hiền"),
        FieldLesson("ho_ten", "Trần Phước Hien", "Trần Phước Hiền"),
    )
    assert learned_fields({name: read}, lessons) == {name: read}


def test_a_signers_name_gets_its_tone_marks() -> None:
    lessons = (FieldLesson("nguoi_ky", "Trần Phước Hiên", "Trần Phước Hiền"),)
    made = learned_fields({"nguoi_ky": value("Trần Phươc Hien")}, lessons)
    assert made["nguoi_ky"].value == "Trần Phước Hiền"


def test_when_two_values_are_meant_equally_often_nothing_is_guessed() -> None:
    lessons = (FieldLesson("nguoi_ky", "Lê Mâu", "Lê Mẫu"), FieldLesson("nguoi_ky", "Lê Mâu", "Lê Mậu"))
    fields = {"nguoi_ky": value("Lê Mâu")}
    assert learned_fields(fields, lessons) == fields


def test_nothing_is_learnt_from_a_blank_page() -> None:
    assert not print_of([replace(page(), blank=True)]).telling
    assert print_of([]) == Print("", frozenset())
