"""The journal: who did what when. Each entry carries the hash of the one before: no past can be rewritten.

An entry is appended in the same transaction as the change it tells of. Details hold ids, digests and codes,
never a document's content or a citizen's data.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

import sqlalchemy as sa

from storage.catalog import tables
from storage.errors import JournalBroken
from storage.files.canonical import canonical
from storage.model import JournalEntry

START = "0" * 64
"""`previous` of the first entry."""

_JOURNAL = tables.journal
_HEAD = tables.journal_head
_CODE = re.compile(r"[ -~]{0,200}", re.ASCII)


def append(
    connection: sa.Connection,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    details: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Add an entry. `action` is a code, `subject` the id or code of what it was done to.

    ValueError when details hold anything but ASCII codes, whole numbers and lists of them: names and
    contents of papers are not ASCII in Vietnamese, so they are stopped here.
    """
    facts = dict(details or {})
    _require_codes([action, subject, facts])
    number, previous = _lock_head(connection)
    entry = {
        "number": number + 1,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": facts,
        "previous": previous,
    }
    digest = _hash(entry)
    connection.execute(
        sa.insert(_JOURNAL).values({**entry, "details": canonical(facts).decode(), "hash": digest})
    )
    connection.execute(sa.update(_HEAD).values(number=number + 1, hash=digest))
    return _entry({**entry, "hash": digest})


def head(connection: sa.Connection) -> tuple[int, str]:
    """Number and hash of the newest entry; noted elsewhere, it proves that nothing before was changed."""
    row = connection.execute(sa.select(_HEAD.c.number, _HEAD.c.hash)).first()
    return (0, START) if row is None else (row[0], row[1])


def entries(connection: sa.Connection, subject: str | None = None, after: int = 0) -> Iterator[JournalEntry]:
    """Entries in order, all or those of one subject."""
    for raw in _rows(connection, subject, after):
        yield _entry(raw)


def verify(connection: sa.Connection) -> int:
    """Walk the chain and return how many entries it has. Raises JournalBroken with the first bad number."""
    expected, previous = 1, START
    for raw in _rows(connection):
        stored = raw.pop("hash")
        if raw["previous"] != previous or _hash(raw) != stored:
            raise JournalBroken(number=expected)
        expected, previous = expected + 1, stored
    if head(connection) != (expected - 1, previous):
        raise JournalBroken(number=expected)  # the newest entries were cut off
    return expected - 1


def export(connection: sa.Connection, out: BinaryIO) -> int:
    """Write the journal as JSON lines that anybody can check: `hash` is SHA-256 of the line without it.

    Returns how many lines were written.
    """
    count = 0
    for raw in _rows(connection):
        out.write(canonical(raw) + b"\n")
        count += 1
    return count


def _lock_head(connection: sa.Connection) -> tuple[int, str]:
    row = connection.execute(sa.select(_HEAD.c.number, _HEAD.c.hash).with_for_update()).first()
    if row is not None:
        return row[0], row[1]
    connection.execute(sa.insert(_HEAD).values(id=1, number=0, hash=START))
    return 0, START


def _rows(connection: sa.Connection, subject: str | None = None, after: int = 0) -> Iterator[dict[str, Any]]:
    statement = sa.select(_JOURNAL).where(_JOURNAL.c.number > after).order_by(_JOURNAL.c.number)
    if subject is not None:
        statement = statement.where(_JOURNAL.c.subject == subject)
    for row in connection.execute(statement, execution_options={"yield_per": 500}).mappings():
        raw = dict(row)
        try:
            raw["details"] = json.loads(raw["details"])
        except ValueError:
            raise JournalBroken(number=raw["number"]) from None
        yield raw


def _hash(entry: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(entry)).hexdigest()


def _entry(raw: Mapping[str, Any]) -> JournalEntry:
    return JournalEntry(**{**raw, "at": datetime.fromisoformat(raw["at"])})


def _require_codes(value: object) -> None:
    if isinstance(value, str):
        if _CODE.fullmatch(value) is None:
            raise ValueError("the journal takes ids, digests and codes only")
    elif isinstance(value, Mapping):
        _require_codes([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple):
        for item in value:
            _require_codes(item)
    elif value is not None and not isinstance(value, int):
        raise ValueError("the journal takes ids, digests and codes only")
