"""Rows of batches and of the source files in them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from storage.catalog import rows, tables
from storage.catalog.ids import new_id
from storage.model import Batch, SourceFile

_FILES = tables.source_files


def create(connection: sa.Connection, name: str, operator: str, at: datetime, device: str = "") -> Batch:
    """Open an empty batch; `device` names the scanner whose pages it takes."""
    batch = Batch(id=new_id(), name=name, opened_at=at, operator=operator, device=device)
    connection.execute(sa.insert(tables.batches).values(**asdict(batch)))
    return batch


def get(connection: sa.Connection, id: str) -> Batch:
    """Raises NotFound."""
    return Batch(**rows.one(connection, tables.batches, "id", id))


def find(connection: sa.Connection, limit: int = 1000) -> tuple[Batch, ...]:
    """Batches, newest first."""
    statement = sa.select(tables.batches).order_by(
        tables.batches.c.opened_at.desc(), tables.batches.c.id.desc()
    )
    return tuple(Batch(**row) for row in connection.execute(statement.limit(limit)).mappings())


def add_file(
    connection: sa.Connection,
    batch_id: str,
    digest: str,
    *,
    name: str,
    media_type: str,
    size: int,
    page_count: int,
    signed: bool = False,
) -> SourceFile:
    """Name a stored file as part of a batch.

    The same bytes are taken in once: a second time gives the first row, whose `batch_id` tells where.
    """
    known = connection.execute(sa.select(_FILES).where(_FILES.c.digest == digest)).mappings().first()
    if known is not None:
        return SourceFile(**known)
    file = SourceFile(
        digest=digest,
        batch_id=batch_id,
        name=name,
        media_type=media_type,
        size=size,
        page_count=page_count,
        position=_next_position(connection, batch_id),
        signed=signed,
    )
    connection.execute(sa.insert(_FILES).values(**asdict(file)))
    return file


def file(connection: sa.Connection, digest: str) -> SourceFile:
    """Raises NotFound."""
    return SourceFile(**rows.one(connection, _FILES, "digest", digest))


def files(connection: sa.Connection, batch_id: str) -> tuple[SourceFile, ...]:
    """Files of a batch in the order they came in."""
    statement = sa.select(_FILES).where(_FILES.c.batch_id == batch_id).order_by(_FILES.c.position)
    return tuple(SourceFile(**row) for row in connection.execute(statement).mappings())


def files_of_pages(connection: sa.Connection, batch_id: str) -> dict[str, SourceFile]:
    """By digest, every file that a page of the batch comes from, whichever batch it came in with."""
    used = sa.select(tables.pages.c.file_digest).where(tables.pages.c.batch_id == batch_id)
    found = connection.execute(sa.select(_FILES).where(_FILES.c.digest.in_(used))).mappings()
    return {row["digest"]: SourceFile(**row) for row in found}


def _next_position(connection: sa.Connection, batch_id: str) -> int:
    highest = connection.scalar(
        sa.select(sa.func.max(_FILES.c.position)).where(_FILES.c.batch_id == batch_id)
    )
    return 0 if highest is None else int(highest) + 1
