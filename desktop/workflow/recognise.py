"""Read the pages of a batch, cut them into papers, name the papers and put them into their dossiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from desktop.workflow.attach import place
from desktop.workflow.executor import Done, Task
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.services import Services, now
from ocr.documents import split
from ocr.model import DocumentReading, FieldValue, PageReading
from ocr.page import read_page
from ocr.record import from_json, recipe_from, recipe_to, to_json
from ocr.separators import parse
from storage import batches, documents, journal, pages, search
from storage.errors import StorageError
from storage.ids import new_id
from storage.model import Document, DocumentState, Field, Page, SourceFile

SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class Recognise:
    """Read what is unread in a batch; papers go to `dossier_code` unless a separator sheet says otherwise."""

    batch_id: str
    dossier_code: str | None = None


def recognise(services: Services, command: Recognise, context: Context) -> Outcome[tuple[str, ...]]:
    """Ids of the documents of the batch. Run again, only what is missing is done."""
    problems = _read_pages(services, command.batch_id, context)
    made: list[str] = []
    with services.catalog.read() as connection:
        files = batches.files(connection, command.batch_id)
    for file in files:
        made.extend(_cut(services, file, command.dossier_code, problems))
    with services.catalog.read() as connection:
        found = documents.find(connection, batch_id=command.batch_id)
    changes = Changes(frozenset({command.batch_id}), frozenset(made))
    return Outcome(tuple(document.id for document in found), changes, tuple(problems))


def _read_pages(services: Services, batch_id: str, context: Context) -> list[Problem]:
    with services.catalog.read() as connection:
        unread = {
            page.id: page for page in pages.of_batch(connection, batch_id) if page.reading_digest is None
        }
        names = {file.digest: file.name for file in batches.files(connection, batch_id)}
    tasks = (_task(services, page, names[page.file_digest]) for page in unread.values())
    problems: list[Problem] = []
    for count, done in enumerate(
        services.workers.executor.run(tasks, context, services.workers.page_limit_s), 1
    ):
        page = unread[done.key]
        _keep(services, page, done)
        if done.problem:
            problems.append(done.problem)
        context.progress("progress.read", count, len(unread), names[page.file_digest])
    return problems


def _task(services: Services, page: Page, name: str) -> Task:
    recipe = recipe_from(dict(page.recipe)) if page.recipe else None
    arguments = (services.blobs.path(page.file_digest), page.number, recipe, services.workers.engine)
    return Task(page.id, read_page, arguments, subject=f"{name} ({page.number})")


def _keep(services: Services, page: Page, done: Done) -> None:
    if done.problem:
        changed, action = replace(page, problem=done.problem.code), "page_not_read"
    else:
        reading: PageReading = done.value
        changed = replace(
            page,
            reading_digest=services.blobs.put(to_json(reading)),
            recipe=recipe_to(reading.recipe),
            blank=reading.blank,
            problem=None,
        )
        action = "page_read"
    with services.catalog.write() as connection:
        pages.save(connection, changed)
        details = {"file": page.file_digest, "number": page.number}
        journal.append(connection, now(), services.actor, action, page.id, details)


def reading_of(services: Services, page: Page) -> PageReading | None:
    """What was read on a page; None for an unread one."""
    return from_json(services.blobs.read(page.reading_digest)) if page.reading_digest else None


def _cut(
    services: Services, file: SourceFile, dossier_code: str | None, problems: list[Problem]
) -> list[str]:
    """Make the documents of one file in one transaction, unless it was cut before."""
    with services.catalog.read() as connection:
        of_file = pages.of_file(connection, file.digest)
        known = documents.find(connection, batch_id=file.batch_id)
        taken = {page_id for document in known for page_id in document.page_ids}
        if any(page.id in taken for page in of_file):
            return []
    readings = [reading for page in of_file if (reading := reading_of(services, page))]
    papers = split(readings) if readings else ()
    with services.catalog.write() as connection:
        if not papers:
            return [_unknown(services, connection, file, of_file)]
        made = []
        for paper, owned in zip(papers, _share_out(of_file, papers), strict=True):
            if paper.kind.code == SEPARATOR:
                dossier_code = _dossier_of(paper, readings) or dossier_code
            document = _add(services, connection, file, paper, owned, readings)
            made.append(document.id)
            if dossier_code and document.kind_code != SEPARATOR:
                problems += _place(services, connection, document, dossier_code)
        return made


def _share_out(of_file: Sequence[Page], papers: Sequence[DocumentReading]) -> list[list[Page]]:
    """Every page belongs to a paper: one that could not be read stays with the paper before it."""
    shares: list[list[Page]] = [[] for _ in papers]
    current = 0
    for page in of_file:
        current = next((index for index, paper in enumerate(papers) if page.number in paper.pages), current)
        shares[current].append(page)
    return shares


def _dossier_of(paper: DocumentReading, readings: Sequence[PageReading]) -> str | None:
    for reading in readings:
        if reading.number in paper.pages:
            for code in reading.codes:
                sheet = parse(code.text)
                if sheet is not None and sheet.dossier:
                    return sheet.dossier
    return None


def _add(
    services: Services,
    connection: Connection,
    file: SourceFile,
    paper: DocumentReading,
    owned: Sequence[Page],
    readings: Sequence[PageReading],
) -> Document:
    document = documents.add(
        connection,
        Document(
            new_id(),
            file.batch_id,
            tuple(page.id for page in owned),
            paper.kind.code,
            paper.kind.name,
            paper.confidence,
            DocumentState.RECOGNISED,
            file.name,
            fields_as_stored(paper.fields),
        ),
    )
    numbers = {page.number for page in owned}
    text = "\n".join(reading.text.text for reading in readings if reading.number in numbers)
    search.index(connection, document.id, text)
    details = {"kind": document.kind_code, "confidence_percent": round(100 * document.kind_confidence)}
    journal.append(connection, now(), services.actor, "document_recognised", document.id, details)
    return document


def _place(
    services: Services, connection: Connection, document: Document, dossier_code: str
) -> list[Problem]:
    """Attach it; a code that names no open dossier leaves the paper loose and is a problem of its own."""
    try:
        place(services, connection, document, dossier_code)
    except StorageError as error:
        return [Problem(error.code, error.facts, document.name)]
    return []


def fields_as_stored(fields: Mapping[str, FieldValue]) -> tuple[Field, ...]:
    """Fields as the catalog keeps them."""
    return tuple(
        Field(name, value.value, value.confidence, value.page, value.box, value.source)
        for name, value in fields.items()
    )


def _unknown(services: Services, connection: Connection, file: SourceFile, owned: Sequence[Page]) -> str:
    """A file of which no page could be read is still a paper, for a person to look at."""
    document = documents.add(
        connection,
        Document(
            new_id(),
            file.batch_id,
            tuple(page.id for page in owned),
            "chua_ro",
            "",
            0.0,
            DocumentState.DRAFT,
            file.name,
        ),
    )
    journal.append(connection, now(), services.actor, "document_unread", document.id, {"file": file.digest})
    return document.id
