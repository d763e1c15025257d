"""Who may sign for whom: recorded, ended, listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.services import Services, now
from storage.catalog import mandates
from storage.catalog.handover_model import Form, Mandate
from storage.catalog.ids import new_id


@dataclass(frozen=True, slots=True)
class GiveMandate:
    """This person may sign KT., TL. or TUQ. for the holder of that title."""

    person: str
    form: Form
    principal: str
    valid_from: date
    valid_to: date | None
    basis: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EndMandate:
    """Take it back from now on."""

    mandate_id: str


def give_mandate(services: Services, command: GiveMandate, context: Context) -> Outcome[Mandate]:
    """Raises MandateInvalid where the law asks for limits."""
    made = Mandate(
        new_id(),
        command.person.strip(),
        command.form,
        command.principal.strip(),
        command.valid_from,
        command.valid_to,
        command.kinds,
        command.basis.strip(),
        now(),
        services.actor,
    )
    with services.catalog.write() as connection:
        mandates.add(connection, made)
    return Outcome(made, Changes(documents=frozenset({made.id})))


def end_mandate(services: Services, command: EndMandate, context: Context) -> Outcome[None]:
    """Raises NotFound."""
    with services.catalog.write() as connection:
        mandates.end(connection, command.mandate_id, services.actor, now())
    return Outcome(None, Changes(documents=frozenset({command.mandate_id})))


def list_mandates(services: Services) -> Sequence[Mandate]:
    """All of them, newest first."""
    with services.catalog.read() as connection:
        return mandates.find(connection)
