"""The command that makes PDF/A of papers and keeps nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages
from desktop.console import Jobs, Json, Paths
from desktop.workflow.inputs import PAPERS, files_under
from desktop.workflow.papers.convert import Converted, ConvertFiles, convert_files
from desktop.workflow.papers.page_tasks import ready
from ocr.pdf.encoded import Profile


def add_commands(app: typer.Typer) -> None:
    """Hang this command into the program."""
    app.command()(convert)


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
    with console.running() as context, bootstrap.open_workers(jobs, ready=ready) as workers:
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
    console.finish([entry.problem for entry in results])


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
