"""Every rule has a paper that breaks it and nothing else; correct and real papers cry no wolf."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing.law import rule_check
from signing.law.clauses import RULES
from signing.law.model import Fix, Paper, PaperPage, SignedMark
from signing.law.paper import read_paper
from signing.model import Placement, SigningRole
from signing.pdf.page_layout import PageLayout, TextWord
from tests.unit.signing.law_papers import BODY, DECISION, HEAD, LETTER, but, page, paper, runs, scanned
from tests.unit.signing.papers import decision

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
SIGNED = Placement(1, 380, 545, 500, 600)


def sized(width: float, height: float) -> Paper:
    return Paper((page(DECISION, width=width, height=height),), 1)


def in_font(name: str) -> Paper:
    return Paper((replace(page(DECISION), runs=runs(DECISION, name)),), 1)


def typed(name: str, **changed: Any) -> Paper:
    """One line of the decision in other type."""
    first = page(DECISION)
    index = list(DECISION).index(name)
    other = replace(first.runs[index], **changed)
    return Paper((replace(first, runs=(*first.runs[:index], other, *first.runs[index + 1 :])),), 1)


def marked(role: SigningRole, place: Placement) -> Paper:
    return replace(paper(), role=role, planned=place)


def sealed(place: Placement) -> Paper:
    return replace(marked(SigningRole.DONG_DAU, place), marks=(SignedMark(SigningRole.KY_DUYET, SIGNED),))


two_pages = {key: line for key, line in DECISION.items() if key in HEAD or key in BODY}
second = {key: line for key, line in DECISION.items() if key not in HEAD}

BREAKS: dict[str, Paper] = {
    "country_missing": paper(but(country=None)),
    "country_wrong": paper(but(country="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAN")),
    "country_place": paper(but(country=(90, 40, HEAD["country"][2]))),
    "motto_missing": paper(but(motto=None)),
    "motto_wrong": paper(but(motto="Độc lập - Tự do - Hạnh Phúc")),
    "agency_missing": paper(but(agency=None)),
    "number_missing": paper(but(number=None)),
    "number_blank": paper(but(number="Số: /QĐ-UBND")),
    "number_padding": paper(but(number="Số: 5/QĐ-UBND")),
    "number_form": paper(but(number="Số: 12/QĐ - UBND")),
    "symbol_wrong": paper(but(title="QUY ĐỊNH")),
    "symbol_on_letter": paper(but(LETTER, number="Số: 12/CV-UBND")),
    "date_missing": paper(but(day=None)),
    "date_blank": paper(but(day="Mẫu Sơn Đông, ngày tháng 02 năm 2026")),
    "date_form": paper(but(day="Mẫu Sơn Đông, ngày 05/02/2026")),
    "date_padding": paper(but(day="Mẫu Sơn Đông, ngày 5 tháng 02 năm 2026")),
    "date_impossible": paper(but(day="Mẫu Sơn Đông, ngày 30 tháng 02 năm 2026")),
    "place_missing": paper(but(day=(360, 104, "ngày 05 tháng 02 năm 2026"))),
    "subject_missing": paper(but(LETTER, subject=None)),
    "addressee_missing": paper(but(LETTER, addressee=None)),
    "recipients_missing": paper(but(to=None)),
    "recipients_no_file": paper(but(to2=None)),
    "block_missing": paper(but(authority=None, post=None, name=None)),
    "authority_form": paper(but(authority="T/M ỦY BAN NHÂN DÂN")),
    "authority_title": paper(but(authority="KT. CHỦ TỊCH", post=None)),
    "signer_missing": paper(but(name=None)),
    "signer_degree": paper(but(name="ThS. Nguyễn Văn Mẫu")),
    "page_number_missing": paper(two_pages, second),
    "page_number_first": paper(but(shown=(294, 30, "1"))),
    "page_number_place": paper(two_pages, but(second, shown=(294, 800, "2"))),
    "paper_size": sized(612, 792),
    "margins": paper(
        {key: (x - 40, y, text) if key in BODY else (x, y, text) for key, (x, y, text) in DECISION.items()}
    ),
    "font": in_font("ArialMT"),
    "font_not_unicode": in_font(".VnTimeH"),
    "type_size": typed("number", size=11.0),
    "type_style": typed("country", bold=False),
    "resolution_low": scanned(dpi=150),
    "not_colour": scanned(colour=False),
    "pdf_version_old": replace(scanned(), pdf_version=1.3),
    "no_text_layer": replace(scanned(lines={}), role=SigningRole.LUU_TRU),
    "not_archive_format": replace(scanned(), role=SigningRole.LUU_TRU, archive_format=False),
    "mark_corner": marked(SigningRole.SAO_Y, Placement(1, 20, 10, 200, 40)),
    "mark_covers_text": marked(SigningRole.SO_HOA, Placement(1, 100, 55, 280, 90)),
    "mark_outside": marked(SigningRole.SO_HOA, Placement(1, -20, 10, 100, 40)),
    "mark_off_block": marked(SigningRole.KY_DUYET, Placement(1, 60, 640, 180, 690)),
    "seal_place": sealed(Placement(1, 480, 520, 580, 620)),
}


def codes(judged: Paper) -> list[str]:
    return [finding.code for finding in rule_check.check(judged)]


def test_correct_papers_raise_nothing() -> None:
    assert codes(paper()) == []
    assert codes(paper(LETTER)) == []
    assert codes(paper(two_pages, but(second, shown=(294, 30, "2")))) == []
    assert codes(scanned()) == []
    assert codes(marked(SigningRole.KY_DUYET, SIGNED)) == []
    assert codes(marked(SigningRole.SO_HOA, Placement(1, 20, 10, 200, 40))) == []
    assert codes(sealed(Placement(1, 318, 520, 420, 622))) == []


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_paper_that_breaks_one_rule_raises_that_one(code: str) -> None:
    assert codes(BREAKS[code]) == [code]


def test_findings_say_where_and_by_which_clause() -> None:
    [finding] = rule_check.check(BREAKS["number_blank"])
    assert finding.clause.startswith("NĐ 30/2020") and finding.fix is Fix.FILL_NUMBER and finding.page == 1
    assert finding.area is not None and finding.area.x0 < 130 and 100 < finding.area.y0 < 110
    [corner] = rule_check.check(marked(SigningRole.LUU_TRU, Placement(1, 20, 10, 200, 40)))
    assert "TT 05/2025" in corner.clause


def test_number_and_day_may_wait_until_the_registry_issues_the_paper() -> None:
    blank = paper(but(number="Số: /QĐ-UBND", day="Mẫu Sơn Đông, ngày tháng năm 2026"))
    assert codes(blank) == ["number_blank", "date_blank"]
    assert codes(replace(blank, role=SigningRole.KY_DUYET)) == []
    assert codes(replace(blank, role=SigningRole.DONG_DAU)) == ["number_blank", "date_blank"]
    assert codes(replace(blank, role=SigningRole.DONG_DAU, number="13/QĐ-UBND")) == []


def test_a_number_drawn_by_a_signature_is_a_number() -> None:
    blank = paper(but(number="Số: /QĐ-UBND"))
    layout = replace(blank.pages[0].layout, marks=((118.0, 100.0, 180.0, 122.0),))
    assert codes(replace(blank, pages=(replace(blank.pages[0], layout=layout),))) == []


@pytest.mark.parametrize(
    "lines",
    [
        but(title="TỜ KHAI ĐĂNG KÝ KHAI SINH", number=None, authority=None, post=None),
        but(number="Số: 12/2026/QĐ-UBND", to=None),
        but(form=(85, 20, "Mẫu số 05"), number="Số: ……/QĐ-……"),
        but(country=(320, 60, "ĐẢNG CỘNG SẢN VIỆT NAM"), motto=None),
        but(title="BIÊN BẢN", number=None, day=None, to=None),
    ],
    ids=["citizen's form", "legal document", "blank form", "Party", "private minutes"],
)
def test_papers_that_follow_other_rules_are_not_judged(lines: dict[str, tuple[float, float, str]]) -> None:
    judged = paper(lines)
    assert not rule_check.is_administrative(judged)
    assert codes(judged) == []


def test_a_scan_is_not_judged_by_what_was_not_read() -> None:
    assert codes(scanned(lines=but(number="Sô: Ø4 /QĐ-UBND", day=None, to=None, name=None))) == []
    assert codes(scanned(lines=but(number="Số: 147/-UBND"))) == []
    [finding] = rule_check.check(scanned(lines=but(title="TỜ TRÌNH")))
    assert (finding.code, finding.sure) == ("symbol_wrong", False)


_word = st.builds(
    lambda x, y, w, text: TextWord(x, y, x + w, y + 12, text),
    st.floats(-20, 620),
    st.floats(-20, 860),
    st.floats(0, 300),
    st.sampled_from(
        ["Số:", "/QĐ-UBND", "ngày", "tháng", "năm", "TM.", "CHỦ", "TỊCH", "QUYẾT", "ĐỊNH", "Nơi", "nhận:"]
    )
    | st.text(max_size=8),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_word, max_size=40), st.booleans(), st.sampled_from([None, *SigningRole]))
def test_whatever_stands_on_a_page_is_judged(
    words: list[TextWord], printed: bool, role: SigningRole | None
) -> None:
    judged = PaperPage(PageLayout(1, 595, 842, tuple(words), ()), printed)
    for finding in rule_check.check(Paper((judged,), 1, role=role, planned=Placement(1, 10, 10, 60, 40))):
        assert finding.code in RULES


def test_a_file_is_read_into_a_paper(tmp_path: Path) -> None:
    read = read_paper(decision(tmp_path / "paper.pdf"))
    assert read.pages[0].printed and read.pages[0].runs[0].font.startswith("Tinos")
    assert set(codes(read)) == {"number_blank", "date_blank", "motto_missing", "type_size"}


@pytest.mark.parametrize("hyphen", "\u00ad\u2010\u2011-")
def test_hyphens_are_alike_however_a_font_names_them(hyphen: str) -> None:
    said = {name: line[2].replace("-", hyphen) for name, line in DECISION.items()}
    assert codes(paper(but(**said))) == []


@pytest.mark.parametrize(
    ("name", "part", "changed"),
    [
        ("motto", "motto", {"size": 11.0}),
        ("day", "day", {"size": 15.0}),
        ("title", "title", {"size": 16.0}),
        ("authority", "authority", {"size": 10.0}),
        ("name", "signer", {"size": 11.0}),
        ("day", "day", {"italic": False}),
        ("name", "signer", {"bold": False}),
    ],
)
def test_the_type_of_each_part_is_judged(name: str, part: str, changed: dict[str, object]) -> None:
    judged = typed(name, **changed)
    if name == "day" and "italic" in changed:  # another italic line shows that the file tells slant at all
        first = judged.pages[0]
        italic = replace(first.runs[7], italic=True)
        judged = replace(judged, pages=(replace(first, runs=(*first.runs, italic)),))
    [found] = rule_check.check(judged)
    assert found.facts["part"] == part and (found.code == "type_size") is ("size" in changed)
    assert found.sure is (found.code == "type_size")


def test_running_text_of_another_size_is_one_finding() -> None:
    first = page(DECISION)
    small = tuple(replace(run, size=11.0) if run.letters > 60 else run for run in first.runs)
    [found] = rule_check.check(Paper((replace(first, runs=small),), 1))
    assert found.facts == {"part": "body", "found": "11", "wanted": "13–14"}


def test_type_is_not_judged_where_the_file_does_not_tell_it() -> None:
    first = page(DECISION)
    plain = tuple(replace(run, bold=False, italic=False) for run in first.runs)
    assert codes(Paper((replace(first, runs=plain),), 1)) == []


LOOKED_AT = {
    "A017": {"type_size"},
    "A023": {"paper_size", "number_blank", "date_blank", "page_number_first", "page_number_place"},
    "A028": {"paper_size"},
}
"""Real papers with real faults, each looked at: a letter whose country line is 14 points, an unnumbered draft
on Letter paper, and a letter on it."""
SHORT = ("A017", "A018", "A023", "A028", "A029", "A038", "D001", "R0")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="real documents are not part of the project")
def test_real_documents_cry_no_wolf() -> None:
    files = [
        file
        for folder in ("A_borndigital", "A2_retypeset", "D_signed_extra")
        for file in (CORPUS / folder).glob("*.pdf")
    ]
    short = [file for file in files if file.name.startswith(SHORT)]
    found: dict[str, set[str]] = {}
    for file in short:
        found[file.name[:4]] = set(codes(read_paper(file)))
    assert len(found) > 20
    assert {name: raised for name, raised in found.items() if raised} == LOOKED_AT
