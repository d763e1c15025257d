"""Commands that count and prove: report, journal."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages
from desktop.console import Json
from desktop.workflow.archive.prove import check_journal, export_journal
from desktop.workflow.reports import dossiers as report_dossiers
from desktop.workflow.reports import spreadsheet
from desktop.workflow.reports.spreadsheet import Table, Value

report_app = typer.Typer(no_args_is_help=True, help="Figures of dossiers")
journal_app = typer.Typer(no_args_is_help=True, help="Who did what when")

Xlsx = Annotated[Path | None, typer.Option(help="Write the table as a spreadsheet, too")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    app.add_typer(report_app, name="report")
    app.add_typer(journal_app, name="journal")


@report_app.command("indicators")
def indicators(since: Day = None, until: Day = None, xlsx: Xlsx = None, json: Json = False) -> None:
    """What was received, digitised, closed, and on time (default: from 1 January to today)."""
    last = until.date() if until else date.today()  # noqa: DTZ011 - the office's own day
    first = since.date() if since else last.replace(month=1, day=1)
    if first > last:
        raise typer.BadParameter("--since is later than --until")
    with console.running(), bootstrap.open_services(write=False) as services:
        found = report_dossiers.indicators(services, first, last)
        table = report_dossiers.indicator_table(found, first, last)
        _write(table, xlsx)
    _print(table, json)


@report_app.command("overdue")
def overdue(xlsx: Xlsx = None, json: Json = False) -> None:
    """Open dossiers whose promised day has passed."""
    with console.running(), bootstrap.open_services(write=False) as services:
        table = report_dossiers.overdue_table(services)
        _write(table, xlsx)
    _print(table, json)


def _write(table: Table, xlsx: Path | None) -> None:
    if xlsx is not None:
        spreadsheet.write(xlsx, [table])


def _print(table: Table, json: bool) -> None:
    if json:
        rows = [[_plain(value) for value in row] for row in table.rows]
        console.print_json({"caption": table.caption, "headings": table.headings, "rows": rows})
    else:
        console.print_rows(table.caption, table.headings, table.rows)


def _plain(value: Value) -> str | int | float | None:
    return value.isoformat() if isinstance(value, date) else value


@journal_app.command("verify")
def verify_journal(json: Json = False) -> None:
    """Walk the journal's hash chain."""
    with console.running(), bootstrap.open_services(write=False) as services:
        entries = check_journal(services)
    if json:
        console.print_json({"entries": entries, "valid": True})
    else:
        console.stdout.print(messages.text("journal.valid", entries=entries), highlight=False)


@journal_app.command("export")
def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write, one JSON object per line")],
) -> None:
    """Check the journal and write it as lines that anybody can check again (SHA-256 chain)."""
    with console.running(), bootstrap.open_services(write=False) as services:
        entries = export_journal(services, output)
    console.stdout.print(messages.text("journal.exported", entries=entries, name=output), highlight=False)
