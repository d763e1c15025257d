"""Rows of what corrections teach: at most one for each thing about each paper, each can be forgotten."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.catalog import tables

_LESSONS = tables.lessons


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a clerk's correction of one paper teaches about papers like it."""

    id: str
    document_id: str
    about: str
    """Name of the field, or `kind`."""
    read: str
    """What the program found; empty where it found nothing."""
    right: str
    learnt_at: datetime
    actor: str
    form: Mapping[str, Any] | None = None
    """What is printed on the form (title, labels) by which it is known again; kinds only."""


def put(connection: sa.Connection, document_id: str, lessons: Sequence[Lesson]) -> None:
    """Make these the lessons of a paper; what it taught before and no longer does is gone."""
    connection.execute(sa.delete(_LESSONS).where(_LESSONS.c.document_id == document_id))
    if lessons:
        connection.execute(sa.insert(_LESSONS), [asdict(lesson) for lesson in lessons])


def find(connection: sa.Connection) -> tuple[Lesson, ...]:
    """Every lesson, oldest first."""
    statement = sa.select(_LESSONS).order_by(_LESSONS.c.learnt_at, _LESSONS.c.id)
    return tuple(Lesson(**row) for row in connection.execute(statement).mappings())


def forget(connection: sa.Connection, ids: Collection[str]) -> int:
    """Drop lessons; how many there were."""
    return connection.execute(sa.delete(_LESSONS).where(_LESSONS.c.id.in_(ids))).rowcount
