"""What people did to the pages and papers of a batch, kept so that it can be undone and done again.

An edit keeps the other state of every row it touched: what was before while it stands, what was after once
it is undone. Undo and redo swap the two, so each is the exact inverse of the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.catalog import documents, pages, tables, versions
from storage.errors import Conflict, NotFound, StillAttached
from storage.model import Document, DocumentState, Edit, Field, Page

_EDITS = tables.edits
_OF_PAGE = ("position", "removed", "recipe", "reading_digest", "blank", "problem")
_DERIVED = ("pdf_digest", "version")
"""What a document has of its own making: never restored, made anew."""
_ELSEWHERE = ("pdf_digest", "version", "dossier_id", "component_code")
"""What other steps decide about a document that stands: an edit leaves it as it is now."""


@dataclass(frozen=True, slots=True)
class _State:
    """Pages and documents by id; None where there is no such document."""

    pages: Mapping[str, Page]
    documents: Mapping[str, Document | None]


def record(
    connection: sa.Connection,
    batch_id: str,
    action: str,
    at: datetime,
    actor: str,
    *,
    changed: Sequence[Page] = (),
    papers: Sequence[Document] = (),
    dropped: Sequence[Document] = (),
) -> Edit:
    """Write changed pages, changed or new papers, and drop papers, as one edit; what was undone is gone then.

    Raises Conflict when a row was changed since it was read, a paper is signed or its dossier closed.
    """
    _require_current(connection, changed, [*papers, *dropped])
    wanted = _State(
        {page.id: page for page in changed},
        {**{paper.id: paper for paper in papers}, **{paper.id: None for paper in dropped}},
    )
    before = _swap(connection, wanted)
    connection.execute(sa.delete(_EDITS).where(_EDITS.c.batch_id == batch_id, _EDITS.c.undone))
    last = connection.scalar(sa.select(sa.func.max(_EDITS.c.number)).where(_EDITS.c.batch_id == batch_id))
    edit = Edit(batch_id, (last or 0) + 1, action, at, actor)
    connection.execute(sa.insert(_EDITS).values(**asdict(edit), other_state=_to_json(before)))
    return edit


def undo(connection: sa.Connection, batch_id: str) -> Edit:
    """Take back the newest edit that stands. Raises NotFound when there is none, StillAttached when a paper
    that it made is in a dossier since, else as `record`."""
    return _turn_over(connection, batch_id, undone=False)


def redo(connection: sa.Connection, batch_id: str) -> Edit:
    """Do the oldest undone edit again. Raises NotFound when there is none, else as `record`."""
    return _turn_over(connection, batch_id, undone=True)


def history(connection: sa.Connection, batch_id: str) -> tuple[Edit, ...]:
    """Every edit of a batch, oldest first."""
    columns = [column for column in _EDITS.c if column.name != "other_state"]
    statement = sa.select(*columns).where(_EDITS.c.batch_id == batch_id).order_by(_EDITS.c.number)
    return tuple(Edit(**row) for row in connection.execute(statement).mappings())


def _turn_over(connection: sa.Connection, batch_id: str, undone: bool) -> Edit:
    order = _EDITS.c.number.asc() if undone else _EDITS.c.number.desc()
    wanted = sa.and_(_EDITS.c.batch_id == batch_id, _EDITS.c.undone == undone)
    row = connection.execute(sa.select(_EDITS).where(wanted).order_by(order).limit(1)).mappings().first()
    if row is None:
        raise NotFound(what=_EDITS.name, id=batch_id)
    state = _from_json(connection, row["other_state"])
    for id in (id for id, paper in state.documents.items() if paper is None):
        there = _document(connection, id)
        if there is not None and there.dossier_id is not None:
            raise StillAttached(name=there.kind_name or there.name)
    other = _swap(connection, state)
    this = sa.and_(_EDITS.c.batch_id == batch_id, _EDITS.c.number == row["number"])
    connection.execute(sa.update(_EDITS).where(this).values(undone=not undone, other_state=_to_json(other)))
    done = Edit(**{name: value for name, value in row.items() if name != "other_state"})
    return replace(done, undone=not undone)


def _require_current(connection: sa.Connection, changed: Sequence[Page], papers: Sequence[Document]) -> None:
    for page in changed:
        if (found := pages.get(connection, page.id)).version != page.version:
            raise Conflict(what="pages", id=page.id, version=page.version, found=found.version)
    for paper in papers:
        now = _document(connection, paper.id)
        if now is not None and now.version != paper.version:
            raise Conflict(what="documents", id=paper.id, version=paper.version, found=now.version)


def _swap(connection: sa.Connection, wanted: _State) -> _State:
    """Bring the rows into the wanted state and return the state they were in."""
    wanted = _complete(connection, wanted)
    before = _State(
        {id: pages.get(connection, id) for id in wanted.pages},
        {id: _document(connection, id) for id in wanted.documents},
    )
    redrawn = {id for id, page in wanted.pages.items() if page.recipe != before.pages[id].recipe}
    for id, page in wanted.pages.items():
        pages.save(connection, replace(page, version=before.pages[id].version))
    for old in before.documents.values():
        if old is not None:
            _let_go(connection, old, wanted.documents[old.id], redrawn)
    for id, paper in wanted.documents.items():
        _put(connection, id, paper)
    return before


def _complete(connection: sa.Connection, wanted: _State) -> _State:
    """Name every document that the change touches: no page may be in two papers, none taken out in any."""
    papers = dict(wanted.documents)
    claimed = {id for paper in papers.values() if paper for id in paper.page_ids}
    gone = {id for id, page in wanted.pages.items() if page.removed}
    for owner in documents.owners(connection, [*claimed, *wanted.pages]):
        if owner.id not in papers:
            left = tuple(id for id in owner.page_ids if id not in claimed | gone)
            papers[owner.id] = replace(owner, page_ids=left) if left else None
    return _State(wanted.pages, papers)


def _let_go(connection: sa.Connection, old: Document, new: Document | None, redrawn: set[str]) -> None:
    """Free the pages of a document and withdraw its file where that no longer shows them."""
    documents.require_open(connection, old.dossier_id)
    if new is None or new.page_ids != old.page_ids or redrawn & set(old.page_ids):
        old = versions.withdraw(connection, old)
    if new is None:
        documents.remove(connection, old)
    elif new.page_ids != old.page_ids:
        documents.save(connection, replace(old, page_ids=()))


def _put(connection: sa.Connection, id: str, paper: Document | None) -> None:
    if paper is None:
        return
    now = _document(connection, id)
    if now is None:
        documents.add(connection, replace(paper, pdf_digest=None, version=1))
    else:
        documents.save(connection, replace(paper, **{name: getattr(now, name) for name in _ELSEWHERE}))


def _document(connection: sa.Connection, id: str) -> Document | None:
    try:
        return documents.get(connection, id)
    except NotFound:
        return None


def _to_json(state: _State) -> dict[str, Any]:
    return {
        "pages": {id: {name: getattr(page, name) for name in _OF_PAGE} for id, page in state.pages.items()},
        "documents": {id: _as_json(paper) for id, paper in state.documents.items()},
    }


def _as_json(paper: Document | None) -> dict[str, Any] | None:
    if paper is None:
        return None
    return {name: value for name, value in asdict(paper).items() if name not in _DERIVED}


def _from_json(connection: sa.Connection, made: Mapping[str, Any]) -> _State:
    return _State(
        {id: replace(pages.get(connection, id), **values) for id, values in made["pages"].items()},
        {id: _from_plain(values) for id, values in made["documents"].items()},
    )


def _from_plain(values: Mapping[str, Any] | None) -> Document | None:
    if values is None:
        return None
    fields = tuple(
        Field(**{**field, "box": tuple(field["box"]) if field["box"] else None}) for field in values["fields"]
    )
    plain = {
        **values, "fields": fields, "page_ids": tuple(values["page_ids"]),
        "state": DocumentState(values["state"]),
    }  # fmt: skip
    return Document(**plain)
