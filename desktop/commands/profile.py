"""Commands that work on the profile: dossiers, intake, packing, archive, search."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages
from desktop.console import Exit, Json
from desktop.workflow.archive.pack import Deposit, Pack, deposit, pack
from desktop.workflow.archive.prove import check_archive
from desktop.workflow.dossiers.attach import Attach, attach
from desktop.workflow.dossiers.open_close import CloseDossier, NewDossier, close_dossier, new_dossier
from desktop.workflow.job import Problem
from desktop.workflow.papers.intake import Intake, intake, on_file
from desktop.workflow.papers.process import process_batches
from desktop.workflow.problems import StepFailed
from desktop.workflow.views.dossiers import dossier, list_dossiers, list_packages
from desktop.workflow.views.papers import batch_papers, search_papers
from desktop.workflow.views.rows import PaperRow
from storage.dossier import procedures
from storage.package.model import PackageProfile

procedure_app = typer.Typer(no_args_is_help=True, help="Procedures this program knows")
dossier_app = typer.Typer(no_args_is_help=True, help="Dossiers of citizens")
archive_app = typer.Typer(no_args_is_help=True, help="The archive that packages go to")

Code = Annotated[str, typer.Argument(help="Code of the dossier")]


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    app.add_typer(procedure_app, name="procedure")
    app.add_typer(dossier_app, name="dossier")
    app.add_typer(archive_app, name="archive")
    app.command("intake")(take_in)
    app.command("pack")(pack_dossier)
    app.command("deposit")(deposit_dossier)
    app.command()(search)


@procedure_app.command("list")
def list_procedures() -> None:
    """Codes and names."""
    console.print_table(
        ("table.code", "table.name"), [(entry.code, entry.name) for entry in procedures.load()]
    )


@procedure_app.command("show")
def show_procedure(code: Annotated[str, typer.Argument(help="Code of the procedure")]) -> None:
    """What a dossier of this procedure must contain today."""
    with console.running():
        found = procedures.find(code, date.today())  # noqa: DTZ011 - the office's own day
    console.stdout.print(f"{found.code} {found.name}", highlight=False)
    console.print_table(
        ("table.code", "table.component", "table.detail"),
        [(part.code, part.name, part.case or part.note) for part in found.components],
    )


@dossier_app.command("new")
def open_dossier(
    procedure: Annotated[str, typer.Argument(help="Code of the procedure")],
    applicant: Annotated[str, typer.Option(help="Name of the applicant")],
    title: Annotated[str, typer.Option(help="What it is about (default: the procedure's name)")] = "",
    case: Annotated[list[str] | None, typer.Option(help="Case that applies (may be repeated)")] = None,
    code: Annotated[str | None, typer.Option(help="Code given by the one-stop system")] = None,
) -> None:
    """Open a dossier and print its code."""
    with console.running() as context, bootstrap.open_services() as services:
        command = NewDossier(procedure, title, applicant, tuple(case or ()), code)
        made = new_dossier(services, command, context).value
    console.stdout.print(made.code, highlight=False)


@dossier_app.command("list")
def show_dossiers() -> None:
    """Every dossier."""
    with console.running(), bootstrap.open_services(write=False) as services:
        rows = list_dossiers(services)
    console.print_table(
        ("table.code", "table.applicant", "table.procedure", "table.state", "table.component"),
        [
            (row.code, row.applicant, row.procedure_name, row.state, f"{row.filled}/{row.required}")
            for row in rows
        ],
    )


@dossier_app.command("show")
def show_dossier(code: Code) -> None:
    """A dossier's checklist: what it has and what it lacks."""
    with console.running(), bootstrap.open_services(write=False) as services:
        view = dossier(services, code)
    rows = [
        (
            item.component_name,
            messages.text(f"checklist.{item.status}"),
            ", ".join(paper.name for paper in item.papers),
        )
        for item in view.items
    ]
    console.print_table(("table.component", "table.state", "table.file"), rows)


@dossier_app.command("attach")
def attach_document(
    code: Code,
    document: Annotated[str, typer.Argument(help="Id of the document")],
    component: Annotated[str | None, typer.Option(help="Code of the component")] = None,
) -> None:
    """Put a document into a dossier."""
    with console.running() as context, bootstrap.open_services() as services:
        attach(services, Attach(document, code, component), context)


@dossier_app.command("close")
def end_dossier(code: Code) -> None:
    """Close a complete dossier; it takes no more papers."""
    with console.running() as context, bootstrap.open_services() as services:
        close_dossier(services, CloseDossier(code), context)


def take_in(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders")],
    dossier: Annotated[str | None, typer.Option(help="Code of the dossier the papers belong to")] = None,
    json: Json = False,
) -> None:
    """Import papers: batch, pages, recognition, kinds, fields, attachment, searchable PDF/A."""
    with console.running() as context, bootstrap.open_services() as services:
        taken = intake(services, Intake(tuple(paths), paths[0].stem), context)
        if not taken.value and not taken.problems:
            raise StepFailed(Problem("nothing_to_do", {"name": str(paths[0])}))
        processed = process_batches(services, taken.changes.batches, dossier, context)
        papers = [
            paper for batch_id in sorted(taken.changes.batches) for paper in batch_papers(services, batch_id)
        ]
        known = sum(entry.known for entry in taken.value)
        told = on_file(services, taken.value)
        pages = sum(entry.pages for entry in taken.value)
    found = [*taken.problems, *processed.problems]
    if json:
        console.print_json(
            {
                "files": [
                    {
                        "file": str(entry.path),
                        "digest": entry.digest,
                        "pages": entry.pages,
                        "known": entry.known,
                    }
                    for entry in taken.value
                ],
                "papers": [_paper_as_json(paper) for paper in papers],
                "problems": [console.problem_as_json(problem) for problem in found],
            }
        )
    else:
        console.print_table(
            ("table.code", "table.file", "table.kind", "table.confidence", "table.pages", "table.dossier"),
            [_paper_row(paper) for paper in papers],
        )
        console.stdout.print(
            messages.text("intake.summary", files=len(taken.value), pages=pages, known=known), highlight=False
        )
    console.say([*told, *found])
    raise typer.Exit(console.exit_code(found, len(taken.value)))


def _paper_row(paper: PaperRow) -> tuple[object, ...]:
    confidence = f"{paper.confidence:.0%}"
    return paper.id, paper.name, paper.kind_name, confidence, len(paper.page_ids), paper.dossier_code


def _paper_as_json(paper: PaperRow) -> dict[str, object]:
    return {
        "id": paper.id,
        "file": paper.name,
        "kind": {"code": paper.kind_code, "name": paper.kind_name, "confidence": round(paper.confidence, 3)},
        "pages": len(paper.page_ids),
        "dossier": paper.dossier_code,
        "component": paper.component_code,
        "fields": {
            field.name: {"value": field.value, "confidence": round(field.confidence, 3)}
            for field in paper.fields
        },
    }


def pack_dossier(
    code: Code,
    output: Annotated[Path, typer.Option("-o", "--output", help="The package, a zip file")],
    profile: Annotated[PackageProfile, typer.Option(help="Form of the package")] = PackageProfile.SIP_HOSO,
) -> None:
    """Pack a closed dossier into a file."""
    with console.running() as context, bootstrap.open_services() as services:
        package = pack(services, Pack(code, profile), context).value
        output.write_bytes(services.blobs.read(package.digest))


def deposit_dossier(
    code: Code,
    to: Annotated[str | None, typer.Option(help="Address of the archive (default: the profile's)")] = None,
) -> None:
    """Pack a closed dossier, put it into the archive, print the receipt."""
    with console.running() as context, bootstrap.open_services() as services:
        archive = bootstrap.archive(to, services.home) if to else None
        receipt = deposit(services, Deposit(code), context, archive).value
    words = messages.text("deposit.receipt", key=receipt.key, archive=receipt.archive, digest=receipt.digest)
    console.stdout.print(words, highlight=False)


@archive_app.command("list")
def show_archive() -> None:
    """Every package and where it lies."""
    with console.running(), bootstrap.open_services(write=False) as services:
        rows = [(row.dossier_code, row.title, row.size // 1024, row.key) for row in list_packages(services)]
    console.print_table(("table.dossier", "table.name", "table.size", "table.receipt"), rows)


@archive_app.command("check")
def check() -> None:
    """Hash every package the archive holds."""
    with console.running() as context, bootstrap.open_services(write=False) as services:
        outcome = check_archive(services, context)
    console.say(outcome.problems)
    if outcome.problems:
        raise typer.Exit(Exit.NOT_VALID)
    console.stdout.print(messages.text("archive.good", count=len(outcome.value)), highlight=False)


def search(
    text: Annotated[str, typer.Argument(help="Words on the paper, with or without accents")],
    json: Json = False,
) -> None:
    """Find papers by what they say."""
    with console.running(), bootstrap.open_services(write=False) as services:
        hits = search_papers(services, text)
    if json:
        entries = [
            {
                "document": hit.document_id,
                "file": hit.name,
                "kind": hit.kind_name,
                "dossier": hit.dossier_code,
                "snippet": hit.snippet,
            }
            for hit in hits
        ]
        console.print_json({"query": text, "hits": entries})
    elif hits:
        console.print_table(
            ("table.file", "table.kind", "table.dossier", "table.snippet"),
            [(hit.name, hit.kind_name, hit.dossier_code, hit.snippet) for hit in hits],
        )
    else:
        console.stdout.print(messages.text("search.none"), highlight=False)
