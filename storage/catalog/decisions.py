"""Rows of what archivists decided about signed files; a later decision stands beside the earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from storage.catalog import rows, tables

_DECISIONS = tables.decisions


@dataclass(frozen=True, slots=True)
class Decision:
    """What the archivist decided about a signed file, and where the record of the grounds is."""

    id: str
    file_digest: str
    file_name: str
    passed: bool
    reason: str
    verdict: str
    decided_at: datetime
    actor: str
    record_digest: str
    """Blob with everything needed to make the same check again."""


def add(connection: sa.Connection, decision: Decision) -> None:
    """Keep a decision; none is ever changed."""
    connection.execute(sa.insert(_DECISIONS).values(**asdict(decision)))


def get(connection: sa.Connection, id: str) -> Decision:
    """Raises NotFound."""
    return Decision(**rows.one(connection, _DECISIONS, "id", id))


def newest(connection: sa.Connection, digests: Sequence[str]) -> dict[str, Decision]:
    """The newest decision about each of these files, by the file's digest."""
    statement = sa.select(_DECISIONS).where(_DECISIONS.c.file_digest.in_(digests))
    found = connection.execute(statement.order_by(_DECISIONS.c.decided_at)).mappings()
    return {row["file_digest"]: Decision(**row) for row in found}


def find(connection: sa.Connection) -> tuple[Decision, ...]:
    """Every decision, oldest first."""
    statement = sa.select(_DECISIONS).order_by(_DECISIONS.c.decided_at)
    return tuple(Decision(**row) for row in connection.execute(statement).mappings())
