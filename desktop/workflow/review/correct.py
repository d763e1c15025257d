"""A clerk says what a paper is and what stands on it: undoable, in the journal, and a lesson for the next."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from sqlalchemy import Connection

from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.papers.naming import (
    CLERK,
    KIND_FIELD,
    as_found,
    fields_as_stored,
    lessons_of,
    readings_of,
    with_clerks,
)
from desktop.workflow.review.correct_commands import CorrectPaper, Typed
from desktop.workflow.review.learning import learn
from desktop.workflow.services import Services, now
from ocr.batch.lessons import learned_fields
from ocr.fields.facts import fields_of
from ocr.model import DocumentReading
from ocr.papers.kinds import kind
from ocr.vietnamese.patterns import calendar_day
from storage.catalog import documents, edits, journal
from storage.errors import Conflict
from storage.model import Document, Field

_DAY = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})|(\d{2})(\d{2})(\d{4})")
_MONTH = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4})")


def correct(services: Services, command: CorrectPaper, context: Context) -> Outcome[Document]:
    """The paper as it stands then. Raises Conflict when a field was changed since the clerk saw it."""
    with services.catalog.write() as connection:
        before = documents.get(connection, command.document_id)
        paper = before
        if command.kind_code and command.kind_code != before.kind_code:
            paper = _of_kind(services, connection, paper, command.kind_code)
        for typed in command.fields:
            paper = _with(paper, typed)
        if paper == before:
            return Outcome(before)
        paper = _write(services, connection, paper)
        learn(services, connection, paper)
        codes = {"kind": paper.kind_code, "fields": [typed.name for typed in command.fields]}
        journal.append(connection, now(), services.actor, "document_corrected", paper.id, codes)
    dossiers = frozenset([paper.dossier_id] if paper.dossier_id else [])
    return Outcome(paper, Changes(frozenset(), frozenset({paper.id}), dossiers))


def _write(services: Services, connection: Connection, paper: Document) -> Document:
    if paper.batch_id is None:
        return documents.save(connection, paper)
    edits.record(connection, paper.batch_id, "correct", now(), services.actor, papers=[paper])
    return documents.get(connection, paper.id)


def _of_kind(services: Services, connection: Connection, paper: Document, code: str) -> Document:
    """The paper as that kind: other fields may count then; those that a clerk typed stay."""
    right = kind(code)
    readings = readings_of(services, connection, paper)
    fields = fields_of(readings, right, 1.0) if readings else {}
    fields = learned_fields(fields, lessons_of(connection).fields)
    found = as_found(paper, DocumentReading((), right, 1.0, fields))
    place = next((field for field in fields_as_stored(fields) if field.name == KIND_FIELD), None)
    said = Field(KIND_FIELD, right.name, 1.0, place.page if place else 1, place.box if place else None, CLERK)
    rest = tuple(field for field in found.fields if field.name != KIND_FIELD)
    older = replace(paper, fields=tuple(field for field in paper.fields if field.name != KIND_FIELD))
    return with_clerks(replace(found, fields=(said, *rest)), older)


def _with(paper: Document, typed: Typed) -> Document:
    """The paper with one field as typed; where nothing stood before it goes to the end."""
    old = next((field for field in paper.fields if field.name == typed.name), None)
    if (old.value if old else "") != typed.seen:
        raise Conflict(what="documents", id=paper.id, field=typed.name)
    value = plain_value(typed.name, typed.value)
    if not value:
        return replace(paper, fields=tuple(field for field in paper.fields if field.name != typed.name))
    page, box = (typed.page, typed.box) if typed.box else (old.page, old.box) if old else (1, None)
    new = Field(typed.name, value, 1.0, page, box, CLERK)
    if old is None:
        return replace(paper, fields=(*paper.fields, new))
    return replace(paper, fields=tuple(new if field is old else field for field in paper.fields))


def plain_value(name: str, typed: str) -> str:
    """As kept: NFC, single spaces; days 05/07/1988 or 05071988 as ISO, numbers of persons without spaces."""
    text = " ".join(unicodedata.normalize("NFC", typed).split())
    if name.startswith("ngay_") or name == "thoi_han":
        return _iso(text)
    return re.sub(r"[ .]", "", text) if name == "so_dinh_danh" else text


def _iso(text: str) -> str:
    found = _DAY.fullmatch(text)
    if found:
        parts = [part for part in found.groups() if part]
        day = calendar_day(parts[2], parts[1], parts[0])
        return day.isoformat() if day else text
    month = _MONTH.fullmatch(text)
    return f"{month[2]}-{int(month[1]):02d}" if month else text
