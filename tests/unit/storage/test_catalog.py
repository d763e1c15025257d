"""The catalog: its schema, its migrations, and transactions that are kept whole or not at all."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from storage import locate
from storage.adapters import catalog_sqlite
from storage.catalog import batches, pages, schema, tables
from storage.catalog.database import Catalog
from storage.errors import DiskFull, SchemaTooNew
from tests.unit.storage.conftest import NOW


def _in_tables(name: str | None, type_: str, _parents: object) -> bool:
    return type_ != "table" or name in tables.metadata.tables


def test_migrations_make_exactly_the_tables_that_the_program_uses(catalog: Catalog) -> None:
    with catalog.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": _in_tables, "compare_type": True}
        )
        assert compare_metadata(context, tables.metadata) == []
        for table in tables.metadata.tables:
            made = connection.scalar(
                sa.text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table}
            )
            assert made is not None
            assert made.rstrip().endswith("STRICT"), table


def test_the_same_tables_suit_postgresql() -> None:
    for table in tables.metadata.sorted_tables:
        made = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
        assert "STRICT" not in made
        assert not {"BLOB", "DATETIME", "AUTOINCREMENT"} & set(made.split())


def test_the_schema_is_at_its_newest_migration(catalog: Catalog) -> None:
    folder = Path(schema.__file__).parents[1] / "migrations" / "versions"
    assert max(path.name[:4] for path in folder.glob("0*.py")) == schema.LATEST
    with catalog.read() as connection:
        assert schema.revision(connection) == schema.LATEST


OLD_ROWS = (
    "INSERT INTO batches VALUES ('b', 'Lô cũ', '2026-11-22T03:00:00.000000+00:00', 'Trần Thị Mẫu', 1)",
    f"INSERT INTO source_files VALUES ('{'a' * 64}', 'b', 'x.png', 'image/png', 1, 1, 0, 0)",
    f"INSERT INTO pages VALUES ('p', 'b', '{'a' * 64}', 1, 0, NULL, NULL, NULL, 0, NULL, 1)",
    "INSERT INTO documents VALUES ('d', 'b', 'khac', '', 0.5, 'draft', 'x', NULL, NULL, NULL, 1)",
    "INSERT INTO document_pages VALUES ('d', 0, 'p')",
)


def test_a_catalog_of_the_first_schema_is_brought_up_to_date_with_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(catalog_sqlite, "upgrade", lambda catalog: schema.upgrade(catalog, "0001"))
        old = locate.catalog("sqlite:", tmp_path)
    with old.write() as connection:
        assert not sa.inspect(connection).has_table("verdicts")
        for row in OLD_ROWS:
            connection.execute(sa.text(row))
    old.close()
    new = locate.catalog("sqlite:", tmp_path)
    with new.read() as connection:
        assert schema.revision(connection) == schema.LATEST
        assert sa.inspect(connection).has_table("verdicts")
        assert batches.get(connection, "b").name == "Lô cũ"
        assert [page.id for page in pages.of_document(connection, "d")] == ["p"]
        assert connection.scalar(sa.text("PRAGMA foreign_keys")) == 1
    new.close()


def test_a_failed_migration_leaves_the_catalog_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(catalog_sqlite, "upgrade", lambda catalog: schema.upgrade(catalog, "0001"))
        old = locate.catalog("sqlite:", tmp_path)
    with old.write() as connection:
        connection.execute(sa.text("CREATE TABLE verdicts (in_the_way TEXT)"))
    old.close()
    with pytest.raises(sa.exc.OperationalError):
        locate.catalog("sqlite:", tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(catalog_sqlite, "upgrade", lambda catalog: None)
        reopened = locate.catalog("sqlite:", tmp_path)
    with reopened.read() as connection:
        assert schema.revision(connection) == "0001"
    reopened.close()


def test_a_catalog_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    catalog = locate.catalog("sqlite:", tmp_path)
    with catalog.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    catalog.close()
    with pytest.raises(SchemaTooNew) as caught:
        locate.catalog("sqlite:", tmp_path)
    assert caught.value.facts == {"found": "9999", "known": schema.LATEST}


def test_settings_that_durability_rests_on(catalog: Catalog) -> None:
    with catalog.read() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_failing_transaction_keeps_nothing(catalog: Catalog) -> None:
    with pytest.raises(ZeroDivisionError), catalog.write() as connection:
        batches.create(connection, "Lô", "A", NOW)
        raise ZeroDivisionError
    with catalog.read() as connection:
        assert batches.find(connection) == ()


def test_what_is_written_while_reading_is_dropped(catalog: Catalog) -> None:
    with catalog.read() as connection:
        batches.create(connection, "Lô", "A", NOW)
    with catalog.read() as connection:
        assert batches.find(connection) == ()


def test_two_writers_wait_for_each_other(catalog: Catalog) -> None:
    def write(number: int) -> None:
        for _ in range(5):
            with catalog.write() as connection:
                seen = len(batches.find(connection))
                batches.create(connection, f"Lô {number} {seen}", "A", NOW)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with catalog.read() as connection:
        counts = sorted(int(batch.name.split()[-1]) for batch in batches.find(connection))
    assert counts == list(range(20))  # each saw all before it: nobody read what another was about to change


def test_a_reader_sees_one_state_while_others_write(catalog: Catalog) -> None:
    with catalog.read() as reader:
        assert batches.find(reader) == ()
        with catalog.write() as writer:
            batches.create(writer, "Lô", "A", NOW)
        assert batches.find(reader) == ()


def test_a_full_disk_keeps_nothing_and_says_so(catalog: Catalog) -> None:
    with catalog.write() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar()
    with pytest.raises(DiskFull), catalog.write() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {int(used or 0) + 2}")
        for _ in range(2000):
            batches.create(connection, "Lô " * 50, "A", NOW)
    catalog.close()
    with catalog.read() as connection:
        assert batches.find(connection) == ()


def test_errors_never_show_what_was_written(catalog: Catalog) -> None:
    with catalog.write() as connection:
        batch = batches.create(connection, "Lô", "A", NOW)
    with pytest.raises(sa.exc.IntegrityError) as caught, catalog.write() as connection:
        values = {
            "id": batch.id,
            "name": "Nguyễn Văn Bí Mật",
            "opened_at": NOW,
            "operator": "A",
            "version": 1,
        }
        connection.execute(sa.insert(tables.batches).values(values))
    assert "Bí Mật" not in str(caught.value)


def test_a_time_without_zone_is_refused(catalog: Catalog) -> None:
    with pytest.raises(sa.exc.StatementError, match="without its zone"), catalog.write() as connection:
        batches.create(connection, "Lô", "A", NOW.replace(tzinfo=None))
