"""Open and close dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.workflow.dossiers.attach import procedure_of
from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.services import Services, now
from storage.catalog import documents, dossiers, journal
from storage.dossier import checklist, procedures
from storage.dossier.checklist import Checklist
from storage.model import Dossier


@dataclass(frozen=True, slots=True)
class NewDossier:
    """A citizen hands in a case; without a code the next free one of the day is taken."""

    procedure_code: str
    title: str
    applicant: str
    cases: tuple[str, ...] = ()
    code: str | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CloseDossier:
    """The work on a dossier is done."""

    code: str


def new_dossier(services: Services, command: NewDossier, context: Context) -> Outcome[Dossier]:
    """The dossier; the one that is there when its code was given before. Raises NotFound, Conflict."""
    received_at = command.received_at or now()
    procedures.find(command.procedure_code, received_at.date())
    with services.catalog.write() as connection:
        code = command.code or dossiers.next_code(
            connection, services.settings.agency_code, received_at.astimezone().date()
        )
        known = {dossier.code for dossier in dossiers.find(connection)}
        dossier = dossiers.create(
            connection,
            code,
            command.procedure_code,
            title=command.title,
            applicant=command.applicant,
            received_at=received_at,
            cases=command.cases,
        )
        if code not in known:
            details = {"procedure": dossier.procedure_code, "cases": list(dossier.cases)}
            journal.append(connection, now(), services.actor, "dossier_opened", code, details)
    return Outcome(dossier, Changes(dossiers=frozenset({dossier.id})))


def close_dossier(services: Services, command: CloseDossier, context: Context) -> Outcome[Dossier]:
    """Freeze a complete dossier. Raises DossierIncomplete with what is missing, NotFound."""
    with services.catalog.write() as connection:
        dossier = dossiers.by_code(connection, command.code)
        found = checklist.check(
            procedure_of(dossier), documents.find(connection, dossier_id=dossier.id), dossier.cases
        )
        closed = dossiers.close(connection, dossier, found.missing, now())
        if closed != dossier:
            journal.append(connection, now(), services.actor, "dossier_closed", dossier.code)
    return Outcome(closed, Changes(dossiers=frozenset({dossier.id})))


def checklist_of(services: Services, code: str) -> Checklist:
    """A dossier held against its procedure. Raises NotFound."""
    with services.catalog.read() as connection:
        dossier = dossiers.by_code(connection, code)
        return checklist.check(
            procedure_of(dossier), documents.find(connection, dossier_id=dossier.id), dossier.cases
        )
