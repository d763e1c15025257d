"""Read the pages of a batch, cut them into papers, name the papers and put them into their dossiers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from desktop.workflow.dossiers.attach import place
from desktop.workflow.executor import Done, Task
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.papers.naming import (
    fields_as_stored,
    lessons_of,
    make_findable,
    named,
    numbered,
    page_name,
    reading_of,
)
from desktop.workflow.papers.sheet_profiles import POORER, check_profiles
from desktop.workflow.services import Services, now
from ocr.batch.documents import split
from ocr.batch.lessons import learned
from ocr.codes.separators import Separation, Separator, on_page
from ocr.model import DocumentReading, PageReading
from ocr.page import read_page
from ocr.record import recipe_from, recipe_to, to_json
from storage.catalog import batches, documents, journal, pages
from storage.catalog.ids import new_id
from storage.errors import NotFound, StorageError
from storage.model import Document, DocumentState, Page

SEPARATOR = "separator"
PDF = "application/pdf"
"""A hot folder's PDF is a stack of its own; its pictures are pages."""


@dataclass(frozen=True, slots=True)
class Recognise:
    """Read what is unread in a batch; papers go to `dossier_code` unless a separator sheet says otherwise."""

    batch_id: str
    dossier_code: str | None = None


def recognise(services: Services, command: Recognise, context: Context) -> Outcome[tuple[str, ...]]:
    """Ids of the documents of the batch. Run again, only what is missing is done."""
    read, problems = _read_pages(services, command.batch_id, context)
    made: list[str] = []
    for stack in _uncut(services, command.batch_id):
        made.extend(_cut(services, stack, command.dossier_code, problems))
    _name_again(services, read, made)
    with services.catalog.read() as connection:
        found = documents.find(connection, batch_id=command.batch_id)
    changes = Changes(frozenset({command.batch_id}), frozenset(made))
    return Outcome(tuple(document.id for document in found), changes, tuple(problems))


def _read_pages(services: Services, batch_id: str, context: Context) -> tuple[set[str], list[Problem]]:
    with services.catalog.read() as connection:
        of_batch = pages.of_batch(connection, batch_id)
        files = batches.files_of_pages(connection, batch_id)
    names = {page.id: page_name(page, files[page.file_digest]) for page in of_batch}
    unread = {page.id: page for page in of_batch if page.reading_digest is None}
    tasks = (_task(services, page, names[page.id]) for page in unread.values())
    read: set[str] = set()
    problems: list[Problem] = []
    for count, done in enumerate(
        services.workers.executor.run(tasks, context, services.workers.page_limit_s), 1
    ):
        page = unread[done.key]
        if _keep(services, page, done):
            read.add(page.id)
        if done.problem and done.problem.code != page.problem:  # else it was told when the page was marked
            problems.append(done.problem)
        context.progress("progress.read", count, len(unread), names[page.id])
    return read, problems


def _task(services: Services, page: Page, name: str) -> Task:
    recipe = recipe_from(dict(page.recipe)) if page.recipe else None
    arguments = (services.blobs.path(page.file_digest), page.number, recipe, services.workers.engine)
    return Task(page.id, read_page, arguments, subject=name)


def _keep(services: Services, page: Page, done: Done) -> bool:
    """False when the page was changed while it was read: what was read is no longer on it."""
    changed = replace(page, problem=done.problem.code if done.problem else None)
    if not done.problem:
        reading: PageReading = done.value
        kept = services.blobs.put(to_json(reading))
        recipe = recipe_to(reading.recipe)
        changed = replace(changed, reading_digest=kept, recipe=recipe, blank=reading.blank)
    with services.catalog.write() as connection:
        there = pages.get(connection, page.id)
        if there.recipe != page.recipe or there.reading_digest is not None:
            return False
        pages.save(
            connection,
            replace(changed, position=there.position, removed=there.removed, version=there.version),
        )
        details = {"file": page.file_digest, "number": page.number}
        action = "page_not_read" if done.problem else "page_read"
        journal.append(connection, now(), services.actor, action, page.id, details)
    return not done.problem


def _uncut(services: Services, batch_id: str) -> list[list[Page]]:
    """Runs of pages that are in no paper yet: a file's, or the pictures that a scanner delivered in a row."""
    with services.catalog.read() as connection:
        scanned = bool(batches.get(connection, batch_id).device)
        whole = {file.digest for file in batches.files(connection, batch_id) if file.media_type == PDF}
        known = documents.find(connection, batch_id=batch_id)
        taken = {page_id for document in known for page_id in document.page_ids}
        runs: list[list[Page]] = []
        before: Page | None = None
        for page in pages.of_batch(connection, batch_id):
            loose = page.id not in taken
            together = scanned and before and not {before.file_digest, page.file_digest} & whole
            if loose and before and (together or before.file_digest == page.file_digest):
                runs[-1].append(page)
            elif loose:
                runs.append([page])
            before = page if loose else None
    return runs


def _cut(
    services: Services, stack: Sequence[Page], dossier_code: str | None, problems: list[Problem]
) -> list[str]:
    """Make the documents of pages that lie in a row, in one transaction."""
    with services.catalog.read() as connection:
        name = batches.file(connection, stack[0].file_digest).name
    readings = numbered([reading_of(services, page) for page in stack])
    papers = split(readings, _separation(services)) if readings else ()
    lacks, poorer = check_profiles(services, stack, readings)
    problems += lacks
    with services.catalog.write() as connection:
        for page_id in poorer:
            pages.save(connection, replace(pages.get(connection, page_id), problem=POORER))
        if not papers:
            return [_unknown(services, connection, name, stack)]
        made = []
        component: str | None = None
        lessons = lessons_of(connection)
        for found, owned in zip(papers, _share_out(stack, papers), strict=True):
            paper = learned(found, [each for each in readings if each.number in found.pages], lessons)
            if paper.kind.code == SEPARATOR:
                sheet = _sheet_of(paper, readings)
                dossier_code, component = sheet.dossier or dossier_code, sheet.component or None
            document = _add(services, connection, name, paper, owned, stack)
            made.append(document.id)
            if dossier_code and document.kind_code != SEPARATOR:
                problems += _place(services, connection, document, dossier_code, component)
                component = None  # the sheet names it for the next paper alone
        return made


def _share_out(stack: Sequence[Page], papers: Sequence[DocumentReading]) -> list[list[Page]]:
    """Every page belongs to a paper: one that could not be read stays with the paper before it."""
    shares: list[list[Page]] = [[] for _ in papers]
    current = 0
    for number, page in enumerate(stack, 1):
        current = next((index for index, paper in enumerate(papers) if number in paper.pages), current)
        shares[current].append(page)
    return shares


def _name_again(services: Services, read: Collection[str], made: Collection[str]) -> None:
    """Papers that stood before and have pages that were read now: what they are may have changed."""
    with services.catalog.write() as connection:
        for paper in documents.owners(connection, read):
            if paper.id not in made and paper.state in (DocumentState.DRAFT, DocumentState.RECOGNISED):
                documents.save(connection, named(services, connection, paper))
                make_findable(services, connection, paper)


def _separation(services: Services) -> Separation:
    """What divides papers in this office, beside our own sheets."""
    chosen = services.settings
    return Separation(
        chosen.divide_by_content, chosen.divide_by_patches, chosen.divide_by_barcodes, chosen.divide_by_size
    )


def _sheet_of(paper: DocumentReading, readings: Sequence[PageReading]) -> Separator:
    """What a separator sheet says; a foreign one says nothing but that a paper begins."""
    sheets = (on_page(reading) for reading in readings if reading.number in paper.pages)
    return next((sheet for sheet in sheets if sheet is not None), Separator(""))


def _add(
    services: Services,
    connection: Connection,
    name: str,
    paper: DocumentReading,
    owned: Sequence[Page],
    stack: Sequence[Page],
) -> Document:
    document = documents.add(
        connection,
        Document(
            new_id(),
            owned[0].batch_id,
            tuple(page.id for page in owned),
            paper.kind.code,
            paper.kind.name,
            paper.confidence,
            DocumentState.RECOGNISED,
            name,
            fields_as_stored(paper.fields, stack.index(owned[0])),
        ),
    )
    make_findable(services, connection, document)
    details = {"kind": document.kind_code, "confidence_percent": round(100 * document.kind_confidence)}
    journal.append(connection, now(), services.actor, "document_recognised", document.id, details)
    return document


def _place(
    services: Services, connection: Connection, document: Document, dossier_code: str, component: str | None
) -> list[Problem]:
    """Attach it; a code that names no open dossier leaves the paper loose and is a problem of its own."""
    try:
        place(services, connection, document, dossier_code, component)
    except NotFound:
        return [Problem("sheet_dossier_unknown", {"dossier": dossier_code}, document.name)]
    except StorageError as error:
        return [Problem(error.code, error.facts, document.name)]
    return []


def _unknown(services: Services, connection: Connection, name: str, owned: Sequence[Page]) -> str:
    """Pages of which none could be read are still a paper, for a person to look at."""
    document = documents.add(
        connection,
        Document(
            new_id(),
            owned[0].batch_id,
            tuple(page.id for page in owned),
            "chua_ro",
            "",
            0.0,
            DocumentState.DRAFT,
            name,
        ),
    )
    details = {"file": owned[0].file_digest}
    journal.append(connection, now(), services.actor, "document_unread", document.id, details)
    return document.id
