"""Brings a catalog's schema up to date by the migrations that ship with the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage.catalog.database import Catalog
from storage.errors import Corrupt, SchemaTooNew

LATEST = "0008"
"""Newest revision this program knows; a test holds it equal to the newest migration file."""


def revision(connection: sa.Connection) -> str | None:
    """Revision the catalog is at; None for an empty database."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def upgrade(catalog: Catalog, to: str = LATEST) -> None:
    """Apply the missing migrations in one transaction. Raises SchemaTooNew, leaving the catalog as it was."""
    with catalog.read() as connection:
        current = revision(connection)
    if current != to:
        _migrate(catalog, current, to)


def _migrate(catalog: Catalog, current: str | None, to: str) -> None:
    # needed only after an update, and too slow to import at every start
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise SchemaTooNew(found=current, known=LATEST)
    with _no_foreign_keys(catalog), catalog.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        broken = connection.execute(sa.text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise Corrupt(what="catalog", id=str(broken[0]))


@contextmanager
def _no_foreign_keys(catalog: Catalog) -> Iterator[None]:
    """SQLite makes a table anew to change it, and may switch the checks off outside transactions only

    (sqlite.org/lang_altertable.html, the twelve steps)."""

    def switch(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")

    catalog.engine.dispose()
    sa.event.listen(catalog.engine, "connect", switch)
    try:
        yield
    finally:
        sa.event.remove(catalog.engine, "connect", switch)
        catalog.engine.dispose()
