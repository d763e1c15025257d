"""Separator codes: what is printed is read back; anything else is no separator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.separators import Separator, parse, text_for


def test_the_agreed_text() -> None:
    assert parse("tramso:separator?dossier=H01.17.25-261122-0001") == Separator("H01.17.25-261122-0001")
    assert parse("tramso:separator?dossier=") == Separator("")
    assert parse("tramso:separator") == Separator("")


@pytest.mark.parametrize(
    "text", ["", "https://example.vn", "tramso:separators?dossier=1", "tramso:separator?dossier=" + "9" * 300]
)
def test_other_codes_are_none(text: str) -> None:
    assert parse(text) is None


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-/ Đđ", max_size=60))
def test_printed_and_read_back(code: str) -> None:
    assert parse(text_for(Separator(code.strip()))) == Separator(code.strip())
