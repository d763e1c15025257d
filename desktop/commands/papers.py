"""The commands that read, convert and scan papers and keep nothing, and what is installed for it."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages
from desktop.console import Exit
from desktop.workflow.doctor import Check, examine
from desktop.workflow.inputs import PAPERS, files_under
from desktop.workflow.job import Problem
from desktop.workflow.papers.convert import Converted, ConvertFiles, convert_files
from desktop.workflow.papers.read import FileRead, ReadFiles, document_as_json, page_as_json, read_files
from desktop.workflow.scan.folder import Scan, scan
from ocr.locate import devices
from ocr.pdf.encoded import Profile
from ocr.ports import ScanOptions


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    app.command()(read)
    app.command()(convert)
    app.command("devices")(show_devices)
    app.command("scan")(scan_pages)
    app.command()(doctor)


class Source(StrEnum):
    """Where the paper lies."""

    FLATBED = "flatbed"
    ADF = "adf"
    ADF_DUPLEX = "adf-duplex"


Paths = Annotated[list[Path], typer.Argument(help="Files or folders")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else")]
Jobs = Annotated[int | None, typer.Option(min=1, help="Pages worked on at once (default: one per core)")]


def read(paths: Paths, jobs: Jobs = None, json: Json = False) -> None:
    """Text, kind and fields of papers; keeps nothing."""
    with console.running() as context, bootstrap.open_workers(jobs) as workers:
        files = read_files(workers, ReadFiles(files_under(tuple(paths), PAPERS)), context).value
    if json:
        console.print_json({"files": [_read_as_json(entry) for entry in files]})
    else:
        for entry in files:
            console.stdout.print(
                f"# {entry.path}",
                *(page.text.text for page in entry.pages),
                sep="\n",
                markup=False,
                highlight=False,
            )
    _finish([entry.problem for entry in files])


def _read_as_json(entry: FileRead) -> dict[str, object]:
    return {
        "file": str(entry.path),
        "error": console.problem_as_json(entry.problem),
        "pages": [page_as_json(page) for page in entry.pages],
        "documents": [document_as_json(document) for document in entry.documents],
        "codes": [
            {"page": page.number, "format": code.format, "text": code.text, "box": list(code.box)}
            for page in entry.pages
            for code in page.codes
        ],
    }


def convert(
    paths: Paths,
    output: Annotated[Path, typer.Option("-o", "--output", help="A PDF, or a folder for many")],
    sidecar: Annotated[Path | None, typer.Option(help="Write the text into this file or folder too")] = None,
    compact: Annotated[bool, typer.Option(help="Smaller file, coarser background")] = False,
    keep_image: Annotated[bool, typer.Option(help="Keep the picture exactly as it was scanned")] = False,
    jobs: Jobs = None,
    json: Json = False,
) -> None:
    """Images or PDFs to searchable PDF/A-2u; a folder in gives a folder out."""
    profile: Profile = "keep" if keep_image else "compact" if compact else "archive"
    with console.running() as context, bootstrap.open_workers(jobs) as workers:
        files = files_under(tuple(paths), PAPERS)
        single = len(paths) == 1 and not paths[0].is_dir() and not output.is_dir()
        command = ConvertFiles(
            files,
            _targets(files, paths, output, ".pdf", single),
            profile,
            _targets(files, paths, sidecar, ".txt", single) if sidecar else (),
        )
        results = convert_files(workers, command, context).value
    if json:
        console.print_json({"files": [_converted_as_json(entry) for entry in results]})
    for entry in results:
        for reason, pages in _by_reason(entry).items():
            told = messages.text("convert.pictured", name=entry.path.name, pages=pages, reason=reason)
            console.stderr.print(told, markup=False, highlight=False)
    _finish([entry.problem for entry in results])


def _by_reason(entry: Converted) -> dict[str, str]:
    """Why pages became pictures, in words, and which."""
    found: dict[str, list[str]] = {}
    for page in entry.pictured:
        found.setdefault(messages.text(f"retained.{page.reason}"), []).append(str(page.page))
    return {reason: ", ".join(pages) for reason, pages in found.items()}


def _targets(
    files: tuple[Path, ...], given: list[Path], output: Path, suffix: str, single: bool
) -> tuple[Path, ...]:
    """Where each file's result goes: folders keep their inner shape, equal names get a number."""
    if single:
        return (output,)
    taken: Counter[Path] = Counter()
    targets = []
    for file in files:
        root = next((path for path in given if path.is_dir() and file.is_relative_to(path)), file.parent)
        target = output / file.relative_to(root).with_suffix(suffix)
        taken[target] += 1
        number = taken[target]
        targets.append(target if number == 1 else target.with_stem(f"{target.stem}-{number}"))
    return tuple(targets)


def _converted_as_json(entry: Converted) -> dict[str, object]:
    return {
        "file": str(entry.path),
        "error": console.problem_as_json(entry.problem),
        "output": str(entry.output) if entry.output else None,
        "pages": entry.pages,
        "blank_pages": entry.blank_pages,
        "bytes": entry.bytes,
        "signed": entry.signed,
        "sidecar": str(entry.sidecar) if entry.sidecar else None,
        "pictured": [{"page": page.page, "reason": page.reason} for page in entry.pictured],
    }


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


def _finish(problems: list[Problem | None]) -> None:
    found = [problem for problem in problems if problem]
    console.say(found)
    raise typer.Exit(console.exit_code(found, len(problems) - len(found)))
