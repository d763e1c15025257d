"""The command that reads papers and keeps nothing."""

from __future__ import annotations

import typer

from desktop import bootstrap, console
from desktop.console import Jobs, Json, Paths
from desktop.workflow.inputs import PAPERS, files_under
from desktop.workflow.papers.page_tasks import ready
from desktop.workflow.papers.read import FileRead, ReadFiles, document_as_json, page_as_json, read_files


def add_commands(app: typer.Typer) -> None:
    """Hang this command into the program."""
    app.command()(read)


def read(paths: Paths, jobs: Jobs = None, json: Json = False) -> None:
    """Text, kind and fields of papers; keeps nothing."""
    with console.running() as context, bootstrap.open_workers(jobs, ready=ready) as workers:
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
    console.finish([entry.problem for entry in files])


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
