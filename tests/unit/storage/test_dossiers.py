"""Dossiers, their codes, their procedures, and whether they are complete."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.catalog import dossiers
from storage.catalog.database import Catalog
from storage.catalog.ids import new_id
from storage.dossier import checklist, dossier_code, procedures
from storage.dossier.checklist import RESULT, Filling
from storage.errors import Conflict, DossierIncomplete, NotFound
from storage.model import Document, Dossier, DossierState, Procedure
from tests.unit.storage.conftest import NOW, draft

TODAY = date(2026, 11, 22)
BIRTH, MARITAL, COPY = (procedures.find(code, TODAY) for code in ("1.001193", "1.004873", "2.000815"))


def make(catalog: Catalog, code: str = "H01.17.25-261122-0001", procedure: str = "1.001193") -> Dossier:
    with catalog.write() as connection:
        return dossiers.create(
            connection, code, procedure, title="Hồ sơ", applicant="A", received_at=NOW, cases=("uy_quyen",)
        )


def paper(kind: str, component: str | None = None) -> Document:
    return replace(draft((), kind), id=new_id(), component_code=component)


# codes


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.integers(1, 999_999))
def test_every_code_that_is_made_is_valid(day: date, number: int) -> None:
    code = dossier_code.make("H01.17.25", day, number)
    assert dossier_code.is_valid(code)
    assert dossier_code.number_of(code) == number


@pytest.mark.parametrize(
    "code", ["H01.17.25-230309-0001", "000.00.12.H49-180101-0002", "H57-261122-0100", "G15.1-261122-00001"]
)
def test_codes_in_use(code: str) -> None:
    assert dossier_code.is_valid(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "H01.17.25-261322-0001",
        "H01.17.25-260230-0001",
        "H01.17.25-261122-0000",
        "H01.17.25-261122-001",
        "h01.17.25-261122-0001",
        "H01.17.25-261122-0001\n",
        "H01.17.25-261122-٠٠٠١",
        "../H01-261122-0001",
    ],
)
def test_codes_that_are_none(catalog: Catalog, code: str) -> None:
    assert not dossier_code.is_valid(code)
    with pytest.raises(ValueError, match="malformed"):
        make(catalog, code)


def test_numbers_run_by_agency_and_day(catalog: Catalog) -> None:
    for _ in range(3):
        with catalog.write() as connection:
            code = dossiers.next_code(connection, "H01.17.25", TODAY)
        make(catalog, code)
    make(catalog, "H01.17.25-261122-0041")
    with catalog.read() as connection:
        assert dossiers.next_code(connection, "H01.17.25", TODAY) == "H01.17.25-261122-0042"
        assert dossiers.next_code(connection, "H01.17.25", TODAY + timedelta(1)) == "H01.17.25-261123-0001"
        assert dossiers.next_code(connection, "H01.17.2", TODAY) == "H01.17.2-261122-0001"
        with pytest.raises(ValueError, match="agency"):
            dossiers.next_code(connection, "xã", TODAY)


# rows


def test_a_dossier_is_opened_once(catalog: Catalog) -> None:
    first = make(catalog)
    assert make(catalog) == first
    with catalog.read() as connection:
        assert dossiers.by_code(connection, first.code) == first
        assert dossiers.get(connection, first.id) == first
    with pytest.raises(Conflict):
        make(catalog, procedure="1.004873")


def test_a_dossier_can_be_changed_but_not_its_code(catalog: Catalog) -> None:
    first = make(catalog)
    with catalog.write() as connection:
        changed = dossiers.save(connection, replace(first, applicant="Nguyễn Văn Mẫu", cases=()))
        assert dossiers.save(connection, changed) == changed
        assert dossiers.get(connection, first.id) == changed
    for stale in (replace(first, title="khác"), replace(changed, code="H01.17.25-261122-0009")):
        with pytest.raises(Conflict), catalog.write() as connection:
            dossiers.save(connection, stale)


def test_only_a_complete_dossier_is_closed(catalog: Catalog) -> None:
    first = make(catalog)
    with pytest.raises(DossierIncomplete) as caught, catalog.write() as connection:
        dossiers.close(connection, first, ("to_khai",), NOW)
    assert caught.value.facts == {"code": first.code, "missing": ("to_khai",)}
    with catalog.write() as connection:
        closed = dossiers.close(connection, first, (), NOW)
        assert dossiers.close(connection, closed, ("to_khai",), NOW) == closed
        assert dossiers.find(connection, state=DossierState.CLOSED) == (closed,)
        assert dossiers.find(connection, state=DossierState.OPEN) == ()
        assert dossiers.find(connection) == (closed,)
    assert (closed.state, closed.closed_at) == (DossierState.CLOSED, NOW)


# procedures


def test_an_edition_is_found_by_its_day() -> None:
    assert procedures.find("1.001193", date(2027, 2, 28)) == BIRTH
    assert procedures.find("1.001193", date(2019, 5, 1)) == BIRTH  # a backlog goes by the oldest one known
    with pytest.raises(NotFound):
        procedures.find("1.001193", date(2027, 3, 1))  # Luật Hộ tịch 03/2026/QH16 takes over
    with pytest.raises(NotFound):
        procedures.find("9.999999", TODAY)


def test_procedures_use_known_words_only(root: Path) -> None:
    kinds = {kind["code"] for kind in json.loads((root / "resources" / "kinds.json").read_bytes())["kinds"]}
    for procedure in procedures.load():
        cases = {case.code for case in procedure.cases}
        codes = [component.code for component in procedure.components]
        assert len(codes) == len(set(codes))
        assert RESULT not in codes
        assert procedure.result_kind in {*kinds, ""}
        for component in procedure.components:
            assert set(component.kinds) <= kinds, component.code
            assert {component.case, component.unless} - {None} <= cases, component.code


def test_procedures_carry_the_published_facts(shared: Path) -> None:
    published = json.loads((shared / "law" / "procedures.json").read_bytes())["thu_tuc"]
    by_code = {found["ma_thu_tuc"]: found for found in published}
    for procedure in procedures.load():
        facts = by_code[procedure.code]
        assert procedure.name == facts["ten"]
        assert procedure.sector == facts["linh_vuc"]
        assert procedure.decision == facts["quyet_dinh_cong_bo"]
        assert (procedure.result_code, procedure.result_name) == (
            facts["ket_qua"][0]["ma"],
            facts["ket_qua"][0]["ten"],
        )
        assert {(limit.channel, limit.value) for limit in procedure.time_limits} == {
            (limit["hinh_thuc"], limit["thoi_han"]) for limit in facts["thoi_han"]
        }
        papers = [row for row in facts["thanh_phan"] if not row["chi_la_ghi_chu"]]
        shown = [row for row in papers if row["nhom"] == "Giấy tờ phải xuất trình"]
        assert len(procedure.components) == len(papers)
        assert sum(not component.digitised for component in procedure.components) == len(shown)


# completeness


def test_an_empty_dossier_misses_what_is_always_asked() -> None:
    assert checklist.check(BIRTH, []).missing == ("to_khai", "chung_sinh")
    assert checklist.check(BIRTH, [], ("uy_quyen",)).missing == ("to_khai", "chung_sinh", "uy_quyen")
    assert checklist.check(BIRTH, [], ("bo_roi",)).missing == ("to_khai", "bien_ban_bo_roi")
    assert checklist.check(BIRTH, [], ("truc_tuyen",)).missing == ("mau_dien_tu", "chung_sinh")
    assert checklist.check(MARITAL, []).missing == ("to_khai",)
    assert checklist.check(COPY, []).missing == ("ban_chinh",)


def test_a_complete_dossier_and_what_is_said_of_each_component() -> None:
    form = paper("to_khai_khai_sinh", "to_khai")
    birth = paper("giay_chung_sinh", "chung_sinh")
    result = paper("giay_khai_sinh")
    found = checklist.check(BIRTH, [form, birth, result])
    assert found.complete
    assert found.result_ids == (result.id,)
    assert found.surplus_ids == ()
    said = {item.component.code: item.filling for item in found.items}
    assert said["to_khai"] is said["chung_sinh"] is Filling.FILLED
    assert said["uy_quyen"] is Filling.NOT_ASKED
    assert said["giay_to_tuy_than"] is said["giay_to_cu_tru"] is Filling.SHOWN


def test_papers_nobody_asked_for_are_surplus() -> None:
    card = paper("the_can_cuoc", "giay_to_tuy_than")  # only to be shown: must not be kept
    stray = paper("cong_van")
    elsewhere = paper("cong_van", "thanh_phan_cua_thu_tuc_khac")
    found = checklist.check(BIRTH, [card, stray, elsewhere])
    assert set(found.surplus_ids) == {card.id, stray.id, elsewhere.id}
    assert not found.complete


def test_a_paper_of_another_kind_counts_but_is_pointed_out() -> None:
    odd = paper("don_de_nghi", "to_khai")
    item = checklist.check(BIRTH, [odd]).items[0]
    assert (item.filling, item.document_ids, item.odd_ids) == (Filling.FILLED, (odd.id,), (odd.id,))


@pytest.mark.parametrize(
    ("procedure", "kind", "cases", "filled", "component"),
    [
        (BIRTH, "to_khai_khai_sinh", (), (), "to_khai"),
        (BIRTH, "to_khai_khai_sinh", ("truc_tuyen",), (), "mau_dien_tu"),
        (BIRTH, "giay_cam_doan", (), (), "chung_sinh"),
        (BIRTH, "giay_xac_nhan", ("mang_thai_ho",), ("chung_sinh",), "xac_nhan_mang_thai_ho"),
        (BIRTH, "bien_ban", (), (), None),
        (BIRTH, "bien_ban", ("bo_roi",), (), "bien_ban_bo_roi"),
        (BIRTH, "the_can_cuoc", (), (), None),
        (BIRTH, "giay_khai_sinh", (), (), RESULT),
        (BIRTH, "giay_chung_sinh", (), ("chung_sinh",), "chung_sinh"),
        (MARITAL, "giay_xac_nhan_tthn", (), (), RESULT),
        (MARITAL, "giay_xac_nhan_tthn", ("cap_lai",), (), "giay_da_cap"),
        (MARITAL, "giay_xac_nhan_tthn", ("cap_lai",), ("giay_da_cap",), RESULT),
        (COPY, "van_bang", (), (), "ban_chinh"),
    ],
)
def test_where_a_paper_most_likely_belongs(
    procedure: Procedure,
    kind: str,
    cases: tuple[str, ...],
    filled: tuple[str, ...],
    component: str | None,
) -> None:
    assert checklist.propose(procedure, kind, cases, filled) == component
