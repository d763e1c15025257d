"""Commands about what the archivist decided: make, list and repeat a decision."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages
from desktop.console import Exit, Json
from desktop.workflow.archive.decide import DecideFiles, decide_files, list_decisions, repeat
from desktop.workflow.inputs import PDF, files_under
from storage.files.hashing import digest_of

decision_app = typer.Typer(no_args_is_help=True, help="What the archivist decided about signed files")


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    app.add_typer(decision_app, name="decision")


@decision_app.command("make")
def make(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders")],
    passed: Annotated[bool, typer.Option("--pass/--fail", help="đạt, or không đạt")],
    reason: Annotated[str, typer.Option(help="On what grounds")] = "",
    trust: Annotated[list[Path] | None, typer.Option(help="Folder with trusted certificates")] = None,
) -> None:
    """Record a decision in the journal, with all that the same check needs later."""
    if not passed and not reason:
        raise typer.BadParameter(messages.text("decision.reason_needed"))
    with console.running() as context, bootstrap.open_services() as services:
        files = tuple((path, digest_of(path)) for path in files_under(tuple(paths), PDF))
        folders = (*(trust or ()), *bootstrap.trust_folders())
        command = DecideFiles(files, passed, reason, folders, bootstrap.online_access())
        outcome = decide_files(services, command, context)
    for decision in outcome.value:
        console.stdout.print(decision.id, decision.file_name, markup=False, highlight=False)
    console.say(outcome.problems)
    raise typer.Exit(console.exit_code(outcome.problems, len(outcome.value)))


@decision_app.command("list")
def show(json: Json = False) -> None:
    """Every decision, oldest first."""
    with console.running(), bootstrap.open_services(write=False) as services:
        found = list_decisions(services)
    if json:
        entries = [asdict(entry) | {"decided_at": entry.decided_at.isoformat()} for entry in found]
        console.print_json({"decisions": entries})
        return
    rows = [
        (
            entry.id,
            entry.file_name,
            messages.text(f"decision.{'passed' if entry.passed else 'failed'}"),
            messages.text(f"verdict.{entry.verdict}"),
            entry.reason,
            messages.day(entry.decided_at),
            entry.actor,
        )
        for entry in found
    ]
    headings = ("code", "file", "decision", "verdict", "reason", "time", "actor")
    console.print_table([f"table.{heading}" for heading in headings], rows)


@decision_app.command("repeat")
def again(
    decision: Annotated[str, typer.Argument(help="Id of the decision")],
    json: Json = False,
) -> None:
    """Make the check of a decision again on what was kept: no network, no clock, no trust of today."""
    with console.running() as context, bootstrap.open_services() as services:
        found = repeat(services, decision, context).value
    if json:
        told = {"same": found.same, "verdict": found.verdict, "tool": found.tool_then}
        console.print_json({"decision": decision, **told, "policy": found.policy_then})
    else:
        key = "decision.same" if found.same else "decision.other"
        words = messages.text(key, tool=found.tool_then, policy=found.policy_then)
        console.stdout.print(words, markup=False, highlight=False)
    raise typer.Exit(Exit.DONE if found.same else Exit.UNDECIDED)
