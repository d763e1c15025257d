"""Rows of pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace

import sqlalchemy as sa

from storage.catalog import rows, tables
from storage.catalog.ids import new_id
from storage.model import Page, SourceFile

_PAGES = tables.pages


def add(connection: sa.Connection, file: SourceFile) -> tuple[Page, ...]:
    """Make the rows of all pages of a source file; pages that are there already stay as they are."""
    have = {page.number for page in of_file(connection, file.digest)}
    first = _next_position(connection, file.batch_id)
    missing = [number for number in range(1, file.page_count + 1) if number not in have]
    new = [
        Page(new_id(), file.batch_id, file.digest, number, position)
        for position, number in enumerate(missing, start=first)
    ]
    if new:
        connection.execute(sa.insert(_PAGES), [asdict(page) for page in new])
    return of_file(connection, file.digest)


def deliver(
    connection: sa.Connection, batch_id: str, digest: str, arrival: str, problem: str | None = None
) -> Page:
    """Make the row of a page that a scan delivered as a file of its own, at the end of the batch.

    Once for every `arrival`: delivered again, the row is given back as it is.
    """
    known = _select(connection, sa.select(_PAGES).where(_PAGES.c.arrival == arrival))
    if known:
        return known[0]
    position = _next_position(connection, batch_id)
    page = Page(new_id(), batch_id, digest, 1, position, problem=problem, arrival=arrival)
    connection.execute(sa.insert(_PAGES).values(asdict(page)))
    return page


def delivered(connection: sa.Connection, scan_id: str) -> tuple[Page, ...]:
    """Pages of one scan that were kept, in the order they came."""
    wanted = _PAGES.c.arrival.startswith(f"{scan_id}/", autoescape=True)
    return _select(connection, sa.select(_PAGES).where(wanted).order_by(_PAGES.c.arrival))


def unread(connection: sa.Connection) -> dict[str, int]:
    """Batches with pages that nobody tried to read yet, and how many."""
    waiting = sa.and_(
        _PAGES.c.reading_digest.is_(None), _PAGES.c.problem.is_(None), _PAGES.c.removed == sa.false()
    )
    found = sa.select(_PAGES.c.batch_id, sa.func.count()).where(waiting).group_by(_PAGES.c.batch_id)
    return {batch_id: count for batch_id, count in connection.execute(found)}  # noqa: C416 - rows, not pairs


def double(connection: sa.Connection, page: Page) -> Page:
    """A second page over the same picture, taken out until an edit puts it in; for two pages side by side."""
    other = replace(page, id=new_id(), removed=True, reading_digest=None, arrival=None, version=1)
    connection.execute(sa.insert(_PAGES).values(asdict(other)))
    return other


def get(connection: sa.Connection, id: str) -> Page:
    """Raises NotFound."""
    return Page(**rows.one(connection, _PAGES, "id", id))


def of_file(connection: sa.Connection, digest: str) -> tuple[Page, ...]:
    """Pages of a source file by number."""
    return _select(
        connection, sa.select(_PAGES).where(_PAGES.c.file_digest == digest).order_by(_PAGES.c.number)
    )


def of_batch(connection: sa.Connection, batch_id: str, removed: bool = False) -> tuple[Page, ...]:
    """Pages of a batch in their order: those that are in it, or those that were taken out."""
    wanted = sa.and_(_PAGES.c.batch_id == batch_id, _PAGES.c.removed == removed)
    return _select(connection, sa.select(_PAGES).where(wanted).order_by(_PAGES.c.position, _PAGES.c.id))


def places(connection: sa.Connection, batch_id: str) -> dict[str, int]:
    """Numbers from 1 of the pages of a batch, as a person counts them; one taken out has that of the next."""
    statement = sa.select(_PAGES.c.id, _PAGES.c.removed).where(_PAGES.c.batch_id == batch_id)
    found: dict[str, int] = {}
    number = 1
    for id, removed in connection.execute(statement.order_by(_PAGES.c.position, _PAGES.c.id)):
        found[id] = number
        number += not removed
    return found


def of_document(connection: sa.Connection, document_id: str) -> tuple[Page, ...]:
    """Pages of a document in their order."""
    links = tables.document_pages
    statement = sa.select(_PAGES).join(links, links.c.page_id == _PAGES.c.id)
    return _select(connection, statement.where(links.c.document_id == document_id).order_by(links.c.position))


def save(connection: sa.Connection, page: Page) -> Page:
    """Write a changed page and return it with its new version; an unchanged one stays. Raises Conflict."""
    if page == get(connection, page.id):
        return page
    return replace(page, version=rows.update(connection, _PAGES, page.id, page.version, _values(page)))


def _next_position(connection: sa.Connection, batch_id: str) -> int:
    highest = connection.scalar(
        sa.select(sa.func.max(_PAGES.c.position)).where(_PAGES.c.batch_id == batch_id)
    )
    return 0 if highest is None else int(highest) + 1


def _values(page: Page) -> dict[str, object]:
    values = asdict(page)
    for fixed in ("id", "version", "batch_id", "file_digest", "number", "arrival"):
        del values[fixed]
    return values


def _select(connection: sa.Connection, statement: sa.Select[tuple[object, ...]]) -> tuple[Page, ...]:
    found: Iterable[sa.RowMapping] = connection.execute(statement).mappings()
    return tuple(Page(**row) for row in found)
