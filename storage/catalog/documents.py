"""Rows of documents with their pages and fields: written whole, and only over the version that was read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from storage.catalog import rows, tables
from storage.errors import Conflict
from storage.model import Document, DocumentState, DossierState, Field

_DOCUMENTS = tables.documents
_FIELDS = tables.document_fields
_LINKS = tables.document_pages


def add(connection: sa.Connection, document: Document) -> Document:
    """Keep a new document. Exactly the same pages give the document that has them already.

    Raises Conflict when one of its pages belongs to another document, or its dossier is closed.
    """
    found = owners(connection, document.page_ids)
    if len(found) == 1 and found[0].page_ids == document.page_ids:
        return found[0]
    if found:
        raise Conflict(what="pages", id=document.id, owners=[owner.id for owner in found])
    require_open(connection, document.dossier_id)
    connection.execute(
        sa.insert(_DOCUMENTS).values(id=document.id, version=document.version, **_values(document))
    )
    _write_parts(connection, document)
    return document


def get(connection: sa.Connection, id: str) -> Document:
    """Raises NotFound."""
    rows.one(connection, _DOCUMENTS, "id", id)
    return _load(connection, _DOCUMENTS.c.id == id)[0]


def find(
    connection: sa.Connection,
    *,
    batch_id: str | None = None,
    dossier_id: str | None = None,
    state: DocumentState | None = None,
    loose: bool = False,
) -> tuple[Document, ...]:
    """Documents that fit everything asked, in the order they were made; `loose`: those in no dossier yet."""
    wanted: list[sa.ColumnElement[bool]] = [sa.true()]
    if batch_id is not None:
        wanted.append(_DOCUMENTS.c.batch_id == batch_id)
    if dossier_id is not None:
        wanted.append(_DOCUMENTS.c.dossier_id == dossier_id)
    if state is not None:
        wanted.append(_DOCUMENTS.c.state == state.value)
    if loose:
        wanted.append(_DOCUMENTS.c.dossier_id.is_(None))
    return _load(connection, sa.and_(*wanted))


def with_values(
    connection: sa.Connection, names: Collection[str], values: Collection[str]
) -> tuple[Document, ...]:
    """Documents that have one of these values in one of these fields."""
    held = sa.select(_FIELDS.c.document_id).where(_FIELDS.c.name.in_(names), _FIELDS.c.value.in_(values))
    return _load(connection, _DOCUMENTS.c.id.in_(held))


def save(connection: sa.Connection, document: Document) -> Document:
    """Write a changed document and give it with its new version; an unchanged one stays. Raises Conflict."""
    before = get(connection, document.id)
    if document == before:
        return document
    if document.dossier_id != before.dossier_id:
        require_open(connection, before.dossier_id)
        require_open(connection, document.dossier_id)
    version = rows.update(connection, _DOCUMENTS, document.id, document.version, _values(document))
    others = [owner.id for owner in owners(connection, document.page_ids) if owner.id != document.id]
    if others:
        raise Conflict(what="pages", id=document.id, owners=others)
    _delete_parts(connection, document.id)
    _write_parts(connection, document)
    return replace(document, version=version)


def attach(
    connection: sa.Connection, document: Document, dossier_id: str | None, component_code: str | None = None
) -> Document:
    """Put a document into a dossier as a component (None: a surplus paper); dossier None takes it out.

    Raises Conflict when the dossier is closed or the document was changed meanwhile.
    """
    return save(connection, replace(document, dossier_id=dossier_id, component_code=component_code))


def remove(connection: sa.Connection, document: Document) -> None:
    """Forget a document that was cut wrongly; its pages stay. Raises Conflict once a PDF was made of it."""
    current = get(connection, document.id)
    if current.version != document.version or current.pdf_digest is not None:
        raise Conflict(what=_DOCUMENTS.name, id=document.id, version=document.version, found=current.version)
    connection.execute(sa.delete(_DOCUMENTS).where(_DOCUMENTS.c.id == document.id))


def _values(document: Document) -> dict[str, Any]:
    return {
        "batch_id": document.batch_id,
        "kind_code": document.kind_code,
        "kind_name": document.kind_name,
        "kind_confidence": document.kind_confidence,
        "state": document.state.value,
        "name": document.name,
        "pdf_digest": document.pdf_digest,
        "dossier_id": document.dossier_id,
        "component_code": document.component_code,
    }


def _write_parts(connection: sa.Connection, document: Document) -> None:
    links = [
        {"document_id": document.id, "position": position, "page_id": page_id}
        for position, page_id in enumerate(document.page_ids)
    ]
    facts = [
        {
            "document_id": document.id,
            "position": position,
            "name": field.name,
            "value": field.value,
            "confidence": field.confidence,
            "page": field.page,
            "box": field.box,
            "source": field.source,
        }
        for position, field in enumerate(document.fields)
    ]
    if links:
        connection.execute(sa.insert(_LINKS), links)
    if facts:
        connection.execute(sa.insert(_FIELDS), facts)


def _delete_parts(connection: sa.Connection, id: str) -> None:
    for table in (_LINKS, _FIELDS):
        connection.execute(sa.delete(table).where(table.c.document_id == id))


def owners(connection: sa.Connection, page_ids: Collection[str]) -> tuple[Document, ...]:
    """Documents that hold any of these pages."""
    held = sa.select(_LINKS.c.document_id).where(_LINKS.c.page_id.in_(page_ids))
    return _load(connection, _DOCUMENTS.c.id.in_(held))


def require_open(connection: sa.Connection, dossier_id: str | None) -> None:
    """Raises Conflict for a closed dossier: what was closed is frozen (NĐ 30/2020 Phụ lục VI)."""
    if dossier_id is None:
        return
    dossier = rows.one(connection, tables.dossiers, "id", dossier_id)
    if dossier["state"] != DossierState.OPEN.value:
        raise Conflict(what="dossiers", id=dossier_id, state=dossier["state"])


def _load(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> tuple[Document, ...]:
    chosen = sa.select(_DOCUMENTS.c.id).where(wanted)
    pages: dict[str, list[str]] = {}
    for row in connection.execute(
        sa.select(_LINKS).where(_LINKS.c.document_id.in_(chosen)).order_by(_LINKS.c.position)
    ).mappings():
        pages.setdefault(row["document_id"], []).append(row["page_id"])
    fields: dict[str, list[Field]] = {}
    for row in connection.execute(
        sa.select(_FIELDS).where(_FIELDS.c.document_id.in_(chosen)).order_by(_FIELDS.c.position)
    ).mappings():
        fields.setdefault(row["document_id"], []).append(_field(row))
    found = connection.execute(sa.select(_DOCUMENTS).where(wanted).order_by(_DOCUMENTS.c.id)).mappings()
    return tuple(_document(row, pages.get(row["id"], []), fields.get(row["id"], [])) for row in found)


def _document(row: sa.RowMapping, page_ids: Sequence[str], fields: Sequence[Field]) -> Document:
    values = dict(row)
    state = DocumentState(values.pop("state"))
    return Document(**values, state=state, page_ids=tuple(page_ids), fields=tuple(fields))


def _field(row: sa.RowMapping) -> Field:
    box = row["box"]
    return Field(
        name=row["name"],
        value=row["value"],
        confidence=row["confidence"],
        page=row["page"],
        box=None if box is None else tuple(box),
        source=row["source"],
    )
