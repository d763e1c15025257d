"""The journal: whatever is done to it afterwards shows."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.catalog import batches, journal, tables
from storage.catalog.database import Catalog
from storage.errors import JournalBroken
from storage.files.canonical import canonical
from tests.unit.storage.conftest import NOW

CODES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
DETAILS = st.dictionaries(
    CODES, st.one_of(CODES, st.integers(), st.none(), st.lists(CODES, max_size=3)), max_size=3
)
CHAIN = st.lists(st.tuples(st.text(max_size=20), CODES, CODES, DETAILS), min_size=1, max_size=8)
_SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class _Undo(Exception):
    """Ends a transaction without keeping it."""


def fill(connection: sa.Connection, count: int) -> None:
    for number in range(count):
        at = NOW + timedelta(seconds=number)
        journal.append(
            connection, at, "Trần Thị Mẫu", "imported", f"id-{number}", {"digest": "a" * 64, "pages": number}
        )


@_SLOW
@given(chain=CHAIN)
def test_any_chain_verifies_and_reads_back(
    catalog: Catalog, chain: list[tuple[str, str, str, dict[str, Any]]]
) -> None:
    with pytest.raises(_Undo), catalog.write() as connection:
        made = [journal.append(connection, NOW, *entry) for entry in chain]
        assert journal.verify(connection) == len(chain)
        assert list(journal.entries(connection)) == made
        assert journal.head(connection) == (len(chain), made[-1].hash)
        raise _Undo


@_SLOW
@given(data=st.data(), count=st.integers(2, 7))
def test_any_changed_value_is_found_at_its_entry(catalog: Catalog, data: st.DataObject, count: int) -> None:
    number = data.draw(st.integers(1, count))
    column = data.draw(st.sampled_from(("at", "actor", "action", "subject", "details", "previous", "hash")))
    with pytest.raises(_Undo), catalog.write() as connection:
        fill(connection, count)
        row = sa.select(tables.journal.c[column]).where(tables.journal.c.number == number)
        value = str(connection.scalar(row))
        at = data.draw(st.integers(0, len(value) - 1))
        changed = (
            value[:at]
            + data.draw(st.sampled_from("0fZ{ ").filter(lambda c: c != value[at]))
            + value[at + 1 :]
        )
        statement = sa.update(tables.journal).where(tables.journal.c.number == number)
        connection.execute(statement.values({column: changed}))
        if column == "details" and _same_json(value, changed):
            raise _Undo  # a blank between two words of JSON says the same
        with pytest.raises(JournalBroken) as caught:
            journal.verify(connection)
        assert caught.value.facts["number"] == number
        raise _Undo


def _same_json(one: str, other: str) -> bool:
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False


def _delete_middle(connection: sa.Connection) -> None:
    connection.execute(sa.delete(tables.journal).where(tables.journal.c.number == 3))


def _delete_tail(connection: sa.Connection) -> None:
    connection.execute(sa.delete(tables.journal).where(tables.journal.c.number == 5))


def _delete_all(connection: sa.Connection) -> None:
    connection.execute(sa.delete(tables.journal))


def _delete_and_close_the_gap(connection: sa.Connection) -> None:
    _delete_middle(connection)
    connection.execute(
        sa.update(tables.journal)
        .where(tables.journal.c.number > 3)
        .values(number=tables.journal.c.number - 1)
    )


def _swap(connection: sa.Connection) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        connection.execute(sa.update(tables.journal).where(tables.journal.c.number == old).values(number=new))


def _insert(connection: sa.Connection) -> None:
    row = connection.execute(sa.select(tables.journal).where(tables.journal.c.number == 5)).mappings().one()
    connection.execute(sa.insert(tables.journal).values({**row, "number": 6, "hash": "f" * 64}))


def _forge(connection: sa.Connection) -> None:
    row = connection.execute(sa.select(tables.journal).where(tables.journal.c.number == 3)).mappings().one()
    entry = {**row, "actor": "Kẻ Khác", "details": json.loads(row["details"])}
    del entry["hash"]
    forged = hashlib.sha256(canonical(entry)).hexdigest()
    statement = sa.update(tables.journal).where(tables.journal.c.number == 3)
    connection.execute(statement.values(actor="Kẻ Khác", hash=forged))


def _forget_head(connection: sa.Connection) -> None:
    connection.execute(sa.delete(tables.journal_head))


@pytest.mark.parametrize(
    ("harm", "number"),
    [
        (_delete_middle, 3),
        (_delete_tail, 5),
        (_delete_all, 1),
        (_delete_and_close_the_gap, 3),
        (_swap, 3),
        (_insert, 6),
        (_forge, 4),  # its own hash was made to fit, but not the next entry's
        (_forget_head, 6),
    ],
)
def test_what_was_taken_out_put_in_or_moved_is_found(
    catalog: Catalog, harm: Callable[[sa.Connection], None], number: int
) -> None:
    with catalog.write() as connection:
        fill(connection, 5)
        harm(connection)
        with pytest.raises(JournalBroken) as caught:
            journal.verify(connection)
    assert caught.value.facts["number"] == number


def test_an_entry_lives_and_dies_with_the_change_it_tells_of(catalog: Catalog) -> None:
    with pytest.raises(_Undo), catalog.write() as connection:
        batches.create(connection, "Lô", "A", NOW)
        journal.append(connection, NOW, "A", "batch_opened", "1")
        raise _Undo
    with catalog.read() as connection:
        assert journal.verify(connection) == 0
        assert journal.head(connection) == (0, journal.START)


@pytest.mark.parametrize(
    "details",
    [
        {"name": "Nguyễn Văn Mẫu"},
        {"ngày": 1},
        {"text": "x" * 201},
        {"a": ["b", {"c": "đ"}]},
        {"a": 1.5},
        {"a": b"x"},
    ],
)
def test_contents_and_names_are_refused(catalog: Catalog, details: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="codes only"), catalog.write() as connection:
        journal.append(connection, NOW, "A", "imported", "1", details)


def test_entries_of_one_subject(catalog: Catalog) -> None:
    with catalog.write() as connection:
        fill(connection, 5)
        assert [entry.number for entry in journal.entries(connection, subject="id-2")] == [3]
        assert [entry.number for entry in journal.entries(connection, after=3)] == [4, 5]


def test_the_export_can_be_checked_without_this_program(catalog: Catalog) -> None:
    out = io.BytesIO()
    with catalog.write() as connection:
        fill(connection, 4)
        assert journal.export(connection, out) == 4
    previous = "0" * 64
    for line in out.getvalue().splitlines():
        entry = json.loads(line)
        found = entry.pop("hash")
        assert entry["previous"] == previous
        plain = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(plain.encode()).hexdigest() == found
        previous = found
