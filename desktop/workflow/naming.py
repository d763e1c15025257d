"""What a paper is called: kind and fields from the readings of its pages, and the text it is found by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from desktop.workflow.services import Services
from ocr.classify import kind_of
from ocr.fields import fields_of
from ocr.model import FieldValue, PageReading
from ocr.record import from_json
from storage import pages, search
from storage.model import Document, Field, Page


def reading_of(services: Services, page: Page) -> PageReading | None:
    """What was read on a page; None for an unread one."""
    return from_json(services.blobs.read(page.reading_digest)) if page.reading_digest else None


def named(services: Services, connection: Connection, paper: Document) -> Document:
    """The paper with kind and fields found anew; one whose pages are all unread stays as it is."""
    readings = readings_of(services, connection, paper)
    if not readings:
        return paper
    kind, confidence = kind_of(readings)
    return replace(
        paper,
        kind_code=kind.code,
        kind_name=kind.name,
        kind_confidence=confidence,
        fields=fields_as_stored(fields_of(readings, kind, confidence)),
    )


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
