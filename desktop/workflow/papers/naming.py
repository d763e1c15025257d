"""What a paper is called: kind and fields from the readings of its pages, and the text it is found by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from desktop import messages
from desktop.workflow.services import Services
from ocr.batch.lessons import FieldLesson, KindLesson, Lessons, Print, learned
from ocr.fields.facts import fields_of
from ocr.model import DocumentReading, FieldValue, PageReading
from ocr.papers.classify import kind_of
from ocr.record import from_json
from storage.catalog import lessons as stored
from storage.catalog import pages, search
from storage.model import Document, Field, Page, SourceFile

CLERK = "clerk"
"""Source of a field that a clerk typed or confirmed."""
KIND_FIELD = "loai_vb"
"""Carries the kind's name; a clerk's one tells that the kind is hers."""


def page_name(page: Page, file: SourceFile) -> str:
    """What a person calls a page: a scanned one by its place, another by its file and number there."""
    if page.arrival:
        return messages.text("ui.page.nth", n=page.position + 1)
    several = file.page_count > 1
    return messages.text("ui.page.nth_of", file=file.name, n=page.number) if several else file.name


def reading_of(services: Services, page: Page) -> PageReading | None:
    """What was read on a page; None for an unread one."""
    return from_json(services.blobs.read(page.reading_digest)) if page.reading_digest else None


def named(services: Services, connection: Connection, paper: Document) -> Document:
    """The paper with kind and fields found anew, but for what a clerk said; unread ones stay as they are."""
    readings = readings_of(services, connection, paper)
    if not readings:
        return paper
    return with_clerks(as_found(paper, read_as(readings, lessons_of(connection))), paper)


def read_as(readings: Sequence[PageReading], lessons: Lessons) -> DocumentReading:
    """What the pages of one paper say, in the light of what was corrected before."""
    kind, confidence = kind_of(readings)
    fields = fields_of(readings, kind, confidence)
    numbers = tuple(reading.number for reading in readings)
    return learned(DocumentReading(numbers, kind, confidence, fields), readings, lessons)


def as_found(paper: Document, found: DocumentReading) -> Document:
    """The paper with this kind and these fields."""
    return replace(
        paper,
        kind_code=found.kind.code,
        kind_name=found.kind.name,
        kind_confidence=found.confidence,
        fields=fields_as_stored(found.fields),
    )


def with_clerks(paper: Document, before: Document) -> Document:
    """The paper with what a clerk said of it `before`: her kind and her fields win over what was read."""
    hers = {field.name: field for field in before.fields if field.source == CLERK}
    fields = [hers.pop(field.name, field) for field in paper.fields]
    kept = replace(paper, fields=(*fields, *hers.values()))
    if any(field.name == KIND_FIELD and field.source == CLERK for field in before.fields):
        kept = replace(
            kept,
            kind_code=before.kind_code,
            kind_name=before.kind_name,
            kind_confidence=before.kind_confidence,
        )
    return kept


def lessons_of(connection: Connection, without: str = "") -> Lessons:
    """What corrections taught so far, but for those of one paper."""
    found = [lesson for lesson in stored.find(connection) if lesson.document_id != without]
    kinds = tuple(
        KindLesson(lesson.read, lesson.right, Print(lesson.form["title"], frozenset(lesson.form["labels"])))
        for lesson in found
        if lesson.form is not None
    )
    fields = (FieldLesson(each.about, each.read, each.right) for each in found if each.form is None)
    return Lessons(kinds, tuple(fields))


def make_findable(services: Services, connection: Connection, paper: Document) -> None:
    """Index the text of a paper's pages."""
    readings = readings_of(services, connection, paper)
    search.index(connection, paper.id, "\n".join(reading.text.text for reading in readings))


def readings_of(services: Services, connection: Connection, paper: Document) -> list[PageReading]:
    """Readings of a paper's pages, numbered within the paper."""
    found = [reading_of(services, pages.get(connection, id)) for id in paper.page_ids]
    return numbered(found)


def numbered(readings: Sequence[PageReading | None]) -> list[PageReading]:
    """Readings under their places from 1; unread pages leave a gap."""
    return [replace(reading, number=place) for place, reading in enumerate(readings, 1) if reading]


def fields_as_stored(fields: Mapping[str, FieldValue], before: int = 0) -> tuple[Field, ...]:
    """Fields as the catalog keeps them: `page` counts within the paper, which has `before` pages ahead."""
    return tuple(
        Field(name, value.value, value.confidence, value.page - before, value.box, value.source)
        for name, value in fields.items()
    )
