"""The command that takes the specimen office through the whole path."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages
from desktop.workflow.demo import DemoResult, DossierResult, PaperResult, demo


def add_commands(app: typer.Typer) -> None:
    """Hang this command into the program."""
    app.command("demo")(run_demo)


def run_demo(
    home: Annotated[Path | None, typer.Option(help="Profile to make it in (default: the user's)")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else")] = False,
) -> None:
    """Specimen papers through the whole path to the archive."""
    with console.running() as context, bootstrap.open_services(home) as services:
        result = demo(services, context)
    if json:
        console.print_json(_as_json(result))
    else:
        _print(result)
    console.say(result.problems)
    raise typer.Exit(console.exit_code(result.problems, len(result.papers)))


def _print(result: DemoResult) -> None:
    console.stdout.print(messages.text("demo.heading"), style="bold")
    console.print_table(
        (
            "table.file",
            "table.kind",
            "table.confidence",
            "table.pages",
            "table.size",
            "table.cer",
            "table.seconds",
            "table.signatures",
            "table.verdict",
        ),
        [_row(paper) for paper in result.papers],
    )
    for dossier in result.dossiers:
        _print_dossier(dossier)
    known = [paper.cer for paper in result.papers if paper.cer is not None]
    lines = (
        messages.text(
            "demo.totals",
            papers=len(result.papers),
            pages=sum(paper.pages for paper in result.papers),
            signatures=sum(paper.signatures for paper in result.papers),
            cer=f"{sum(known) / max(1, len(known)):.1%}",
            seconds=f"{result.seconds:.0f}",
        ),
        messages.text("demo.journal", entries=result.journal_entries),
        messages.text("demo.search", query=result.query, hits=result.hits),
        messages.text("demo.archive", folder=result.archive),
    )
    for line in lines:
        console.stdout.print(line, highlight=False, markup=False)


def _row(paper: PaperResult) -> tuple[object, ...]:
    return (
        paper.file,
        paper.kind_name,
        f"{paper.confidence:.0%}",
        paper.pages,
        paper.bytes // 1024,
        "" if paper.cer is None else f"{paper.cer:.1%}",
        f"{paper.seconds:.1f}",
        paper.signatures,
        messages.text(f"verdict.{paper.verdict}") if paper.verdict else "",
    )


def _print_dossier(dossier: DossierResult) -> None:
    if dossier.receipt is not None:
        key, archive, digest = dossier.receipt.key, dossier.receipt.archive, dossier.receipt.digest
        words = messages.text("deposit.receipt", key=key, archive=archive, digest=digest)
    else:
        words = messages.text("demo.incomplete", code=dossier.code, missing="; ".join(dossier.missing))
    console.stdout.print(words, highlight=False, markup=False)


def _as_json(result: DemoResult) -> dict[str, object]:
    """The demonstration as `demo --json` prints it (stable)."""
    return {
        "papers": [
            {
                "file": paper.file,
                "kind": paper.kind,
                "kind_expected": paper.kind_expected,
                "confidence": round(paper.confidence, 3),
                "pages": paper.pages,
                "bytes": paper.bytes,
                "cer": None if paper.cer is None else round(paper.cer, 4),
                "seconds": round(paper.seconds, 2),
                "signatures": paper.signatures,
                "verdict": paper.verdict,
            }
            for paper in result.papers
        ],
        "dossiers": [
            {
                "code": dossier.code,
                "procedure": dossier.procedure,
                "complete": dossier.complete,
                "missing": list(dossier.missing),
                "package": dossier.package,
                "receipt": _receipt_as_json(dossier),
            }
            for dossier in result.dossiers
        ],
        "journal": {"entries": result.journal_entries, "valid": True},
        "search": {"query": result.query, "hits": result.hits},
        "archive": str(result.archive),
        "seconds": round(result.seconds, 1),
    }


def _receipt_as_json(dossier: DossierResult) -> dict[str, str] | None:
    receipt = dossier.receipt
    if receipt is None:
        return None
    return {
        "archive": receipt.archive,
        "key": receipt.key,
        "sha256": receipt.digest,
        "deposited_at": receipt.deposited_at.isoformat(),
    }
