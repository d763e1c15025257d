"""The command that looks for what a paper has against the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from desktop import bootstrap, console, messages
from desktop.console import Exit
from desktop.workflow.inputs import PDF, files_under
from desktop.workflow.sign.check import Checked, CheckFiles, FileChecked, check_files
from desktop.workflow.sign.finding_words import said


def add_commands(app: typer.Typer) -> None:
    """Hang this command into the program."""
    app.command()(check)


def check(
    paths: Annotated[list[Path], typer.Argument(help="PDF files or folders")],
    jobs: Annotated[int | None, typer.Option(min=1, help="Files looked at at once")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else")] = False,
) -> None:
    """Is the form as NĐ 30/2020, TT 01/2023 and TT 05/2025 say? Each breach with its clause."""
    with console.running() as context, bootstrap.open_workers(jobs) as workers:
        files = check_files(workers, CheckFiles(files_under(tuple(paths), PDF)), context).value
    if json:
        console.print_json({"files": [_as_json(entry) for entry in files]})
    else:
        for entry in files:
            if entry.checked is not None:
                _print(entry.path, entry.checked)
    problems = [entry.problem for entry in files if entry.problem]
    console.say(problems)
    raise typer.Exit(_exit(files))


def _print(path: Path, checked: Checked) -> None:
    if not checked.findings:
        key = "law.none" if checked.administrative else "law.none_judged"
        console.stdout.print(messages.text(key, name=path), highlight=False, markup=False)
        return
    console.stdout.print(
        messages.text("law.found", name=path, n=len(checked.findings)), highlight=False, markup=False
    )
    for finding in checked.findings:
        todo = messages.text(f"law.todo.{finding.fix}")
        facts = {"page": finding.page, "what": said(finding), "clause": finding.clause, "todo": todo}
        console.stdout.print("  " + messages.text("law.line", **facts), highlight=False, markup=False)


def _as_json(entry: FileChecked) -> dict[str, Any]:
    found: dict[str, Any] = {"file": str(entry.path), "error": console.problem_as_json(entry.problem)}
    if entry.checked is not None:
        found["administrative"] = entry.checked.administrative
        found["findings"] = [
            {
                "code": finding.code,
                "clause": finding.clause,
                "page": finding.page,
                "box": list(finding.area) if finding.area else None,
                "sure": finding.sure,
                "fix": finding.fix,
                "text": said(finding),
            }
            for finding in entry.checked.findings
        ]
    return found


def _exit(files: tuple[FileChecked, ...]) -> Exit:
    if any(finding.sure for entry in files if entry.checked for finding in entry.checked.findings):
        return Exit.NOT_VALID
    problems = [entry.problem for entry in files if entry.problem]
    return console.exit_code(problems, len(files) - len(problems))
