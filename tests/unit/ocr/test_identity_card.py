"""Identity cards: QR text, machine-readable zone, checks of the number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.papers.identity_card import card_problems, check_digit, number_problems, parse_mrz, parse_qr

QR = "001190999934|123456789|Trần Thị Ví|24011990|Nữ|Thôn Hai, xã Mẫu Sơn Đông, tỉnh Mẫu|10022022"
ZONE = ("IDVNM1909999349001190999934<<8", "9001240F3001248VNM<<<<<<<<<<<2", "TRAN<<THI<VI<<<<<<<<<<<<<<<<<<")


@pytest.mark.parametrize("extra", ["", "||||", "|Trần Văn Cha|Lê Thị Mẹ||"])
def test_both_layouts_of_the_code(extra: str) -> None:
    card = parse_qr(QR + extra)
    assert card is not None
    assert (card.number, card.birth, card.issued) == ("001190999934", date(1990, 1, 24), date(2022, 2, 10))
    assert card_problems(card) == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("Nữ", "Nam"), "number_sex"),
        (("24011990", "24011991"), "number_birth_year"),
        (("24011990", "24012090"), "number_century"),
        (("001190", "009190"), "number_province"),
        (("10022022", "10021980"), "issue_date"),
    ],
)
def test_what_does_not_fit_is_said(change: tuple[str, str], problem: str) -> None:
    card = parse_qr(QR.replace(*change))
    assert card is not None
    assert problem in card_problems(card)


def test_the_zone_needs_every_check_digit() -> None:
    found = parse_mrz(ZONE)
    assert found is not None
    assert (found.number, found.birth, found.expires) == (
        "001190999934",
        date(1990, 1, 24),
        date(2030, 1, 24),
    )
    for index in range(30):
        for row in (0, 1):
            lines = list(ZONE)
            lines[row] = (
                lines[row][:index] + ("7" if lines[row][index] != "7" else "6") + lines[row][index + 1 :]
            )
            changed = parse_mrz(lines)
            assert changed is None or changed.number == found.number


def test_icao_example_of_a_check_digit() -> None:
    assert check_digit("D23145890734") == 9  # ICAO 9303-3 4.9, worked example
    assert number_problems("12345") == ("number_length",)


@given(st.text(max_size=1200))
def test_any_text_is_read_or_refused(text: str) -> None:
    parse_qr(text)
    parse_mrz([text, text, text])
