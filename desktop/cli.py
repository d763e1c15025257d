"""The command line: one command per workflow step. This module holds the commands that need no profile."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages
from desktop.cli_profile import add_commands
from desktop.console import Exit
from desktop.workflow.convert import ConvertFiles, Converted, convert_files
from desktop.workflow.doctor import Check, examine
from desktop.workflow.inputs import PAPERS, PDF, files_under
from desktop.workflow.read import FileRead, ReadFiles, document_as_json, page_as_json, read_files
from desktop.workflow.verify import FileVerified, VerifyFiles, verify_files
from ocr.pdfa import Profile
from signing.model import Verdict
from signing.report import as_json

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
add_commands(app)

Paths = Annotated[list[Path], typer.Argument(help="Files or folders")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else")]
Jobs = Annotated[int | None, typer.Option(min=1, help="Pages worked on at once (default: one per core)")]


@app.command()
def read(paths: Paths, jobs: Jobs = None, json: Json = False) -> None:
    """Text, kind and fields of papers; keeps nothing."""
    with console.running() as context, bootstrap.open_workers(jobs) as workers:
        files = read_files(workers, ReadFiles(files_under(tuple(paths), PAPERS)), context).value
    if json:
        console.print_json({"files": [_read_as_json(entry) for entry in files]})
    else:
        for entry in files:
            console.stdout.print(
                f"# {entry.path}", *(page.text.text for page in entry.pages), sep="\n", markup=False, highlight=False
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


@app.command()
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
    _finish([entry.problem for entry in results])


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
    }


@app.command()
def verify(
    paths: Paths,
    trust: Annotated[list[Path] | None, typer.Option(help="Folder with trusted certificates")] = None,
    at: Annotated[datetime | None, typer.Option(help="Judge as of this time")] = None,
    jobs: Jobs = None,
    json: Json = False,
) -> None:
    """Is what I see what was signed? Who signed, and was the certificate good then?"""
    with console.running() as context, bootstrap.open_workers(jobs) as workers:
        command = VerifyFiles(
            files_under(tuple(paths), PDF),
            (*(trust or ()), *bootstrap.trust_folders()),
            at.astimezone() if at else None,
        )
        files = verify_files(workers, command, context).value
    if json:
        console.print_json({"files": [_verified_as_json(entry) for entry in files]})
    else:
        console.print_table(
            ("table.file", "table.verdict", "table.content", "table.trust", "table.signatures"),
            [_verified_row(entry) for entry in files],
        )
    console.say(entry.problem for entry in files if entry.problem)
    raise typer.Exit(_verify_exit(files))


def _verified_as_json(entry: FileVerified) -> dict[str, object]:
    found = as_json(entry.verdict, messages.text) if entry.verdict else {"content": "unchecked", "signatures": []}
    return {"file": str(entry.path), "error": console.problem_as_json(entry.problem), **found}


def _verified_row(entry: FileVerified) -> tuple[object, ...]:
    if entry.verdict is None:
        return entry.path, messages.text("verdict.undetermined"), "", "", ""
    verdict = entry.verdict
    return (
        entry.path,
        messages.text(f"verdict.{verdict.verdict}"),
        messages.text(f"content.{verdict.content}"),
        messages.text(f"trust.{verdict.trust}"),
        len(verdict.signatures),
    )


def _verify_exit(files: tuple[FileVerified, ...]) -> Exit:
    """The gravest answer of all files decides."""
    verdicts = {entry.verdict.verdict for entry in files if entry.verdict}
    if Verdict.INVALID in verdicts:
        return Exit.NOT_VALID
    problems = [entry.problem for entry in files if entry.problem]
    if problems:
        return console.exit_code(problems, len(files) - len(problems))
    if Verdict.UNDETERMINED in verdicts:
        return Exit.UNDECIDED
    return Exit.NO_SIGNATURE if Verdict.UNSIGNED in verdicts else Exit.DONE


@app.command()
def doctor(json: Json = False) -> None:
    """What is installed, what answers, what is missing and how to get it."""
    checks = examine()
    if json:
        console.print_json({"checks": [_check_as_json(check) for check in checks]})
    else:
        console.print_table(
            ("table.part", "table.state", "table.detail", "table.remedy"),
            [(check.part, messages.text(f"doctor.{check.state}"), check.detail, check.install) for check in checks],
        )
    raise typer.Exit(Exit.DONE if all(check.state != "missing" for check in checks) else Exit.ENVIRONMENT)


def _check_as_json(check: Check) -> dict[str, str]:
    return {"part": check.part, "state": check.state, "detail": check.detail, "install": check.install}


def _finish(problems: list[console.Problem | None]) -> None:
    found = [problem for problem in problems if problem]
    console.say(found)
    raise typer.Exit(console.exit_code(found, len(problems) - len(found)))
