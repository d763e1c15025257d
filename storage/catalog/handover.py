"""Rows of the way of documents; each is written with its journal entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.catalog import journal, tables
from storage.catalog.handover_model import Handover, Holder, Move, after
from storage.errors import Conflict

_HANDOVERS = tables.handovers
REASON_LETTERS = 1000
"""A reason is a sentence or two, not a document."""


def history(connection: sa.Connection, document_id: str) -> tuple[Handover, ...]:
    """The way of a document so far, oldest step first."""
    statement = sa.select(_HANDOVERS).where(_HANDOVERS.c.document_id == document_id)
    return tuple(_handover(row) for row in connection.execute(statement.order_by("position")).mappings())


def current(connection: sa.Connection, document_id: str) -> Handover | None:
    """Its newest step; None for a document that nobody handed over yet."""
    statement = sa.select(_HANDOVERS).where(_HANDOVERS.c.document_id == document_id)
    row = connection.execute(statement.order_by(_HANDOVERS.c.position.desc()).limit(1)).mappings().first()
    return None if row is None else _handover(row)


def newest(connection: sa.Connection) -> Mapping[str, Handover]:
    """The newest step of every document that was ever handed over."""
    statement = sa.select(_HANDOVERS).order_by(_HANDOVERS.c.document_id, _HANDOVERS.c.position)
    return {row["document_id"]: _handover(row) for row in connection.execute(statement).mappings()}


def move(
    connection: sa.Connection,
    document_id: str,
    how: Move,
    actor: str,
    at: datetime,
    reason: str = "",
    start: Holder = Holder.CLERK,
) -> Handover:
    """Take the document to its next desk; one never handed over is at `start`.

    Raises MoveRefused, and Conflict when somebody else moved it at the same moment.
    """
    last = current(connection, document_id)
    holder, position = (last.holder, last.position) if last else (start, 0)
    step = Handover(
        document_id, position + 1, how, after(holder, how, reason), actor, at, reason.strip()[:REASON_LETTERS]
    )
    values = {name: getattr(step, name) for name in _HANDOVERS.c.keys()}  # noqa: SIM118 - columns, not a dict
    try:
        connection.execute(sa.insert(_HANDOVERS).values(values))
    except sa.exc.IntegrityError as error:
        raise Conflict(what="handovers", id=document_id, found=position + 1) from error
    details = {"move": how.value, "from": holder.value, "to": step.holder.value, "position": step.position}
    journal.append(connection, at, actor, "document_handed_over", document_id, details)
    return step


def _handover(row: sa.RowMapping) -> Handover:
    values: dict[str, Any] = dict(row)
    return Handover(**{**values, "move": Move(values["move"]), "holder": Holder(values["holder"])})
