"""Rows of batches, source files and pages: nothing doubles, and a stale write is noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.catalog import batches, pages
from storage.catalog.database import Catalog
from storage.errors import Conflict, NotFound
from tests.unit.storage.conftest import NOW, scan


def test_the_same_file_is_taken_in_once(catalog: Catalog) -> None:
    first = scan(catalog)
    again = scan(catalog)
    assert again == first
    with catalog.read() as connection:
        older, newer = reversed(batches.find(connection))
        assert len(batches.files(connection, older.id)) == 1
        assert batches.files(connection, newer.id) == ()
        assert batches.file(connection, "a" * 64).batch_id == older.id


def test_files_and_pages_keep_their_order(catalog: Catalog) -> None:
    with catalog.write() as connection:
        batch = batches.create(connection, "Lô", "A", NOW)
        for number, count in enumerate((2, 1, 3)):
            file = batches.add_file(
                connection,
                batch.id,
                str(number) * 64,
                name="x",
                media_type="image/png",
                size=1,
                page_count=count,
            )
            pages.add(connection, file)
    with catalog.read() as connection:
        assert [file.position for file in batches.files(connection, batch.id)] == [0, 1, 2]
        found = pages.of_batch(connection, batch.id)
    assert [(page.file_digest[0], page.number, page.position) for page in found] == [
        ("0", 1, 0),
        ("0", 2, 1),
        ("1", 1, 2),
        ("2", 1, 3),
        ("2", 2, 4),
        ("2", 3, 5),
    ]


def test_a_saved_page_comes_back_as_it_was_saved(catalog: Catalog) -> None:
    page = scan(catalog)[1]
    changed = replace(
        page, recipe={"turn": 90}, reading_digest="b" * 64, blank=True, problem="engine_missing"
    )
    with catalog.write() as connection:
        saved = pages.save(connection, changed)
        assert pages.save(connection, saved) == saved
    assert saved == replace(changed, version=2)
    with catalog.read() as connection:
        assert pages.get(connection, page.id) == saved


def test_a_stale_page_is_refused(catalog: Catalog) -> None:
    page = scan(catalog)[0]
    with catalog.write() as connection:
        pages.save(connection, replace(page, blank=True))
    with pytest.raises(Conflict) as caught, catalog.write() as connection:
        pages.save(connection, replace(page, problem="x"))
    assert caught.value.facts["version"] == 1
    assert caught.value.facts["found"] == 2


def test_unknown_ids(catalog: Catalog) -> None:
    with catalog.read() as connection:
        for get in (batches.get, batches.file, pages.get):
            with pytest.raises(NotFound):
                get(connection, "khong-co")
