"""The command that renews the proof of signed files before it expires."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages, settings
from desktop.console import Exit
from desktop.workflow.inputs import PDF, files_under
from desktop.workflow.verify.extend import Due, ExtendFiles, FileExtended, extend_files, renewal_queue
from desktop.workflow.verify.files import VerifyFiles

Trusted = Annotated[list[Path] | None, typer.Option(help="Folder with trusted certificates")]
Online = Annotated[
    bool | None, typer.Option(help="Ask the addresses in certificates (default: the setting, off)")
]


def add_commands(app: typer.Typer) -> None:
    """Hang this command into the program."""
    app.command()(extend)


def extend(
    files: Annotated[list[Path], typer.Argument(help="Signed PDF files or folders")],
    queue: Annotated[
        bool, typer.Option("--list", help="Only show which signatures lose their proof, and when")
    ] = False,
    tsa: Annotated[str | None, typer.Option(help="Time-stamp authority: http address or practice:")] = None,
    trust: Trusted = None,
    online: Online = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Folder (default: in place)")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Files worked on at once")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else")] = False,
) -> None:
    """Add revocation data and an archive time stamp, so that signatures can still be proved in ten years."""
    folders = (*(trust or ()), *bootstrap.trust_folders())
    access = bootstrap.online_access(online)
    with console.running() as context, bootstrap.open_workers(jobs) as workers:
        paths = files_under(tuple(files), PDF)
        if queue:
            due = renewal_queue(workers, VerifyFiles(paths, folders, access=access), context)
            _print_queue(due.value, json)
            problems = list(due.problems)
            done = len(paths) - len(problems)
        else:
            home = settings.default_home()
            address = settings.load(home).tsa if tsa is None else tsa
            command = ExtendFiles(paths, _outputs(paths, output), address, folders, home, access)
            results = extend_files(workers, command, context).value
            _print_results(results, json)
            problems = [entry.problem for entry in results if entry.problem]
            done = len(results) - len(problems)
    console.say(problems)
    raise typer.Exit(console.exit_code(problems, done) if problems else Exit.DONE)


def _outputs(paths: tuple[Path, ...], output: Path | None) -> tuple[Path, ...]:
    if output is None:
        return paths
    output.mkdir(parents=True, exist_ok=True)
    return tuple(output / path.name for path in paths)


def _print_queue(queue: tuple[Due, ...], json: bool) -> None:
    if json:
        console.print_json({"queue": [_due_as_json(entry) for entry in queue]})
        return
    rows = [
        (
            entry.renewal.due.date(),
            messages.text(f"renewal.{entry.renewal.why}"),
            entry.renewal.signer,
            entry.path,
        )
        for entry in queue
    ]
    console.print_table(("table.renew_before", "table.why", "table.signer", "table.file"), rows)


def _due_as_json(entry: Due) -> dict[str, object]:
    found = entry.renewal
    return {
        "file": str(entry.path),
        "field": found.field_name,
        "signer": found.signer,
        "due": found.due.isoformat(),
        "why": found.why,
        "overdue": found.overdue,
    }


def _print_results(results: tuple[FileExtended, ...], json: bool) -> None:
    if json:
        console.print_json({"files": [_as_json(entry) for entry in results]})
        return
    for entry in results:
        if entry.extended is None:
            continue
        facts = {"name": entry.path, "field": entry.extended.field_name, "lists": entry.extended.lists}
        console.stdout.print(messages.text("extend.done", **facts), markup=False, highlight=False)
        if entry.extended.unproven:
            unproven = {"name": entry.path, "count": len(entry.extended.unproven)}
            console.stdout.print(messages.text("extend.unproven", **unproven), markup=False)


def _as_json(entry: FileExtended) -> dict[str, object]:
    found: dict[str, object] = {
        "file": str(entry.path),
        "error": console.problem_as_json(entry.problem),
    }
    if entry.extended is not None:
        stamped = entry.extended.stamped_at
        found |= {
            "field": entry.extended.field_name,
            "stamped_at": stamped.isoformat() if stamped else None,
            "lists": entry.extended.lists,
            "unproven": list(entry.extended.unproven),
        }
    return found
