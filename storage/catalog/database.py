"""The catalog: one database that names everything kept, opened for short transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from storage.errors import DiskFull

WRITES = "storage_writes"
"""Execution option that tells the engine to take the write lock when the transaction begins."""


class Catalog:
    """Gives connections; every `write()` is one transaction that is kept whole or not at all."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one unchanging state; whatever is written through it is dropped."""
        with self.engine.connect() as connection:
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A connection that holds the write lock: commits at the end, rolls back on an exception.

        Raises DiskFull.
        """
        try:
            with self.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                yield connection
        except sa.exc.OperationalError as error:
            if "disk is full" in str(error.orig):
                raise DiskFull(what="catalog") from error
            raise

    def close(self) -> None:
        """Give back every connection; SQLite then folds its write-ahead log into the file."""
        self.engine.dispose()
