"""Tables as spreadsheets: what a paper says can never become a formula."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop.workflow.reports.spreadsheet import Table, write

EVIL = ('=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0")


def written(path: Path, *rows: tuple[object, ...]) -> Table:
    table = Table("Tệp/đã [kiểm] tra", "Danh sách", ("Tên", "Giá trị"), rows)  # type: ignore[arg-type]
    write(path, [table])
    return table


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    written(file, *((text, text) for text in EVIL))
    sheet = load_workbook(file).worksheets[0]
    cells = [sheet.cell(row, 1) for row in range(4, 4 + len(EVIL))]
    assert [cell.value for cell in cells] == list(EVIL)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    with zipfile.ZipFile(file) as inside:
        assert b"<f>" not in inside.read("xl/worksheets/sheet1.xml")


def test_days_numbers_and_long_names_are_kept(tmp_path: Path) -> None:
    long = "Ủy ban nhân dân xã Mẫu Sơn Đông " * 20
    moment = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    written(tmp_path / "a.xlsx", (long, 12), (moment, date(2026, 1, 2)), (None, 1.5))
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet.title == "Tệp đã  kiểm  tra"
    assert (sheet["A4"].value, sheet["B4"].value, sheet["B6"].value) == (long, 12, 1.5)
    assert sheet["A4"].alignment.wrap_text
    assert sheet["A5"].value == moment.astimezone().replace(tzinfo=None)
    assert sheet.column_dimensions["A"].width <= 48


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_makes_a_file_that_opens(tmp_path: Path, text: str) -> None:
    written(tmp_path / "a.xlsx", (text, 1))
    cell = load_workbook(tmp_path / "a.xlsx").worksheets[0]["A4"]
    assert cell.data_type != "f" and (cell.value is None or isinstance(cell.value, str))
