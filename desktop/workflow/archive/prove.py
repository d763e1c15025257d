"""Check what was signed and what was kept: documents, archive, journal."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.workflow import outputs
from desktop.workflow.executor import Task
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.problems import KNOWN, problem_of
from desktop.workflow.services import Services, now
from desktop.workflow.verify.files import verify_one
from signing.model import FileVerdict
from storage.catalog import documents, journal, packages, verdicts
from storage.model import Receipt, VerdictRecord


@dataclass(frozen=True, slots=True)
class VerifyDocuments:
    """Check every signature on the files of these documents."""

    document_ids: tuple[str, ...]
    trust: tuple[Path, ...]


def verify_documents(
    services: Services, command: VerifyDocuments, context: Context
) -> Outcome[dict[str, FileVerdict]]:
    """The verdict on each document that has a file; kept with its evidence."""
    with services.catalog.read() as connection:
        found = [documents.get(connection, document_id) for document_id in command.document_ids]
    tasks = [
        Task(
            document,
            verify_one,
            (services.blobs.path(document.pdf_digest), command.trust, None),
            {},
            document.name,
        )
        for document in found
        if document.pdf_digest
    ]
    results: dict[str, FileVerdict] = {}
    problems: list[Problem] = []
    for count, done in enumerate(
        services.workers.executor.run(tasks, context, services.workers.verify_limit_s), 1
    ):
        if done.problem:
            problems.append(done.problem)
        else:
            results[done.key.id] = done.value
            _keep(services, done.key.id, done.key.pdf_digest, done.value)
        context.progress("progress.verify", count, len(tasks), done.key.name)
    return Outcome(results, Changes(documents=frozenset(results)), tuple(problems))


def _keep(services: Services, document_id: str, digest: str, verdict: FileVerdict) -> None:
    evidence = json.dumps(asdict(verdict), default=str, ensure_ascii=False, sort_keys=True)
    record = VerdictRecord(
        document_id,
        digest,
        verdict.verdict,
        verdict.content,
        verdict.trust,
        now(),
        services.blobs.put(evidence.encode()),
    )
    with services.catalog.write() as connection:
        verdicts.record(connection, record)
        details = {"digest": digest, "verdict": record.verdict, "evidence": record.evidence_digest}
        journal.append(
            connection, record.checked_at, services.actor, "document_verified", document_id, details
        )


def check_archive(services: Services, context: Context) -> Outcome[tuple[Receipt, ...]]:
    """Hash every package the archive should hold: those that are whole, and a problem for each other."""
    with services.catalog.read() as connection:
        receipts = packages.receipts(connection)
    whole: list[Receipt] = []
    problems: list[Problem] = []
    for receipt in receipts:
        context.check()
        try:
            services.archive.check(receipt)
            whole.append(receipt)
        except KNOWN as error:
            problem = problem_of(error, receipt.key)
            if problem:
                problems.append(problem)
    return Outcome(tuple(whole), problems=tuple(problems))


def check_journal(services: Services) -> int:
    """How many entries the journal has. Raises JournalBroken with the first bad one."""
    with services.catalog.read() as connection:
        return journal.verify(connection)


def export_journal(services: Services, output: Path) -> int:
    """Write the journal as JSON lines, once its chain was walked; how many lines. Raises JournalBroken."""
    with outputs.whole(output) as part, services.catalog.read() as connection, part.open("wb") as file:
        journal.verify(connection)
        return journal.export(connection, file)
