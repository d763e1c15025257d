"""Rows of what verification found for a document's file, kept with the evidence (TT 15/2025/TT-BKHCN)."""

from __future__ import annotations

from dataclasses import asdict

import sqlalchemy as sa

from storage.catalog import tables
from storage.model import VerdictRecord

_VERDICTS = tables.verdicts


def record(connection: sa.Connection, found: VerdictRecord) -> VerdictRecord:
    """Keep what was found for one file of a document; checking the same file again replaces it."""
    same = (_VERDICTS.c.document_id == found.document_id, _VERDICTS.c.digest == found.digest)
    connection.execute(sa.delete(_VERDICTS).where(*same))
    connection.execute(sa.insert(_VERDICTS).values(**asdict(found)))
    return found


def of_document(connection: sa.Connection, document_id: str) -> tuple[VerdictRecord, ...]:
    """What was found for each file of a document, oldest first."""
    statement = sa.select(_VERDICTS).where(_VERDICTS.c.document_id == document_id)
    rows = connection.execute(statement.order_by(_VERDICTS.c.checked_at)).mappings()
    return tuple(VerdictRecord(**row) for row in rows)
