"""The steps of a document's file: the PDF/A, then the same with each signature. Rows never change."""

from __future__ import annotations

from dataclasses import asdict, replace

import sqlalchemy as sa

from storage.catalog import documents, tables
from storage.errors import AlreadySigned, Conflict
from storage.model import Document, DocumentState, DocumentVersion

PDFA = "pdfa"
"""Step in which a paper became a PDF/A."""
ORIGINAL = "original"
"""Step of a file that came in born digital or signed: its bytes are kept as they are."""

_VERSIONS = tables.document_versions


def add(
    connection: sa.Connection,
    document: Document,
    version: DocumentVersion,
    state: DocumentState | None = None,
) -> Document:
    """Make `version` the newest file of the document, and move it to `state`.

    A step happens once: when it was done before, the document is given back as it is and nothing is written.
    Raises Conflict when the document was changed since it was read, so no signature is ever dropped.
    """
    if step(connection, document.id, version.step) is not None:
        return documents.get(connection, document.id)
    if version.document_id != document.id:
        raise Conflict(what="document_versions", id=document.id, found=version.document_id)
    saved = documents.save(
        connection, replace(document, pdf_digest=version.digest, state=state or document.state)
    )
    connection.execute(sa.insert(_VERSIONS).values(**asdict(version)))
    return saved


def step(connection: sa.Connection, document_id: str, name: str) -> DocumentVersion | None:
    """The version that a step made; None when it was not done."""
    statement = sa.select(_VERSIONS).where(_VERSIONS.c.document_id == document_id, _VERSIONS.c.step == name)
    row = connection.execute(statement).mappings().first()
    return None if row is None else DocumentVersion(**row)


def of_document(connection: sa.Connection, document_id: str) -> tuple[DocumentVersion, ...]:
    """Steps of a document in the order they were made."""
    statement = (
        sa.select(_VERSIONS).where(_VERSIONS.c.document_id == document_id).order_by(_VERSIONS.c.made_at)
    )
    return tuple(DocumentVersion(**row) for row in connection.execute(statement).mappings())


def require_unsigned(connection: sa.Connection, document: Document) -> None:
    """Raises AlreadySigned: signed bytes are never rewritten."""
    if len(of_document(connection, document.id)) > 1:
        raise AlreadySigned(name=document.kind_name or document.name)


def withdraw(connection: sa.Connection, document: Document) -> Document:
    """Take back the first file of a document, to be made anew; a document without one is left alone.

    Raises AlreadySigned.
    """
    require_unsigned(connection, document)
    connection.execute(sa.delete(_VERSIONS).where(_VERSIONS.c.document_id == document.id))
    return documents.save(connection, replace(document, pdf_digest=None))
