"""The rule check as a step: files or documents in, findings with their clauses out; parsed in workers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.papers.naming import reading_of
from desktop.workflow.problems import StepFailed
from desktop.workflow.services import Services, Workers
from signing.errors import NoRoom
from signing.law import rule_check
from signing.law.model import Finding
from signing.law.paper import read_paper
from signing.marks import placement
from signing.model import Placement, SigningRole
from signing.pdf.page_layout import TextWord, Words
from storage.catalog import documents, pages
from storage.model import Document


@dataclass(frozen=True, slots=True)
class CheckFiles:
    """Look at these PDFs; they are only looked at, not about to be signed."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class CheckDocument:
    """Look at a document that waits for a signature in `role`, or (None) to be corrected."""

    document_id: str
    role: SigningRole | None
    planned: Placement | None = None
    """Where its mark will stand; None: where the role puts it."""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found; `administrative` tells whether the form of NĐ 30/2020 was judged at all."""

    findings: tuple[Finding, ...]
    administrative: bool
    planned: Placement | None = None


@dataclass(frozen=True, slots=True)
class FileChecked:
    """One file, or the problem that kept it from being looked at."""

    path: Path
    checked: Checked | None = None
    problem: Problem | None = None


def check_files(workers: Workers, command: CheckFiles, context: Context) -> Outcome[tuple[FileChecked, ...]]:
    """One entry per file in the order given; a bad file never stops the rest."""
    tasks = (Task(index, check_one, (path,), subject=str(path)) for index, path in enumerate(command.paths))
    found: dict[int, FileChecked] = {}
    for count, done in enumerate(workers.executor.run(tasks, context, workers.verify_limit_s), 1):
        path = command.paths[done.key]
        found[done.key] = FileChecked(path, done.value, done.problem)
        context.progress("progress.check", count, len(command.paths), path.name)
    results = tuple(found[index] for index in range(len(command.paths)))
    return Outcome(results, problems=tuple(entry.problem for entry in results if entry.problem))


def check_document(services: Services, command: CheckDocument, context: Context) -> Outcome[Checked]:
    """Findings of the document's newest file and the place of its mark. Raises NotFound, StepFailed."""
    with services.catalog.read() as connection:
        document = documents.get(connection, command.document_id)
    if document.pdf_digest is None:
        raise StepFailed(Problem("no_file_yet", {"name": document.name}, document.id))
    arguments = (
        services.blobs.path(document.pdf_digest),
        words_of(services, document),
        command.role,
        command.planned,
        command.number,
        document.kind_code,
    )
    task = Task(document.id, check_one, arguments, subject=document.name)
    [done] = services.workers.executor.run([task], context, services.workers.verify_limit_s)
    if done.problem:
        raise StepFailed(done.problem)
    return Outcome(done.value)


def check_one(
    path: Path,
    words: Words | None = None,
    role: SigningRole | None = None,
    planned: Placement | None = None,
    number: str = "",
    kind: str = "",
) -> Checked:
    """Worker: read the file and judge it, the mark where the role puts it unless somebody chose a place."""
    if planned is None and role is not None:
        try:
            planned = placement.find(path, role, words=words)
        except NoRoom:
            planned = None
    paper = read_paper(path, words, role, planned, number, kind)
    return Checked(rule_check.check(paper), rule_check.is_administrative(paper), planned)


def words_of(services: Services, document: Document) -> Words:
    """What was read on the document's pages, by number: scans that came signed have no text layer."""
    with services.catalog.read() as connection:
        rows = [pages.get(connection, page_id) for page_id in document.page_ids]
    readings = [reading_of(services, page) for page in rows]
    return {
        number: tuple(TextWord(*word.box, word.text) for word in reading.text.words)
        for number, reading in enumerate(readings, 1)
        if reading is not None and reading.text_source == "ocr"
    }
