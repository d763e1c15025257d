"""Figures that a commune is measured by (QĐ 766/QĐ-TTg), counted from the catalog, and what is late.

The decision's own formulas were not readable; these are the columns that provincial dashboards show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storage.catalog import dossiers, tables
from storage.dossier.checklist import RESULT
from storage.model import Dossier, DossierState

_DOSSIERS = tables.dossiers
_DOCUMENTS = tables.documents
_VERSIONS = tables.document_versions
_ISSUING_STEPS = ("ky_duyet", "dong_dau")
"""Signed by the official and by the agency, an electronic result is an original (NĐ 30/2020 Điều 5)."""


@dataclass(frozen=True, slots=True)
class Indicators:
    """Counts of dossiers in a period."""

    received: int
    digitised: int
    """Of those received: with at least one paper digitised."""
    closed: int
    results_digitised: int
    """Of those closed: with the result as a file."""
    results_electronic: int
    """Of those closed: with the result signed by the official and the agency."""
    timed: int
    """Of those closed: with a promised day."""
    on_time: int
    """Of those timed: closed by then."""


def indicators(connection: sa.Connection, since: datetime, until: datetime) -> Indicators:
    """Count the dossiers received, and those closed, from `since` to before `until`."""
    received = _DOSSIERS.c.received_at.between(since, until) & (_DOSSIERS.c.received_at != until)
    closed = _DOSSIERS.c.closed_at.between(since, until) & (_DOSSIERS.c.closed_at != until)
    timed = closed & _DOSSIERS.c.due_at.is_not(None)
    signed = sa.and_(*(_has_result(_signed(step)) for step in _ISSUING_STEPS))
    return Indicators(
        received=_count(connection, received),
        digitised=_count(connection, received & _has_paper()),
        closed=_count(connection, closed),
        results_digitised=_count(connection, closed & _has_result(_DOCUMENTS.c.pdf_digest.is_not(None))),
        results_electronic=_count(connection, closed & signed),
        timed=_count(connection, timed),
        on_time=_count(connection, timed & (_DOSSIERS.c.closed_at <= _DOSSIERS.c.due_at)),
    )


def overdue(connection: sa.Connection, at: datetime) -> tuple[Dossier, ...]:
    """Open dossiers whose promised day has passed, the latest first."""
    late = (found for found in dossiers.find(connection, state=DossierState.OPEN) if _is_late(found, at))
    return tuple(sorted(late, key=lambda found: found.due_at or at))


def _is_late(dossier: Dossier, at: datetime) -> bool:
    return dossier.due_at is not None and dossier.due_at < at


def _count(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(_DOSSIERS).where(wanted)) or 0


def _has_paper() -> sa.ColumnElement[bool]:
    inside = _DOCUMENTS.c.dossier_id == _DOSSIERS.c.id
    is_paper = sa.func.coalesce(_DOCUMENTS.c.component_code, "") != RESULT
    return sa.exists().where(inside, is_paper, _DOCUMENTS.c.pdf_digest.is_not(None))


def _has_result(what: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    inside = _DOCUMENTS.c.dossier_id == _DOSSIERS.c.id
    return sa.exists().where(inside, _DOCUMENTS.c.component_code == RESULT, what)


def _signed(step: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(_VERSIONS.c.document_id == _DOCUMENTS.c.id, _VERSIONS.c.step == step)
