"""Put papers into dossiers, as the components that their procedures ask for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.services import Services, now
from storage.catalog import documents, dossiers, journal
from storage.dossier import checklist, procedures
from storage.model import Document, Dossier, Procedure


@dataclass(frozen=True, slots=True)
class Attach:
    """Put a document into a dossier; without a component the most likely one is chosen."""

    document_id: str
    dossier_code: str
    component_code: str | None = None


def attach(services: Services, command: Attach, context: Context) -> Outcome[Document]:
    """Raises NotFound, and Conflict when the dossier is closed."""
    with services.catalog.write() as connection:
        document = documents.get(connection, command.document_id)
        placed = place(services, connection, document, command.dossier_code, command.component_code)
    return Outcome(placed, _changes(placed, document))


def place(
    services: Services,
    connection: Connection,
    document: Document,
    dossier_code: str,
    component_code: str | None = None,
) -> Document:
    """Attach within a transaction that is already open; an unknown component is as none."""
    dossier = dossiers.by_code(connection, dossier_code)
    procedure = procedure_of(dossier)
    if component_code not in {component.code for component in procedure.components}:
        others = documents.find(connection, dossier_id=dossier.id)
        filled = {other.component_code for other in others if other.component_code}
        component_code = checklist.propose(procedure, document.kind_code, dossier.cases, filled)
    placed = documents.attach(connection, document, dossier.id, component_code)
    details = {"dossier": dossier.code, "component": component_code}
    journal.append(connection, now(), services.actor, "document_attached", document.id, details)
    return placed


def procedure_of(dossier: Dossier) -> Procedure:
    """The edition of the procedure that was in force when the dossier was received."""
    return procedures.find(dossier.procedure_code, dossier.received_at.date())


def _changes(*touched: Document) -> Changes:
    return Changes(
        documents=frozenset(document.id for document in touched),
        dossiers=frozenset(document.dossier_id for document in touched if document.dossier_id),
    )
