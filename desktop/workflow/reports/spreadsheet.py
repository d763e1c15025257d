"""Tables as XLSX (ISO/IEC 29500): text stays text, whatever a paper or a certificate says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from desktop.workflow import outputs

Value = str | int | float | date | datetime | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so is run by spreadsheet programs when it is edited or saved as CSV (OWASP)."""
_MAX_CELL = 32_000
_MAX_WIDTH, _MIN_WIDTH = 48, 8
_HEAD = PatternFill("solid", start_color="14599D")
_LINE = Border(bottom=Side("thin", color="CBD3DD"))


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, what stands above it, its columns and rows."""

    name: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def write(path: Path, tables: Sequence[Table]) -> None:
    """Write the tables as one workbook, complete or not at all."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        _fill(book.create_sheet(_sheet_name(table.name)), table)
    with outputs.whole(path) as part:
        book.save(part)


def _fill(sheet: Worksheet, table: Table) -> None:
    _put(sheet.cell(1, 1), table.caption)
    sheet.cell(1, 1).font = Font(bold=True, size=13)
    sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
    for column, heading in enumerate(table.headings, 1):
        cell = sheet.cell(3, column)
        _put(cell, heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
    for number, row in enumerate(table.rows, 4):
        for column, value in enumerate(row, 1):
            _put(sheet.cell(number, column), value)
            sheet.cell(number, column).border = _LINE
    for column, heading in enumerate(table.headings, 1):
        longest = max([len(heading), *(_longest(row[column - 1]) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(
            max(longest + 2, _MIN_WIDTH), _MAX_WIDTH
        )
    sheet.freeze_panes = "A4"
    if table.rows:
        sheet.auto_filter.ref = f"A3:{get_column_letter(len(table.headings))}{3 + len(table.rows)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "3:3"


def _put(cell: Cell | MergedCell, value: Value) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, datetime):
        cell.value, cell.number_format = value.astimezone().replace(tzinfo=None), "dd/mm/yyyy hh:mm"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "dd/mm/yyyy"
    elif isinstance(value, str):
        # openpyxl takes "=..." for a formula unless it is told that this is text
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_MAX_CELL]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)
    else:
        cell.value = value


def _longest(value: Value) -> int:
    if isinstance(value, date):
        return 16
    return max((len(line) for line in str(value or "").splitlines()), default=0)


def _sheet_name(name: str) -> str:
    """Without what a sheet's name may not hold; 31 characters at most."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in name)[:31]
