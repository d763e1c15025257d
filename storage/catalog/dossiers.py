"""Rows of dossiers. Their code never changes (TT 13/2023/TT-BNV); a closed one takes no more papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from storage.catalog import rows, tables
from storage.catalog.ids import new_id
from storage.dossier import dossier_code
from storage.errors import Conflict, DossierIncomplete
from storage.model import Dossier, DossierState

_DOSSIERS = tables.dossiers


def create(
    connection: sa.Connection,
    code: str,
    procedure_code: str,
    *,
    title: str,
    applicant: str,
    received_at: datetime,
    cases: Sequence[str] = (),
    due_at: datetime | None = None,
) -> Dossier:
    """Open a dossier. The same code and procedure again give the dossier that is there.

    Raises Conflict when the code stands for another procedure; ValueError for a malformed code.
    """
    if not dossier_code.is_valid(code):
        raise ValueError("malformed dossier code")
    known = connection.execute(sa.select(_DOSSIERS).where(_DOSSIERS.c.code == code)).mappings().first()
    if known is not None:
        if known["procedure_code"] != procedure_code:
            raise Conflict(what="dossiers", id=code, found=known["procedure_code"])
        return _dossier(known)
    dossier = Dossier(
        new_id(), code, procedure_code, title, applicant, received_at, tuple(cases), due_at=due_at
    )
    connection.execute(sa.insert(_DOSSIERS).values(**asdict(dossier)))
    return dossier


def next_code(connection: sa.Connection, agency: str, day: date) -> str:
    """The next free code of that day, for use in the same transaction. ValueError for a malformed agency."""
    first = dossier_code.make(agency, day, 1)
    prefix = first.rsplit("-", 1)[0] + "-"
    taken = connection.scalars(sa.select(_DOSSIERS.c.code).where(_DOSSIERS.c.code.startswith(prefix)))
    return dossier_code.make(
        agency, day, max((dossier_code.number_of(code) for code in taken), default=0) + 1
    )


def get(connection: sa.Connection, id: str) -> Dossier:
    """Raises NotFound."""
    return _dossier(rows.one(connection, _DOSSIERS, "id", id))


def by_code(connection: sa.Connection, code: str) -> Dossier:
    """Raises NotFound."""
    return _dossier(rows.one(connection, _DOSSIERS, "code", code))


def find(connection: sa.Connection, *, state: DossierState | None = None) -> tuple[Dossier, ...]:
    """Dossiers by code, all or those in one state."""
    statement = sa.select(_DOSSIERS).order_by(_DOSSIERS.c.code)
    if state is not None:
        statement = statement.where(_DOSSIERS.c.state == state.value)
    return tuple(_dossier(row) for row in connection.execute(statement).mappings())


def save(connection: sa.Connection, dossier: Dossier) -> Dossier:
    """Write a changed dossier and return it with its new version; an unchanged one stays. Raises Conflict."""
    before = get(connection, dossier.id)
    if dossier == before:
        return dossier
    if dossier.code != before.code:
        raise Conflict(what="dossiers", id=dossier.id, found=before.code)
    values = asdict(dossier)
    for fixed in ("id", "code", "version"):
        del values[fixed]
    return replace(dossier, version=rows.update(connection, _DOSSIERS, dossier.id, dossier.version, values))


def close(connection: sa.Connection, dossier: Dossier, missing: Sequence[str], at: datetime) -> Dossier:
    """Close an open dossier; `missing` are the codes of the components its checklist still misses.

    Closing it again changes nothing. Raises DossierIncomplete, Conflict.
    """
    if dossier.state is not DossierState.OPEN:
        return dossier
    if missing:
        raise DossierIncomplete(code=dossier.code, missing=tuple(missing))
    return save(connection, replace(dossier, state=DossierState.CLOSED, closed_at=at))


def _dossier(row: sa.RowMapping) -> Dossier:
    values: dict[str, Any] = dict(row)
    return Dossier(**{**values, "cases": tuple(values["cases"]), "state": DossierState(values["state"])})
