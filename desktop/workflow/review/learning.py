"""What a clerk's corrections of a paper teach, and forgetting it again.

Lessons follow from the paper as it stands, against what the program finds by itself: a correction that is
undone teaches nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from desktop.workflow.job import Context, Outcome
from desktop.workflow.papers.naming import CLERK, KIND_FIELD, lessons_of, read_as, readings_of
from desktop.workflow.services import Services, now
from ocr.batch.lessons import TAUGHT, Lessons, print_of
from ocr.fields.facts import fields_of
from ocr.model import PageReading
from ocr.papers.kinds import kind
from storage.catalog import journal, lessons
from storage.catalog.ids import new_id
from storage.catalog.lessons import Lesson
from storage.model import Document

KIND = "kind"
"""What a lesson about the kind of papers is about; the others are about a field by its name."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Drop these lessons, all of them where `ids` is None."""

    ids: tuple[str, ...] | None = None


def learn(services: Services, connection: Connection, paper: Document) -> None:
    """Keep what the paper teaches now; call it after each change that a clerk makes or takes back."""
    hers = {field.name: field.value for field in paper.fields if field.source == CLERK}
    readings = readings_of(services, connection, paper) if hers else []
    taught: list[Lesson] = []
    if readings:
        others = lessons_of(connection, without=paper.id)
        taught += _of_kind(services, paper, readings, others) if KIND_FIELD in hers else ()
        taught += _of_fields(services, paper, readings, hers)
    lessons.put(connection, paper.id, taught)


def list_lessons(services: Services) -> tuple[Lesson, ...]:
    """Everything that was learnt on this computer, oldest first."""
    with services.catalog.read() as connection:
        return lessons.find(connection)


def forget(services: Services, command: Forget, context: Context) -> Outcome[int]:
    """How many lessons were dropped; papers that were named already keep their names."""
    with services.catalog.write() as connection:
        ids = command.ids
        if ids is None:
            ids = tuple(lesson.id for lesson in lessons.find(connection))
        dropped = lessons.forget(connection, ids)
        journal.append(connection, now(), services.actor, "lessons_forgotten", "", {"count": dropped})
    return Outcome(dropped)


def _of_kind(
    services: Services, paper: Document, readings: Sequence[PageReading], others: Lessons
) -> Iterator[Lesson]:
    """Also where the program alone was right and others' lessons would mislead it: that outvotes them."""
    alone = read_as(readings, Lessons()).kind.code
    form = print_of(readings)
    needed = paper.kind_code != alone or paper.kind_code != read_as(readings, others).kind.code
    if needed and form.telling:
        kept = {"title": form.title, "labels": sorted(form.labels)}
        yield Lesson(new_id(), paper.id, KIND, alone, paper.kind_code, now(), services.actor, kept)


def _of_fields(
    services: Services, paper: Document, readings: Sequence[PageReading], hers: dict[str, str]
) -> Iterator[Lesson]:
    found = fields_of(readings, kind(paper.kind_code), paper.kind_confidence)
    for name in TAUGHT:
        right = hers.get(name)
        read = found[name].value if name in found else ""
        if right and read and right != read:
            yield Lesson(new_id(), paper.id, name, read, right, now(), services.actor)
