"""The second person's check of batches on the command line: what is to be looked at, and the verdicts."""

from __future__ import annotations

from typing import Annotated

import typer

from desktop import bootstrap, console, messages
from desktop.console import Exit, Json
from desktop.workflow.review.second_check import (
    REASONS,
    VERDICTS,
    BatchCheck,
    CheckPaper,
    batch_check,
    check_paper,
)
from desktop.workflow.views.papers import list_batches


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    app.command("second-check")(second_check)


def second_check(
    batch: Annotated[str, typer.Argument(help="Id of the batch (default: list all batches)")] = "",
    paper: Annotated[str, typer.Option(help="Id of the paper that was looked at")] = "",
    verdict: Annotated[str, typer.Option(help="good, wrong or rescan")] = "good",
    reason: Annotated[str, typer.Option(help="Why it is wrong or goes back")] = "",
    json: Json = False,
) -> None:
    """A sample of each batch for another person than who made it (ISO 2859-1, AQL 1.0)."""
    if paper:
        _keep(paper, verdict, reason)
        return
    with console.running(), bootstrap.open_services(write=False) as services:
        ids = [batch] if batch else [row.id for row in list_batches(services)]
        checks = [batch_check(services, id) for id in ids]
    if json:
        console.print_json({"batches": [_as_json(check) for check in checks]})
    elif batch:
        _show_sample(checks[0])
    else:
        _show_batches(checks)


def _keep(paper: str, verdict: str, reason: str) -> None:
    if verdict not in VERDICTS or reason not in ("", *REASONS):
        console.stderr.print(
            messages.text("second.reasons", verdicts=", ".join(VERDICTS), reasons=", ".join(REASONS))
        )
        raise typer.Exit(Exit.USAGE)
    with console.running() as context, bootstrap.open_services() as services:
        check = check_paper(services, CheckPaper(paper, verdict, reason), context).value  # type: ignore[arg-type]
    _show_batches([check])


def _show_batches(checks: list[BatchCheck]) -> None:
    headings = ("table.id", "table.name", "table.operator", "table.lot", "table.sample", "table.accept")
    rows = [
        (
            *(check.batch_id, check.name, check.operator, check.plan.lot),
            *(f"{sum(bool(each.verdict) for each in check.papers)}/{check.plan.sample}",),
            *(f"{check.wrong}/{check.plan.accept}", messages.text(f"second.{check.state}")),
        )
        for check in checks
    ]
    console.print_table((*headings, "table.state"), rows)


def _show_sample(check: BatchCheck) -> None:
    headings = ("table.id", "table.file", "table.kind", "table.strange", "table.verdict")
    rows = [
        (
            paper.document_id,
            paper.name,
            messages.text(f"kind.{paper.kind_code}"),
            ", ".join(_strange(code) for code in paper.strange.reasons),
            messages.text(f"second.{paper.verdict or 'unseen'}"),
        )
        for paper in check.papers
    ]
    console.print_table(headings, rows)


def _strange(code: str) -> str:
    for key in (f"strange.{code}", f"quality.{code}"):
        if messages.has(key):
            return messages.text(key)
    return code


def _as_json(check: BatchCheck) -> dict[str, object]:
    return {
        "batch": check.batch_id,
        "operator": check.operator,
        "lot": check.plan.lot,
        "sample": check.plan.sample,
        "accept": check.plan.accept,
        "wrong": check.wrong,
        "state": check.state,
        "papers": [
            {
                "document": paper.document_id,
                "file": paper.name,
                "kind": paper.kind_code,
                "strange": list(paper.strange.reasons),
                "verdict": paper.verdict,
                "reason": paper.reason,
                "checker": paper.checker,
            }
            for paper in check.papers
        ],
    }
