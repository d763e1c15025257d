"""Make the file that stands for each paper: a searchable PDF/A-2u, or what came in where that must stay."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.papers.naming import page_name, reading_of
from desktop.workflow.papers.page_tasks import encode_into, encoded_pages, spool_file
from desktop.workflow.papers.recognise import SEPARATOR
from desktop.workflow.services import Services, now
from ocr.model import PageReading
from ocr.pdfa import write
from storage.catalog import batches, documents, journal, pages, versions
from storage.catalog.versions import ORIGINAL, PDFA
from storage.model import Document, DocumentVersion, Page, SourceFile


@dataclass(frozen=True, slots=True)
class MakeCopies:
    """Make the files of these documents, where they have none."""

    document_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Paper:
    """A document whose file is to be made, with all that it is made of."""

    document: Document
    pages: tuple[Page, ...]
    readings: tuple[PageReading | None, ...]
    names: tuple[str, ...]
    file: SourceFile

    @property
    def keeps_its_bytes(self) -> bool:
        """Signed files are never rewritten; born-digital ones that hold one paper are text already."""
        born_digital = all(reading and reading.text_source == "text_layer" for reading in self.readings)
        whole = [page.number for page in self.pages] == list(range(1, self.file.page_count + 1))
        one_file = all(page.file_digest == self.file.digest for page in self.pages)
        return self.file.signed or (one_file and whole and born_digital)


def make_copies(services: Services, command: MakeCopies, context: Context) -> Outcome[tuple[str, ...]]:
    """Ids of the documents whose file was made now. Run again, only missing ones are made."""
    todo = [paper for document_id in command.document_ids if (paper := _paper(services, document_id))]
    kept = [paper for paper in todo if paper.keeps_its_bytes]
    for paper in kept:
        _record(services, paper.document, ORIGINAL, paper.file.digest)
    made, problems = _encode(services, [paper for paper in todo if not paper.keeps_its_bytes], context)
    done = tuple(paper.document.id for paper in [*kept, *made])
    return Outcome(done, Changes(documents=frozenset(done)), tuple(problems))


def _paper(services: Services, document_id: str) -> _Paper | None:
    """None for a document that has its file, and for separator sheets, which need none."""
    with services.catalog.read() as connection:
        document = documents.get(connection, document_id)
        of_document = pages.of_document(connection, document_id)
        files = [batches.file(connection, page.file_digest) for page in of_document]
    if document.pdf_digest or document.kind_code == SEPARATOR:
        return None
    readings = tuple(reading_of(services, page) for page in of_document)
    return _Paper(document, of_document, readings, tuple(map(page_name, of_document, files)), files[0])


def _encode(
    services: Services, papers: Sequence[_Paper], context: Context
) -> tuple[list[_Paper], list[Problem]]:
    """Pages of all papers share the workers; a paper is written as soon as its last page is there."""
    made: list[_Paper] = []
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="tramso-") as name:
        missing = [len(paper.pages) for paper in papers]
        tasks = _tasks(services, papers, Path(name))
        for done in services.workers.executor.run(tasks, context, services.workers.page_limit_s):
            index, _ = done.key
            if done.problem:
                problems.append(done.problem)
                continue
            missing[index] -= 1
            if missing[index] == 0:
                _write(services, papers[index], Path(name) / str(index))
                made.append(papers[index])
                context.progress("progress.copies", len(made), len(papers), papers[index].document.name)
    return made, problems


def _tasks(services: Services, papers: Sequence[_Paper], spool: Path) -> Iterator[Task]:
    for index, paper in enumerate(papers):
        folder = spool / str(index)
        folder.mkdir()
        for place, (page, reading) in enumerate(zip(paper.pages, paper.readings, strict=True), 1):
            arguments = (
                services.blobs.path(page.file_digest),
                page.number,
                reading,
                spool_file(folder, place),
            )
            yield Task((index, place), encode_into, arguments, subject=paper.names[place - 1])


def _write(services: Services, paper: _Paper, folder: Path) -> None:
    out = folder / "out.pdf"
    title = paper.document.kind_name or paper.document.name
    write(encoded_pages(folder, len(paper.pages)), out, title=title)
    _record(services, paper.document, PDFA, services.blobs.put(out))


def _record(services: Services, document: Document, step: str, digest: str) -> None:
    with services.catalog.write() as connection:
        made = DocumentVersion(document.id, step, digest, now(), services.actor)
        versions.add(connection, document, made)
        details = {"step": step, "digest": digest}
        journal.append(connection, made.made_at, services.actor, "file_made", document.id, details)
