"""Write what a check found, for one file or many: a confirmation sheet (PDF/A) and a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from desktop import messages
from desktop.settings import Settings
from desktop.workflow import outputs
from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome
from desktop.workflow.problems import StepFailed
from desktop.workflow.reports.model import Reported, ReportFacts, WriteReport
from desktop.workflow.services import Workers, now
from signing.trust.store import load

SUFFIXES = (".pdf", ".xlsx")
_LIMIT_S = 600.0


def write_report(workers: Workers, command: WriteReport, context: Context) -> Outcome[tuple[Path, ...]]:
    """The files written. What fails to be written raises; a half-written file is never left."""
    tasks = [
        Task(target, _write, (target, command.files, command.facts), subject=str(target))
        for target in command.targets
    ]
    written: list[Path] = []
    problems = []
    for count, done in enumerate(workers.executor.run(tasks, context, _LIMIT_S), 1):
        if done.problem:
            problems.append(done.problem)
        else:
            written.append(done.key)
        context.progress("progress.report", count, len(tasks), done.key.name)
    if problems and not written:
        raise StepFailed(problems[0])
    return Outcome(tuple(written), problems=tuple(problems))


def targets(text: str) -> tuple[Path, ...]:
    """The files that `--report FILE.pdf,FILE.xlsx` names. ValueError with the first of another kind."""
    paths = tuple(Path(part.strip()) for part in text.split(",") if part.strip())
    for path in paths:
        if path.suffix.lower() not in SUFFIXES:
            raise ValueError(path.name)
    return paths


def facts_of(settings: Settings, actor: str, trust: Sequence[Path]) -> ReportFacts:
    """What a report made now says of itself."""
    store = load(trust)
    count = len(store.roots) + len(store.intermediates)
    return ReportFacts(
        settings.agency,
        actor,
        now(),
        tool(),
        messages.text("report.trust_store", n=count),
        messages.chosen(),
    )


def tool() -> str:
    """What judged, with its version, for reports and records."""
    return f"Trạm Số {version('tram-so')}, pyHanko {version('pyHanko')}"


def _write(target: Path, files: Sequence[Reported], facts: ReportFacts) -> None:
    """Worker: one report. Only here the libraries that write PDF and XLSX are loaded: they cost a second."""
    from desktop.workflow.reports import pdf, tables

    if target.suffix.lower() == ".pdf":
        with outputs.whole(target) as part:
            part.write_bytes(pdf.make(files, facts))
    else:
        tables.write(target, files, facts)
