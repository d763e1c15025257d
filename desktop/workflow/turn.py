"""Turn a page by hand: a new recipe, read again; its paper is named again and its unsigned file withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from desktop.workflow.executor import Task
from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.problems import StepFailed
from desktop.workflow.recognise import fields_as_stored, reading_of
from desktop.workflow.services import Services, now
from ocr.classify import kind_of
from ocr.fields import fields_of
from ocr.model import PageReading, Recipe, Turn
from ocr.page import read_page
from ocr.record import recipe_from, recipe_to, to_json
from storage import documents, journal, pages, search, versions
from storage.errors import Conflict
from storage.model import Document, Page

TURNS: tuple[Turn, ...] = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Turn the page clockwise by 90, 180 or 270 degrees; `version` is the one the person saw."""

    page_id: str
    turn: Turn
    version: int


def turn_page(services: Services, command: TurnPage, context: Context) -> Outcome[Page]:
    """The page with its new recipe. Raises Conflict when it changed meanwhile or its paper is signed."""
    with services.catalog.read() as connection:
        page = pages.get(connection, command.page_id)
        owner = _owner(connection, page)
        if page.version != command.version or (owner and _signed(connection, owner)):
            raise Conflict(what="pages", id=page.id, version=command.version, found=page.version)
    reading = _read_again(services, page, command.turn, context)
    changed = replace(
        page,
        recipe=recipe_to(reading.recipe),
        reading_digest=services.blobs.put(to_json(reading)),
        blank=reading.blank,
        problem=None,
    )
    with services.catalog.write() as connection:
        saved = pages.save(connection, changed)
        details = {"turn": reading.recipe.turn}
        journal.append(connection, now(), services.actor, "page_turned", page.id, details)
        if owner:
            _name_again(services, connection, owner)
    changes = Changes(frozenset({page.batch_id}), frozenset({owner.id} if owner else ()))
    return Outcome(saved, changes)


def _owner(connection: Connection, page: Page) -> Document | None:
    of_batch = documents.find(connection, batch_id=page.batch_id)
    return next((document for document in of_batch if page.id in document.page_ids), None)


def _signed(connection: Connection, document: Document) -> bool:
    return len(versions.of_document(connection, document.id)) > 1


def _read_again(services: Services, page: Page, turn: Turn, context: Context) -> PageReading:
    old = recipe_from(dict(page.recipe)) if page.recipe else Recipe()
    upright: Turn = TURNS[(TURNS.index(old.turn) + TURNS.index(turn)) % 4]
    recipe = replace(old, turn=upright, crop=None)
    arguments = (services.blobs.path(page.file_digest), page.number, recipe, services.workers.engine)
    [done] = services.workers.executor.run(
        [Task(page.id, read_page, arguments)], context, services.workers.page_limit_s
    )
    if done.problem:
        raise StepFailed(done.problem)
    reading: PageReading = done.value
    return reading


def _name_again(services: Services, connection: Connection, document: Document) -> None:
    found = pages.of_document(connection, document.id)
    readings: Sequence[PageReading] = [reading for page in found if (reading := reading_of(services, page))]
    document = versions.withdraw(connection, documents.get(connection, document.id))
    kind, confidence = kind_of(readings)
    documents.save(
        connection,
        replace(
            document,
            kind_code=kind.code,
            kind_name=kind.name,
            kind_confidence=confidence,
            fields=fields_as_stored(fields_of(readings, kind, confidence)),
        ),
    )
    search.index(connection, document.id, "\n".join(reading.text.text for reading in readings))
