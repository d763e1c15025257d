"""Commands about the evidence of signatures: what their certificates were found to be (TT 15/2025)."""

from __future__ import annotations

from typing import Annotated

import typer

from desktop import console, messages, settings
from desktop.console import Exit, Json
from desktop.workflow.sign.files import evidence_folder
from signing.presign import evidence
from signing.presign.model import Assessment


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    group = typer.Typer(no_args_is_help=True, help="What signatures rested on: certificate, lists, result.")
    group.command("list")(list_evidence)
    group.command("delete")(delete_evidence)
    app.add_typer(group, name="evidence")


def list_evidence(json: Json = False) -> None:
    """The kept evidence, oldest first."""
    with console.running():
        kept = evidence.records(evidence_folder(settings.default_home()))
    if json:
        console.print_json({"evidence": [_as_json(record) for record in kept]})
        return
    headings = ("table.id", "table.signed_at", "table.role", "table.signer", "table.subject", "table.check")
    console.print_table(headings, [_row(record) for record in kept])


def delete_evidence(
    ids: Annotated[list[str], typer.Argument(help="Ids as `tramso evidence list` shows them")],
) -> None:
    """Delete evidence; signed files stay as they are."""
    with console.running():
        gone = evidence.remove(evidence_folder(settings.default_home()), ids)
    console.stdout.print(messages.text("evidence.deleted", count=len(gone)), highlight=False)
    raise typer.Exit(Exit.DONE if len(gone) == len(set(ids)) else Exit.BAD_INPUT)


def _row(record: evidence.Record) -> tuple[str, ...]:
    worst = max(record.assessments, key=lambda assessment: assessment.grade)
    return (
        record.id,
        f"{record.signed_at.astimezone():%H:%M:%S %d/%m/%Y}",
        messages.text(f"role.{record.role}"),
        record.signer.subject,
        record.subject,
        _words(worst) if worst.grade else messages.text("evidence.all_good"),
    )


def _words(assessment: Assessment) -> str:
    return messages.text(f"presign.{assessment.code}", **assessment.facts)


def _as_json(record: evidence.Record) -> dict[str, object]:
    return {
        "id": record.id,
        "subject": record.subject,
        "sha256": record.digest,
        "field": record.field_name,
        "role": record.role,
        "signed_at": record.signed_at.isoformat(),
        "checked_at": record.checked_at.isoformat(),
        "signer": record.signer.subject,
        "certificate": record.signer.fingerprint,
        "assessments": [
            {
                "question": each.question,
                "grade": each.grade.name.lower(),
                "code": each.code,
                "text": _words(each),
            }
            for each in record.assessments
        ],
        "items": list(record.items),
    }
