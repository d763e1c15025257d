"""What every noun's row functions share: reading one row, and a write that notices a stale version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from storage.errors import Conflict, NotFound


def one(connection: sa.Connection, table: sa.Table, key: str, value: str) -> sa.RowMapping:
    """The row whose column `key` holds `value`; raises NotFound."""
    row = connection.execute(sa.select(table).where(table.c[key] == value)).mappings().first()
    if row is None:
        raise NotFound(what=table.name, id=value)
    return row


def update(
    connection: sa.Connection, table: sa.Table, id: str, version: int, values: Mapping[str, Any]
) -> int:
    """Write the values if the row still has that version; return its new one. Raises Conflict, NotFound."""
    statement = sa.update(table).where(table.c.id == id, table.c.version == version)
    if connection.execute(statement.values(**values, version=version + 1)).rowcount == 1:
        return version + 1
    found = one(connection, table, "id", id)
    raise Conflict(what=table.name, id=id, version=version, found=found["version"])
