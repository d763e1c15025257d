"""The catalog in one SQLite file beside the blobs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlalchemy as sa

from storage.catalog.database import WRITES, Catalog
from storage.catalog.schema import upgrade

BUSY_SECONDS = 30


def open_catalog(path: Path) -> Catalog:
    """Open or make the catalog and bring its schema up to date. Raises SchemaTooNew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        hide_parameters=True,  # an error's text must not carry names and contents into the log
        # isolation_level None: the driver begins no transaction of its own, `_begin` does
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    catalog = Catalog(engine)
    try:
        upgrade(catalog)
    except BaseException:
        catalog.close()
        raise
    return catalog


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # a deposited package must survive a power cut
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # IMMEDIATE takes the write lock at once: a read that later writes could not be retried after SQLITE_BUSY
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
