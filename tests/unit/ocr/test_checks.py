"""Values against what can be; each finding is a word for a person, and what fits is never spoken of."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.fields.card_checks import card_findings
from ocr.fields.checks import findings
from ocr.model import PageReading
from ocr.vietnamese.places import places_in
from tests.unit.ocr.test_documents import decision, page
from tests.unit.ocr.test_identity_card import QR, ZONE

TODAY = date(2026, 11, 22)
GOOD = {
    "so_ky_hieu": "15/QĐ-UBND",
    "ngay_ban_hanh": "2026-02-05",
    "co_quan": "UBND phường Bạch Mai",
    "nguoi_ky": "Trần Phước Hiền",
    "ho_ten": "Nguyễn Thị Mẫu",
    "so_dinh_danh": "001190999934",
    "ngay_sinh": "1990-01-24",
    "ngay_cap": "2022-02-10",
    "thoi_han": "2030-01-24",
    "noi_cu_tru": "thôn Hai, xã Bình Sơn, huyện Bình Sơn, tỉnh Quảng Ngãi",
}


def codes(kind: str = "quyet_dinh", **changed: str) -> set[tuple[str, str]]:
    return {(found.field, found.code) for found in findings(GOOD | changed, kind, TODAY)}


def test_what_fits_is_not_spoken_of() -> None:
    assert codes() == set()
    assert codes("to_trinh", so_ky_hieu="7/TTr-UBND") == set()
    assert codes(so_ky_hieu="12-QĐ/TU") == set()
    assert codes("nghi_dinh", so_ky_hieu="30/2020/NĐ-CP") == set()
    assert codes("cong_van", so_ky_hieu="582/UBND-HT") == set()
    assert codes(so_dinh_danh="123456789") == set()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("so_ky_hieu", "/QĐ-UBND", "number_unread"),
        ("so_ky_hieu", "15/TB-UBND", "number_kind"),
        ("so_ky_hieu", "15 QD", "number_shape"),
        ("ngay_ban_hanh", "2026-11", "day_part"),
        ("ngay_ban_hanh", "31/02/2026", "day_shape"),
        ("ngay_ban_hanh", "2026-11-23", "day_future"),
        ("ngay_ban_hanh", "1926-02-05", "day_old"),
        ("ngay_sinh", "1890-01-24", "day_birth"),
        ("ngay_cap", "1980-02-10", "day_before_birth"),
        ("thoi_han", "2021-01-24", "day_before_issue"),
        ("so_dinh_danh", "00119099993", "number_length"),
        ("so_dinh_danh", "001191999934", "number_birth_year"),
        ("so_dinh_danh", "009190999934", "number_province"),
        ("ho_ten", "Ngu yễn 7hị", "name_shape"),
        ("co_quan", "UBND huyện Ba Vì", "place_before_merger"),
        ("co_quan", "UBND xã Mẫu Sơn Đông", "place_unlisted"),
        ("co_quan", "Sở Tư pháp tỉnh Quảng Ngải", "place_near"),
        ("noi_cu_tru", "thôn 2, xã Bình Sơm, tỉnh Quảng Ngãi", "place_near"),
    ],
)
def test_what_cannot_be_is_said(field: str, value: str, code: str) -> None:
    assert (field, code) in codes(**{field: value})


def test_a_paper_keeps_the_names_of_its_day() -> None:
    assert codes(co_quan="UBND huyện Ba Vì", ngay_ban_hanh="2025-06-30") == set()
    assert ("co_quan", "place_since_merger") in codes(
        co_quan="UBND xã Quảng Oai", ngay_ban_hanh="2025-06-30", so_ky_hieu="15/QĐ-UBND"
    )


def test_a_near_name_is_said_and_nothing_is_changed() -> None:
    (found,) = findings({"co_quan": "UBND tỉnh Quảng Ngải"}, "quyet_dinh", TODAY)
    assert found.facts == {"place": "tỉnh Quảng Ngải", "near": "tỉnh Quảng Ngãi"}


def test_tone_marks_may_stand_on_either_vowel() -> None:
    assert [place.near for text in ("tỉnh Hoà Bình", "tỉnh Hòa Bình") for place in places_in(text)] == [
        "",
        "",
    ]


def test_words_that_are_no_places_announce_none() -> None:
    assert places_in("Bảo hiểm xã hội Việt Nam, xã hội hóa") == ()
    assert [place.text for place in places_in("Công an quận Ba Đình thành phố Hà Nội")] == [
        "quận Ba Đình",
        "thành phố Hà Nội",
    ]


@given(st.text(max_size=80))
def test_any_text_can_be_checked(text: str) -> None:
    for name in GOOD:
        findings({name: text}, "quyet_dinh", TODAY)


def card(qr: str = "", zone: tuple[str, ...] = ()) -> PageReading:
    return page(*((line, 300.0, 100.0 + 20 * row) for row, line in enumerate(zone)), qr=qr)


def test_a_card_that_agrees_with_itself() -> None:
    assert card_findings([card(QR), card(zone=ZONE)]) == ()
    assert card_findings([decision()]) == ()


@pytest.mark.parametrize(
    ("row", "place", "digit", "code"),
    [
        (0, 8, "1", "mrz_number"),
        (1, 2, "2", "mrz_birth"),
        (1, 9, "1", "mrz_expiry"),
        (0, 20, "5", "mrz_whole"),
    ],
)
def test_a_check_digit_that_does_not_agree_is_named(row: int, place: int, digit: str, code: str) -> None:
    lines = list(ZONE)
    assert lines[row][place] != digit
    lines[row] = lines[row][:place] + digit + lines[row][place + 1 :]
    assert code in {found.code for found in card_findings([card(zone=tuple(lines))])}


def test_the_sides_of_two_cards_do_not_agree() -> None:
    other = QR.replace("001190999934", "001190999935").replace("Trần Thị Ví", "Trần Thị Vân")
    assert {found.code for found in card_findings([card(other), card(zone=ZONE)])} == {
        "card_number_differs",
        "card_name_differs",
    }
    wrong = QR.replace("Nữ", "Nam")
    assert {found.code for found in card_findings([card(wrong)])} == {"number_sex"}


def test_every_finding_has_words(root: Path) -> None:
    """Codes are literals in the three modules that make findings; the window says `check.CODE`."""
    said = json.loads((root / "resources" / "i18n" / "ocr_checks.vi.json").read_text(encoding="utf-8"))
    shape = re.compile(r'"((?:number|day|name|place|mrz|card|issue)_[a-z_]+)"')
    used = {
        code
        for module in ("fields/checks", "fields/card_checks", "papers/identity_card")
        for code in shape.findall((root / "ocr" / f"{module}.py").read_text(encoding="utf-8"))
    }
    assert {f"check.{code}" for code in used} == set(said)
