"""The commands about this machine: its scanners, a scan with one, and what is installed for the program."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from desktop import console, messages
from desktop.console import Exit, Json
from desktop.workflow.doctor import Check, examine
from desktop.workflow.scan.folder import Scan, scan
from ocr.locate import devices
from ocr.ports import ScanOptions


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    app.command("devices")(show_devices)
    app.command("scan")(scan_pages)
    app.command()(doctor)


class Source(StrEnum):
    """Where the paper lies."""

    FLATBED = "flatbed"
    ADF = "adf"
    ADF_DUPLEX = "adf-duplex"


def show_devices(json: Json = False) -> None:
    """Scanners that answer."""
    with console.running():
        found = devices()
    if json:
        console.print_json({"devices": [{"address": entry.address, "name": entry.name} for entry in found]})
    else:
        console.print_table(("table.address", "table.name"), [(entry.address, entry.name) for entry in found])


def scan_pages(
    device: Annotated[str, typer.Option(help="sane:NAME, escl://HOST/eSCL, or folder:PATH for a hot folder")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the pages")],
    source: Annotated[Source, typer.Option(help="Where the paper lies")] = Source.FLATBED,
    dpi: Annotated[int, typer.Option(min=75, max=1200)] = 300,
    json: Json = False,
) -> None:
    """Scan into a folder, one file a page."""
    with console.running() as context:
        outcome = scan(Scan(device, output, ScanOptions(source.value, dpi)), context)
    if json:
        console.print_json(
            {
                "pages": [str(path) for path in outcome.value],
                "problems": [console.problem_as_json(problem) for problem in outcome.problems],
            }
        )
    console.say(outcome.problems)
    raise typer.Exit(console.exit_code(outcome.problems, len(outcome.value)))


def doctor(json: Json = False) -> None:
    """What is installed, what answers, what is missing and how to get it."""
    checks = examine()
    if json:
        console.print_json({"checks": [_check_as_json(check) for check in checks]})
    else:
        console.print_table(
            ("table.part", "table.state", "table.detail", "table.remedy"),
            [
                (check.part, messages.text(f"doctor.{check.state}"), check.detail, check.install)
                for check in checks
            ],
        )
    raise typer.Exit(Exit.DONE if all(check.state != "missing" for check in checks) else Exit.ENVIRONMENT)


def _check_as_json(check: Check) -> dict[str, str]:
    return {"part": check.part, "state": check.state, "detail": check.detail, "install": check.install}
