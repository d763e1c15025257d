"""Commands about preparing and reviewing batches: separator sheets, twins, what corrections taught."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages
from desktop.console import Json
from desktop.workflow.review.duplicates import FindTwins, Twins, find_twins
from desktop.workflow.review.learning import KIND, Forget, forget, list_lessons
from desktop.workflow.scan.separator_sheet import separator_pdf
from desktop.workflow.views.papers import list_batches
from ocr.codes.separators import Separator
from ocr.papers.kinds import kind
from storage.catalog.lessons import Lesson


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    app.command("separator")(print_separator)
    app.command("learned")(show_learned)
    app.command("duplicates")(show_duplicates)


def print_separator(
    output: Annotated[Path, typer.Option("--output", "-o", help="PDF to write")],
    dossier: Annotated[str, typer.Option(help="Code of the dossier that follows")] = "",
    component: Annotated[str, typer.Option(help="Code of the component that follows")] = "",
    profile: Annotated[str, typer.Option(help="Scan profile for what follows")] = "",
) -> None:
    """A sheet to lay between two papers in the feeder: QR code for this program, Patch T for others."""
    with console.running():
        output.write_bytes(separator_pdf(Separator(dossier, component, profile)))
    console.stdout.print(str(output), highlight=False)


def show_learned(
    forget_ids: Annotated[list[str] | None, typer.Option("--forget", help="Id to forget, or `all`")] = None,
    json: Json = False,
) -> None:
    """What clerks' corrections taught on this computer; or forget some of it."""
    if forget_ids:
        ids = None if "all" in forget_ids else tuple(forget_ids)
        with console.running() as context, bootstrap.open_services() as services:
            count = forget(services, Forget(ids), context).value
        console.stdout.print(messages.text("learned.forgotten", count=count), highlight=False)
        return
    with console.running(), bootstrap.open_services(write=False) as services:
        found = list_lessons(services)
    if json:
        console.print_json({"lessons": [_as_json(lesson) for lesson in found]})
        return
    headings = ("table.id", "table.field", "table.read", "table.right", "table.learnt_at")
    console.print_table(headings, [_row(lesson) for lesson in found])


def show_duplicates(json: Json = False) -> None:
    """Papers that may have been scanned twice, in every batch and between them; nothing is dropped."""
    with console.running() as context, bootstrap.open_services(write=False) as services:
        batches = [row.id for row in list_batches(services)]
        found = [
            twins for batch in batches for twins in find_twins(services, FindTwins(batch), context).value
        ]
    pairs = {frozenset((twins.paper.id, twins.other.id)): twins for twins in found}.values()
    if json:
        console.print_json({"twins": [_twins_as_json(twins) for twins in pairs]})
        return
    rows = [
        (twins.paper.name, twins.other.name, twins.paper.kind_name, f"{twins.likeness:.0%}")
        for twins in pairs
    ]
    console.print_table(("table.file", "table.same_as", "table.kind", "table.likeness"), rows)


def _twins_as_json(twins: Twins) -> dict[str, object]:
    return {
        "document": twins.paper.id,
        "file": twins.paper.name,
        "other": twins.other.id,
        "other_file": twins.other.name,
        "kind": twins.paper.kind_code,
        "likeness": twins.likeness,
    }


def _row(lesson: Lesson) -> tuple[str, ...]:
    read, right = lesson.read, lesson.right
    if lesson.about == KIND:
        read, right = kind(read).name, kind(right).name
    about = messages.text("learned.kind" if lesson.about == KIND else f"ui.field.{lesson.about}")
    return lesson.id, about, read, right, f"{lesson.learnt_at.astimezone():%d/%m/%Y %H:%M}"


def _as_json(lesson: Lesson) -> dict[str, object]:
    return {
        "id": lesson.id,
        "about": lesson.about,
        "read": lesson.read,
        "right": lesson.right,
        "learnt_at": lesson.learnt_at.isoformat(),
        "actor": lesson.actor,
    }
