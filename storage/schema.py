"""Brings a catalog's schema up to date by the migrations that ship with the program."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from storage.catalog import Catalog
from storage.errors import SchemaTooNew

LATEST = "0003"
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
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise SchemaTooNew(found=current, known=LATEST)
    with catalog.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
