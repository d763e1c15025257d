"""Make the file that stands for each paper: a searchable PDF/A-2u, or what came in where that must stay."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.page_tasks import encode_into, encoded_pages, spool_file
from desktop.workflow.recognise import SEPARATOR, reading_of
from desktop.workflow.services import Services, now
from ocr.model import PageReading
from ocr.pdfa import write
from storage import batches, documents, journal, pages, versions
from storage.model import Document, DocumentVersion, Page, SourceFile
from storage.versions import ORIGINAL, PDFA


@dataclass(frozen=True, slots=True)
class MakeCopies:
    """Make the files of these documents, where they have none."""

    document_ids: tuple[str, ...]


def make_copies(services: Services, command: MakeCopies, context: Context) -> Outcome[tuple[str, ...]]:
    """Ids of the documents that have a file now. Run again, only missing ones are made."""
    made: list[str] = []
    problems: list[Problem] = []
    for count, document_id in enumerate(command.document_ids, 1):
        with services.catalog.read() as connection:
            document = documents.get(connection, document_id)
            of_document = pages.of_document(connection, document_id)
            file = batches.file(connection, of_document[0].file_digest)
        if document.kind_code != SEPARATOR:
            problem = None if document.pdf_digest else _make(services, document, of_document, file, context)
            if problem:
                problems.append(problem)
            else:
                made.append(document_id)
        context.progress("progress.copies", count, len(command.document_ids), document.name)
    return Outcome(tuple(made), Changes(documents=frozenset(made)), tuple(problems))


def _make(
    services: Services, document: Document, of_document: Sequence[Page], file: SourceFile, context: Context
) -> Problem | None:
    readings = [reading_of(services, page) for page in of_document]
    if _keeps_its_bytes(file, of_document, readings):
        _record(services, document, ORIGINAL, file.digest)
        return None
    source = services.blobs.path(file.digest)
    with tempfile.TemporaryDirectory(prefix="tramso-") as name:
        folder = Path(name)
        tasks = [
            Task(place, encode_into, (source, page.number, reading, spool_file(folder, place)))
            for place, (page, reading) in enumerate(zip(of_document, readings, strict=True), 1)
        ]
        for done in services.workers.executor.run(tasks, context, services.workers.page_limit_s):
            if done.problem:
                return done.problem
        write(
            encoded_pages(folder, len(tasks)), folder / "out.pdf", title=document.kind_name or document.name
        )
        digest = services.blobs.put(folder / "out.pdf")
    _record(services, document, PDFA, digest)
    return None


def _keeps_its_bytes(
    file: SourceFile, of_document: Sequence[Page], readings: Sequence[PageReading | None]
) -> bool:
    """Signed files are never rewritten; born-digital ones that hold one paper are text already."""
    born_digital = all(reading is not None and reading.text_source == "text_layer" for reading in readings)
    return file.signed or (born_digital and len(of_document) == file.page_count)


def _record(services: Services, document: Document, step: str, digest: str) -> None:
    with services.catalog.write() as connection:
        made = DocumentVersion(document.id, step, digest, now(), services.actor)
        versions.add(connection, document, made)
        journal.append(
            connection,
            made.made_at,
            services.actor,
            "file_made",
            document.id,
            {"step": step, "digest": digest},
        )
