"""Write what a check found, for one file or many: a confirmation sheet (PDF/A) and a spreadsheet."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from desktop import messages
from desktop.settings import Settings
from desktop.workflow import report_pdf, spreadsheet, verdict_words
from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome
from desktop.workflow.problem_words import words_of
from desktop.workflow.problems import StepFailed
from desktop.workflow.report_pdf import Reported, ReportFacts
from desktop.workflow.services import Workers, now
from desktop.workflow.spreadsheet import Table, Value
from signing.model import SignatureVerdict
from signing.trust import load

SUFFIXES = (".pdf", ".xlsx")
_LIMIT_S = 600.0


@dataclass(frozen=True, slots=True)
class WriteReport:
    """Write these results into each of the `targets`, by their suffix."""

    files: tuple[Reported, ...]
    targets: tuple[Path, ...]
    facts: ReportFacts


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
    """Worker: one report."""
    if target.suffix.lower() == ".pdf":
        _publish(target, report_pdf.make(files, facts))
    else:
        spreadsheet.write(target, tables(files, facts))


def _publish(target: Path, data: bytes) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def tables(files: Sequence[Reported], facts: ReportFacts) -> tuple[Table, Table]:
    """One sheet with a row per file, one with a row per signature."""
    messages.choose(facts.language)
    made = messages.text(
        "report.table.caption", made=messages.day(facts.made), actor=facts.actor, tool=facts.tool
    )
    by_file = tuple(_file_row(number, entry) for number, entry in enumerate(files, 1))
    by_signature = tuple(
        _signature_row(entry, number, signature)
        for entry in files
        if entry.found.verdict is not None
        for number, signature in enumerate(entry.found.verdict.signatures, 1)
    )
    return (
        Table(messages.text("report.table.files"), made, _headings(_FILE_COLUMNS), by_file),
        Table(messages.text("report.table.signatures"), made, _headings(_SIGNATURE_COLUMNS), by_signature),
    )


_FILE_COLUMNS = (
    "number",
    "file",
    "verdict",
    "content",
    "trust",
    "signatures",
    "notes",
    "decision",
    "sha256",
    "path",
)
_SIGNATURE_COLUMNS = (
    "file",
    "number",
    "verdict",
    "signer",
    "unit",
    "role",
    "issuer",
    "signed_at",
    "time_source",
    "integrity",
    "then",
    "valid_from",
    "valid_until",
    "revocation",
    "algorithms",
    "changes",
    "notes",
    "serial",
    "fingerprint",
)  # fmt: skip


def _headings(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(messages.text(f"report.column.{column}") for column in columns)


def _file_row(number: int, entry: Reported) -> tuple[Value, ...]:
    found, verdict = entry.found, entry.found.verdict
    said = verdict_words.notes(verdict) if verdict else []
    if found.problem is not None:
        said = [part for part in words_of(found.problem) if part]
    return (
        number,
        verdict_words.visible(found.path.name),
        messages.text(f"report.verdict.{verdict_words.banner_of_file(found)}"),
        messages.text(f"report.content.{verdict.content}") if verdict else None,
        messages.text(f"report.trust.{verdict.trust}") if verdict else None,
        len(verdict.signatures) if verdict else None,
        "\n".join(said),
        entry.decision,
        found.digest,
        verdict_words.visible(str(found.path)),
    )


def _signature_row(entry: Reported, number: int, signature: SignatureVerdict) -> tuple[Value, ...]:
    signer = signature.signer
    return (
        verdict_words.visible(entry.found.path.name),
        number,
        messages.text(f"report.verdict.{verdict_words.banner_of(signature)}"),
        verdict_words.visible(signer.subject) if signer else messages.text("ui.verify.signer_unknown"),
        verdict_words.visible(signer.organisation) if signer else None,
        verdict_words.role(signature),
        verdict_words.visible(signer.issuer) if signer else None,
        signature.signing_time,
        messages.text(f"report.time.{signature.time_source}"),
        messages.text(f"ui.verify.integrity.{signature.integrity}"),
        verdict_words.validity_then(signature),
        signer.not_before if signer else None,
        signer.not_after if signer else None,
        messages.text(f"ui.verify.revocation.{signature.revocation}"),
        signature.algorithms,
        "\n".join(verdict_words.change_text(change) for change in signature.changes_after),
        "\n".join(verdict_words.notes(signature)),
        signer.serial if signer else None,
        signer.fingerprint if signer else None,
    )
