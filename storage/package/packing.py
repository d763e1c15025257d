"""Gathering from the catalog what a dossier's package is made of."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from storage.catalog import documents, versions
from storage.dossier import checklist
from storage.errors import NotFound
from storage.model import Document, Dossier, Procedure
from storage.package.model import EventType, PackageDocument, PackageEvent, PackageInput, PackageTerms
from storage.ports import Blobs

_EVENTS = {versions.PDFA: EventType.DIGITISED, versions.ORIGINAL: EventType.INGESTED}
"""Steps of a document's life that are no signature."""


def collect(
    connection: sa.Connection,
    blobs: Blobs,
    dossier: Dossier,
    procedure: Procedure,
    *,
    terms: PackageTerms,
    operator: str,
    made_at: datetime,
    program_version: str,
) -> PackageInput:
    """Everything a package of the dossier needs; papers are numbered in the order of the components.

    Raises NotFound when a document has no PDF yet, or the PDF's bytes are gone.
    """
    order = [component.code for component in procedure.components] + [checklist.RESULT]
    found = documents.find(connection, dossier_id=dossier.id)
    ranked = sorted(found, key=lambda document: _rank(order, document))
    return PackageInput(
        dossier=dossier,
        procedure_name=procedure.name,
        documents=tuple(_document(connection, blobs, document) for document in ranked),
        terms=terms,
        operator=operator,
        made_at=made_at,
        program_version=program_version,
    )


def _rank(order: list[str], document: Document) -> int:
    return order.index(document.component_code) if document.component_code in order else len(order)


def _document(connection: sa.Connection, blobs: Blobs, document: Document) -> PackageDocument:
    if document.pdf_digest is None:
        raise NotFound(what="pdf", id=document.id)
    steps = versions.of_document(connection, document.id)
    return PackageDocument(
        path=blobs.path(document.pdf_digest),
        digest=document.pdf_digest,
        kind_code=document.kind_code,
        title=_title(document),
        pages=len(document.page_ids),
        fields={field.name: field.value for field in document.fields},
        events=tuple(
            PackageEvent(_EVENTS.get(step.step, EventType.SIGNED), step.made_at, step.actor, step.step)
            for step in steps
        ),
        born_digital=any(step.step == versions.ORIGINAL for step in steps),
    )


def _title(document: Document) -> str:
    subjects = (field.value for field in document.fields if field.name == "trich_yeu" and field.value)
    return next(subjects, document.kind_name or document.name)
