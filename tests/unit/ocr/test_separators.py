"""Separator codes: what is printed is read back; anything else is no separator. What divides a stack."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.batch.documents import split
from ocr.codes.separators import Separation, Separator, parse, text_for
from ocr.model import Box, Code, PageReading
from tests.unit.ocr.test_documents import decision, declaration, letter, page

CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-/ Đđ", max_size=60).map(str.strip)


def test_the_agreed_text() -> None:
    assert parse("tramso:separator?dossier=H01.17.25-261122-0001") == Separator("H01.17.25-261122-0001")
    assert parse("tramso:separator?dossier=") == Separator("")
    assert parse("tramso:separator") == Separator("")
    assert parse("tramso:separator?dossier=1&component=to_khai&profile=A4%20m%C3%A0u") == Separator(
        "1", "to_khai", "A4 màu"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.vn",
        "tramso:separators?dossier=1",
        "tramso:separator?dossier=" + "9" * 300,
        "tramso:separator?dossier=1&component=" + "a" * 65,
        "tramso:separator?dossier=1&profile=%00",
    ],
)
def test_other_codes_are_none(text: str) -> None:
    assert parse(text) is None


@given(CODES, CODES, CODES)
def test_printed_and_read_back(dossier: str, component: str, profile: str) -> None:
    sheet = Separator(dossier, component, profile)
    assert parse(text_for(sheet)) == sheet


def coded(reading: PageReading, format: str, text: str) -> PageReading:
    return replace(reading, codes=(Code(format, text, Box(10, 10, 90, 40)),))


def sizes(pages: list[PageReading], by: Separation | None = None) -> list[tuple[int, ...]]:
    pages = [replace(each, number=number) for number, each in enumerate(pages, 1)]
    return [paper.pages for paper in split(pages, by or Separation())]


@pytest.mark.parametrize(("format", "text"), [("PatchT", "0101"), ("Code39", "PATCHT")])
def test_a_patch_sheet_divides_and_is_named_a_separator(format: str, text: str) -> None:
    sheet = coded(page(("PATCH T", 300, 400)), format, text)
    stack = [page(("trang một", 300, 90)), sheet, page(("trang hai", 300, 90))]
    assert sizes(stack) == [(1,), (2,), (3,)]
    assert split(stack)[1].kind.code == "separator"
    assert sizes(stack, Separation(patches=False)) == [(1, 2, 3)]


def test_a_barcode_divides_only_where_that_was_set() -> None:
    one, two = (coded(page(("phiếu", 300, 90)), "Code128", text) for text in ("HS-0001", "HS-0002"))
    stack = [one, page(("tiếp", 300, 90)), two, two, page(("tiếp", 300, 90))]
    assert sizes(stack) == [(1, 2, 3, 4, 5)]
    assert sizes(stack, Separation(barcodes=True)) == [(1, 2), (3, 4, 5)]


def test_another_paper_divides_only_where_that_was_set() -> None:
    a4, turned = page(("tờ", 300, 90)), replace(page(("ngang", 300, 90)), width=842.0, height=595.0)
    a5 = replace(page(("nhỏ", 200, 90)), width=420.0, height=595.0)
    assert sizes([a4, turned, a5, a4]) == [(1, 2, 3, 4)]
    assert sizes([a4, turned, a5, a4], Separation(paper_size=True)) == [(1, 2), (3,), (4,)]


def test_without_content_only_sheets_divide() -> None:
    sheet = page(qr="tramso:separator?dossier=")
    stack = [decision(), letter(), sheet, declaration(), decision()]
    assert sizes(stack, Separation(content=False)) == [(1, 2), (3,), (4, 5)]


def test_numbers_that_begin_again_under_a_form_title_divide() -> None:
    def form(number: str) -> PageReading:
        return page((number, 300, 20), ("TỜ KHAI ĐĂNG KÝ KHAI SINH", 300, 120), ("Họ và tên:", 200, 160))

    second = page(("2", 300, 20), ("trang hai", 300, 120))
    assert sizes([decision(), second, form("1"), page(("2", 300, 20))]) == [(1, 2), (3, 4)]
    assert sizes([decision(), second, form("3")]) == [(1, 2, 3)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("dlfbspq"), min_size=1, max_size=8), st.booleans(), st.booleans())
def test_every_page_is_in_exactly_one_paper_in_order(kinds: list[str], barcodes: bool, size: bool) -> None:
    make = {
        "d": decision,
        "l": letter,
        "f": declaration,
        "b": page,
        "s": lambda: page(qr="tramso:separator?dossier=1"),
        "p": lambda: coded(page(), "PatchT", "0101"),
        "q": lambda: coded(page(("x", 300, 90)), "Code128", "ABCD"),
    }
    papers = sizes([make[kind]() for kind in kinds], Separation(barcodes=barcodes, paper_size=size))
    assert [number for paper in papers for number in paper] == list(range(1, len(kinds) + 1))
    sheets = [number for number, kind in enumerate(kinds, 1) if kind in "sp"]
    assert all(any(paper[0] == number for paper in papers) for number in sheets)
