"""Take documents to the next desk: submitted, approved, issued, sent back with a reason."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.services import Services, now
from desktop.workflow.sign.authority import HOLDER_OF, MOVE_OF, waits_for
from signing.model import SigningRole
from storage.catalog import documents, dossiers, handover
from storage.catalog.handover_model import TURNS, Handover, Holder, Move
from storage.model import Document


@dataclass(frozen=True, slots=True)
class HandOver:
    """Move these documents; a return needs its reason."""

    document_ids: tuple[str, ...]
    move: Move
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """A document that came back to the clerk."""

    document_id: str
    name: str
    kind_name: str
    dossier_code: str | None
    pages: int
    version: int
    step: Handover


def hand_over(services: Services, command: HandOver, context: Context) -> Outcome[tuple[Handover, ...]]:
    """All of them or none. Raises MoveRefused, Conflict, NotFound."""
    with services.catalog.write() as connection:
        steps = tuple(
            handover.move(
                connection,
                document_id,
                command.move,
                services.actor,
                now(),
                command.reason,
                start=_desk_of(connection, documents.get(connection, document_id)),
            )
            for document_id in command.document_ids
        )
    return Outcome(steps, Changes(documents=frozenset(command.document_ids)))


def submit(services: Services, document_ids: tuple[str, ...], context: Context) -> Outcome[None]:
    """Give documents on to whoever signs next: the official, or the registry for what needs no approval."""
    with services.catalog.write() as connection:
        for document_id in document_ids:
            desk = _desk_of(connection, documents.get(connection, document_id))
            how = Move.FORWARD if desk is Holder.REGISTRY else Move.SUBMIT
            handover.move(connection, document_id, how, services.actor, now())
    return Outcome(None, Changes(documents=frozenset(document_ids)))


def signed(connection: sa.Connection, document: Document, role: SigningRole, actor: str) -> None:
    """A signature takes the document to the next desk, in the same transaction."""
    how = MOVE_OF.get(role)
    last = handover.current(connection, document.id)
    holder = last.holder if last else HOLDER_OF[role]
    if how is not None and (holder, how) in TURNS:
        handover.move(connection, document.id, how, actor, now(), start=HOLDER_OF[role])


def returned(services: Services) -> tuple[Returned, ...]:
    """What was sent back and waits at the clerk's desk, newest first."""
    with services.catalog.read() as connection:
        codes = {dossier.id: dossier.code for dossier in dossiers.find(connection)}
        back = [step for step in handover.newest(connection).values() if step.move is Move.RETURN]
        found = [
            Returned(
                row.id,
                row.name,
                row.kind_name,
                codes.get(row.dossier_id or ""),
                max(1, len(row.page_ids)),
                row.version,
                step,
            )
            for step in back
            for row in [documents.get(connection, step.document_id)]
        ]
    return tuple(sorted(found, key=lambda entry: entry.step.at, reverse=True))


def history(services: Services, document_id: str) -> tuple[Handover, ...]:
    """The way of one document so far."""
    with services.catalog.read() as connection:
        return handover.history(connection, document_id)


def _desk_of(connection: sa.Connection, document: Document) -> Holder:
    """Where a document is that nobody handed over yet: at the desk of the signature it waits for."""
    waits = waits_for(connection, document)
    return HOLDER_OF[waits] if waits else Holder.CLERK
