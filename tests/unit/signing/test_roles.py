"""Each role's mark says what the law prescribes, in Vietnamese time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from signing.marks.roles import RULES, marks_for, text_for
from signing.model import Certificate, CopyForm, MarkData, SigningRole
from signing.practice.certificates import NOTICE
from signing.trust.names import is_agency

AT = datetime(2026, 11, 22, 18, 30, 15, tzinfo=UTC)
PERSON = Certificate("Nguyễn Văn Mẫu", "UBND xã Mẫu", "CA", "1", AT, AT, "")
DATA = MarkData("UBND xã Mẫu Sơn Đông", "Trần Thị Mẫu", "12/QĐ-UBND")


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (SigningRole.SAO_Y, "SAO Y; UBND xã Mẫu Sơn Đông; 23/11/2026; 01:30:15 +07:00"),
        (SigningRole.SO_HOA, "Trần Thị Mẫu\n2026-11-23T01:30:15+07:00"),
        (SigningRole.PHU_LUC, "12/QĐ-UBND; 2026-11-23T01:30:15+07:00"),
        (SigningRole.LUU_TRU, "UBND xã Mẫu Sơn Đông\n2026-11-23T01:30:15+07:00"),
    ],
)
def test_words_of_text_marks(role: SigningRole, words: str) -> None:
    assert text_for(role, DATA, PERSON, AT) == words


@pytest.mark.parametrize(
    ("copy", "words"), [(CopyForm.SAO_LUC, "SAO LỤC; UBND"), (CopyForm.TRICH_SAO, "TRÍCH SAO; UBND")]
)
def test_every_kind_of_copy_by_its_name(copy: CopyForm, words: str) -> None:
    assert text_for(SigningRole.SAO_Y, replace(DATA, copy=copy), PERSON, AT).startswith(words)


def test_practice_says_so_on_every_text_mark() -> None:
    pupil = replace(PERSON, subject=f"Nguyễn Văn Mẫu, {NOTICE}")
    for role in SigningRole:
        assert NOTICE in text_for(role, DATA, pupil, AT)


def test_every_role_has_its_rule() -> None:
    assert set(RULES) == set(SigningRole)
    assert RULES[SigningRole.SO_HOA].spot == "top_left" and RULES[SigningRole.SAO_Y].spot == "top_right"


@pytest.mark.parametrize(
    ("subject", "agency"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH GIA LAI", True),
        ("Ủy ban nhân dân tỉnh Quảng Ngãi", True),
        ("TRUNG TÂM CÔNG BÁO VÀ TIN HỌC", True),
        ("CỤC CẢNH SÁT PHÒNG CHÁY", True),
        ("Nguyễn Thanh Điệp", False),
        ("Đào Mạnh Hà", False),
        ("Bành Thị Sở", False),
    ],
)
def test_agency_by_name(subject: str, agency: bool) -> None:
    assert is_agency(replace(PERSON, subject=subject)) is agency


def test_text_marks_are_ten_points_high() -> None:
    for mark in marks_for(SigningRole.SAO_Y, DATA, PERSON, AT):
        assert mark.image is None and {line.size for line in mark.lines} == {10.0}
        assert all(line.y <= mark.height for line in mark.lines)
