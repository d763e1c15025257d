"""Rows of who may sign for whom (KT., TL., TUQ.: NĐ 30/2020 Điều 13), and which of them covers a paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from storage.catalog import journal, rows, tables
from storage.catalog.folding import fold
from storage.catalog.handover_model import Form, Mandate
from storage.errors import MandateInvalid

_MANDATES = tables.mandates


def add(connection: sa.Connection, mandate: Mandate) -> Mandate:
    """Keep a mandate. Raises MandateInvalid where the law asks for limits that it lacks."""
    if not mandate.person.strip() or not mandate.principal.strip():
        raise MandateInvalid(why="nobody")
    if mandate.form is Form.TUQ and (mandate.valid_to is None or not mandate.basis.strip()):
        raise MandateInvalid(why="unlimited")
    if mandate.valid_to is not None and mandate.valid_to < mandate.valid_from:
        raise MandateInvalid(why="backwards")
    values = asdict(mandate) | {
        "form": mandate.form.value,
        "kinds": list(mandate.kinds),
        "valid_from": mandate.valid_from.isoformat(),
        "valid_to": mandate.valid_to.isoformat() if mandate.valid_to else None,
    }
    connection.execute(sa.insert(_MANDATES).values(values))
    details = {"form": mandate.form.value, "from": values["valid_from"], "to": values["valid_to"]}
    journal.append(connection, mandate.made_at, mandate.actor, "mandate_given", mandate.id, details)
    return mandate


def end(connection: sa.Connection, mandate_id: str, actor: str, at: datetime) -> None:
    """Take a mandate back from now on; one that has ended stays as it is. Raises NotFound."""
    if rows.one(connection, _MANDATES, "id", mandate_id)["ended_at"] is not None:
        return
    connection.execute(sa.update(_MANDATES).where(_MANDATES.c.id == mandate_id).values(ended_at=at))
    journal.append(connection, at, actor, "mandate_ended", mandate_id)


def find(connection: sa.Connection) -> tuple[Mandate, ...]:
    """All mandates, newest first."""
    statement = sa.select(_MANDATES).order_by(_MANDATES.c.made_at.desc())
    return tuple(_mandate(row) for row in connection.execute(statement).mappings())


def covering(
    known: Iterable[Mandate], person: str, form: Form, principal: str, kind: str, day: date
) -> Mandate | None:
    """The mandate by which this person may sign so on that day; None where there is none."""
    return next((mandate for mandate in known if _covers(mandate, person, form, principal, kind, day)), None)


def _covers(mandate: Mandate, person: str, form: Form, principal: str, kind: str, day: date) -> bool:
    same = mandate.form is form and fold(mandate.person) == fold(person)
    whom = fold(mandate.principal) == fold(principal)
    begun = mandate.valid_from <= day and (mandate.valid_to is None or day <= mandate.valid_to)
    running = mandate.ended_at is None
    return same and whom and begun and running and (not mandate.kinds or kind in mandate.kinds)


def _mandate(row: sa.RowMapping) -> Mandate:
    values: dict[str, Any] = dict(row)
    until = values["valid_to"]
    return Mandate(
        **{
            **values,
            "form": Form(values["form"]),
            "kinds": tuple(values["kinds"]),
            "valid_from": date.fromisoformat(values["valid_from"]),
            "valid_to": date.fromisoformat(until) if until else None,
        }
    )
