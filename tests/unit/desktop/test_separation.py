"""Stacks divided by sheets: to the dossier and component they name, by what the office chose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop import bootstrap
from desktop.workflow.dossiers.open_close import NewDossier, new_dossier
from desktop.workflow.job import Context
from desktop.workflow.scan.separator_sheet import separator_pdf
from desktop.workflow.services import Services
from desktop.workflow.views.papers import unattached_papers
from ocr.codes.separators import Separator, text_for
from ocr.model import Box, Code, PageReading
from storage.catalog import dossiers
from storage.dossier import procedures
from tests.unit.desktop.test_correct import taken_in
from tests.unit.ocr.test_documents import declaration, letter, page


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with bootstrap.open_services(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def sheet(dossier: str, component: str = "") -> PageReading:
    return page(qr=text_for(Separator(dossier, component)))


@pytest.mark.parametrize("known", [True, False])
def test_a_sheet_names_dossier_and_component_of_the_paper_after_it(services: Services, known: bool) -> None:
    made = new_dossier(services, NewDossier("1.001193", "Khai sinh", "Nguyễn Thị Mẫu"), Context()).value
    parts = procedures.find("1.001193", made.received_at.date()).components
    wanted = parts[-1].code
    stack = [sheet(made.code, wanted if known else "khong_co"), letter(), declaration()]
    separator, first, second = taken_in(services, *stack)
    with services.catalog.read() as connection:
        dossier = dossiers.by_code(connection, made.code)
    assert (separator.kind_code, separator.dossier_id) == ("separator", None)
    assert first.dossier_id == second.dossier_id == dossier.id
    assert (first.component_code == wanted) is known
    assert second.component_code != wanted


def test_a_sheet_is_not_offered_as_a_paper(services: Services) -> None:
    separator, loose = taken_in(services, sheet(""), letter())
    offered = {paper.id for paper in unattached_papers(services)}
    assert loose.id in offered and separator.id not in offered


def test_barcodes_divide_where_the_office_chose_so(services: Services) -> None:
    def form(code: str) -> PageReading:
        return replace(page(("phiếu", 300, 90)), codes=(Code("Code128", code, Box(10, 10, 90, 30)),))

    stack = [form("HS-0001"), page(("tiếp", 300, 90)), form("HS-0002")]
    assert [len(paper.page_ids) for paper in taken_in(services, *stack)] == [3]
    chosen = replace(services, settings=replace(services.settings, divide_by_barcodes=True))
    assert [len(paper.page_ids) for paper in taken_in(chosen, *stack)] == [2, 1]


def test_a_printed_sheet_is_always_the_same() -> None:
    wanted = Separator("H01.17.25-261122-0001", "to_khai", "A4 màu")
    assert separator_pdf(wanted) == separator_pdf(wanted)
    assert separator_pdf(wanted) != separator_pdf(Separator(""))
