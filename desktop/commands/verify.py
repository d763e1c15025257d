"""The command that checks signed files: one answer per file, as it comes and in the order given."""

from __future__ import annotations

import json as encoder
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages, settings
from desktop.console import Exit
from desktop.workflow.inputs import PDF, files_under
from desktop.workflow.job import Context, Problem
from desktop.workflow.reports import verdicts as report_verdicts
from desktop.workflow.reports.model import Reported, WriteReport
from desktop.workflow.reports.verdicts import write_report
from desktop.workflow.services import Workers
from desktop.workflow.verify.files import FileVerified, VerifyFiles, verified
from signing.model import Verdict
from signing.verify.report import failed, to_json


def add_commands(app: typer.Typer) -> None:
    """Hang this command into the program."""
    app.command()(verify)


def verify(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders")],
    trust: Annotated[list[Path] | None, typer.Option(help="Folder with trusted certificates")] = None,
    at: Annotated[datetime | None, typer.Option(help="Judge as of this time")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Files checked at once")] = None,
    online: Annotated[
        bool | None, typer.Option(help="Ask the addresses in certificates (default: the setting, off)")
    ] = None,
    report: Annotated[
        str, typer.Option(metavar="FILE.pdf,FILE.xlsx", help="Write a confirmation sheet, a spreadsheet")
    ] = "",
    ades: Annotated[
        Path | None,
        typer.Option(help="Folder for ETSI TS 119 102-2 reports: also validate by ETSI EN 319 102-1"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else")] = False,
) -> None:
    """Is what I see what was signed? Who signed, and was the certificate good then?"""
    gravest = _Gravest()
    wanted = _targets(report)
    kept: list[FileVerified] = []
    with console.running() as context, bootstrap.open_workers(jobs) as workers:
        command = VerifyFiles(
            files_under(tuple(paths), PDF),
            (*(trust or ()), *bootstrap.trust_folders()),
            at.astimezone() if at else None,
            bootstrap.online_access(online),
            ades is not None,
        )
        entries = gravest.watching(_in_order(verified(workers, command, context)))
        entries = entries if ades is None else _reporting(entries, ades)
        (_print_json if json else _print_lines)(_keeping(entries, kept) if wanted else entries)
        if wanted:
            _write(workers, kept, wanted, command.trust, context)
    raise typer.Exit(gravest.exit())


def _targets(report: str) -> tuple[Path, ...]:
    try:
        return report_verdicts.targets(report)
    except ValueError as other:
        raise typer.BadParameter(messages.text("report.bad_target", name=other)) from None


def _keeping(entries: Iterable[FileVerified], kept: list[FileVerified]) -> Iterator[FileVerified]:
    for entry in entries:
        kept.append(entry)
        yield entry


def _write(
    workers: Workers,
    files: Sequence[FileVerified],
    wanted: tuple[Path, ...],
    trust: Sequence[Path],
    context: Context,
) -> None:
    chosen = settings.load(settings.default_home())
    facts = report_verdicts.facts_of(chosen, bootstrap.actor(chosen), trust)
    command = WriteReport(tuple(Reported(entry) for entry in files), wanted, facts)
    console.say(write_report(workers, command, context).problems)


def _in_order(entries: Iterable[tuple[int, FileVerified]]) -> Iterator[FileVerified]:
    """As they were given; only those that came too early wait."""
    early: dict[int, FileVerified] = {}
    following = 0
    for index, entry in entries:
        early[index] = entry
        while following in early:
            yield early.pop(following)
            following += 1


def _reporting(entries: Iterable[FileVerified], folder: Path) -> Iterator[FileVerified]:
    """Writes one XML report per signature, named after its file, digest and place in the file."""
    folder.mkdir(parents=True, exist_ok=True)
    for entry in entries:
        for number, found in enumerate(entry.verdict.ades if entry.verdict else (), 1):
            if found.report:
                name = f"{entry.path.stem[:80]}.{entry.digest[:12]}.{number}.xml"
                (folder / name).write_text(found.report, encoding="utf-8")
        yield entry


def _print_json(entries: Iterable[FileVerified]) -> None:
    """One document, written while the files are checked."""
    sys.stdout.write('{"files": [')
    for count, entry in enumerate(entries):
        text = encoder.dumps(_as_json(entry), ensure_ascii=False, indent=1)
        sys.stdout.write((",\n" if count else "\n") + text)
        sys.stdout.flush()
    sys.stdout.write("\n]}\n")


def _print_lines(entries: Iterable[FileVerified]) -> None:
    for entry in entries:
        console.stdout.print(_line(entry), markup=False, highlight=False, soft_wrap=True)
        sys.stdout.flush()  # a pipe would hold the answers back
        console.say([entry.problem] if entry.problem else [])


def _as_json(entry: FileVerified) -> dict[str, object]:
    if entry.verdict is not None:
        return to_json(str(entry.path), entry.verdict, lambda key, facts: messages.text(key, **facts))
    problem = entry.problem or Problem("undecided")
    return failed(str(entry.path), problem.code, console.words(problem))


def _line(entry: FileVerified) -> str:
    if entry.verdict is None:
        return messages.text("verify.line.failed", file=entry.path)
    verdict = entry.verdict
    return messages.text(
        "verify.line",
        file=entry.path,
        verdict=messages.text(f"verdict.{verdict.verdict}"),
        content=messages.text(f"content.{verdict.content}"),
        trust=messages.text(f"trust.{verdict.trust}"),
        signatures=len(verdict.signatures),
    )


class _Gravest:
    """The gravest answer of all files decides how the command ends."""

    def __init__(self) -> None:
        self._verdicts: set[Verdict] = set()
        self._problem: Problem | None = None

    def watching(self, entries: Iterable[FileVerified]) -> Iterator[FileVerified]:
        for entry in entries:
            if entry.verdict is not None:
                self._verdicts.add(entry.verdict.verdict)
            self._problem = self._problem or entry.problem
            yield entry

    def exit(self) -> Exit:
        if Verdict.INVALID in self._verdicts:
            return Exit.NOT_VALID
        if self._problem is not None:
            return console.exit_code([self._problem], len(self._verdicts))
        if Verdict.UNDETERMINED in self._verdicts:
            return Exit.UNDECIDED
        return Exit.NO_SIGNATURE if Verdict.UNSIGNED in self._verdicts else Exit.DONE
