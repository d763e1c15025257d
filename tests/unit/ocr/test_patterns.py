"""Numbers, dates and names as Vietnamese papers write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.vietnamese.patterns import document_number, fold, person_name, short_date
from ocr.vietnamese.units import central_agency, place, province_codes


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Số: 15/QĐ-BNV", "15/QĐ-BNV"),
        ("Số: 05/2026/QĐ-TTg", "05/2026/QĐ-TTg"),
        ("Luật số: 68/2020/QH14", "68/2020/QH14"),
        ("Số 12-QĐ/TU", "12-QĐ/TU"),
        ("Số: 11410 /BXD-KHCNMT&VLXD", "11410/BXD-KHCNMT&VLXD"),
        ("Số: 4† /QĐÐ-UBND", "/QĐ-UBND"),
        ("Số: 29/2025/TTLT-BTP-BCA- BQP", "29/2025/TTLT-BTP-BCA-BQP"),
    ],
)
def test_document_numbers(text: str, number: str) -> None:
    assert str(document_number(text)) == number


def test_days_must_be_of_the_calendar() -> None:
    assert short_date("sinh ngày 31/02/1985, cấp 05/07/1988") == date(1988, 7, 5)
    assert short_date("31/02/1985") is None


def test_names() -> None:
    assert person_name("Đại tá Nguyễn Thanh Điệp") == "Nguyễn Thanh Điệp"
    assert person_name("TRẦN THỊ VÍ") == "Trần Thị Ví"
    assert person_name("Chủ tịch Ủy ban nhân dân") is None
    assert person_name("Hà") is None


def test_old_and_new_places_are_both_known() -> None:
    found = place("TINH QUANG NGAI")
    assert found is not None
    assert (found.name, found.likeness) == ("tỉnh Quảng Ngãi", 1.0)
    assert place("huyện Mộ Đức") is not None
    assert place("xã Nơi Không Có Thật") is None
    agency = central_agency("BỘ VĂN HOÁ, THỂ THAO VÀ DU LỊCH")
    assert agency is not None
    assert agency.name == "Bộ Văn hóa, Thể thao và Du lịch"
    assert len(province_codes()) == 63


@given(st.text(max_size=200))
def test_any_text_is_safe(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    document_number(text)
    person_name(text)
