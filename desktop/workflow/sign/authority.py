"""Nobody signs in a role that is not theirs, from another desk, or for another without a mandate."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop.workflow.dossiers.attach import procedure_of
from desktop.workflow.job import Problem
from desktop.workflow.services import Services
from desktop.workflow.sign.check import words_of
from desktop.workflow.sign.plan import next_role
from signing.law.delegation import read_delegation
from signing.marks.roles import RULES
from signing.model import Certificate, SigningRole
from signing.practice.office import CLERK, NOTICE, OFFICIAL
from signing.trust.names import is_agency
from storage.catalog import dossiers, handover, mandates, versions
from storage.catalog.handover_model import Form, Holder, Move
from storage.model import Document

if TYPE_CHECKING:
    from desktop.settings import Settings

HOLDER_OF = {
    SigningRole.SO_HOA: Holder.CLERK,
    SigningRole.KY_DUYET: Holder.OFFICIAL,
    SigningRole.DONG_DAU: Holder.REGISTRY,
    SigningRole.SAO_Y: Holder.REGISTRY,
    SigningRole.PHU_LUC: Holder.REGISTRY,
    SigningRole.LUU_TRU: Holder.REGISTRY,
}
"""At whose desk a signature is made: the agency's key is kept by the registry (NĐ 30/2020 Điều 32)."""
MOVE_OF = {
    SigningRole.SO_HOA: Move.FORWARD,
    SigningRole.KY_DUYET: Move.APPROVE,
    SigningRole.DONG_DAU: Move.ISSUE,
    SigningRole.SAO_Y: Move.ISSUE,
    SigningRole.PHU_LUC: Move.ISSUE,
    SigningRole.LUU_TRU: Move.KEEP,
}
"""What the signature does to the document's way."""


def roles_of(settings: Settings, certificate: Certificate) -> frozenset[SigningRole]:
    """The roles of this key: as the office's settings say, else by what the certificate is."""
    named = _named(settings.signers)
    if certificate.subject in named:
        return named[certificate.subject]
    if NOTICE in certificate.subject and certificate.subject.startswith((CLERK, OFFICIAL)):
        clerk = certificate.subject.startswith(CLERK)
        return frozenset({SigningRole.SO_HOA if clerk else SigningRole.KY_DUYET})
    wanted = "agency" if is_agency(certificate) else "person"
    return frozenset(role for role in SigningRole if RULES[role].signer == wanted)


def _named(text: str) -> dict[str, frozenset[SigningRole]]:
    """NAME=role role; NAME=role: unknown roles are left out."""
    known = set(SigningRole)
    rows = [entry.partition("=") for entry in text.split(";") if "=" in entry]
    return {
        name.strip(): frozenset(SigningRole(role) for role in roles.split() if role in known)
        for name, _, roles in rows
    }


def waits_for(connection: sa.Connection, document: Document) -> SigningRole | None:
    """The signature that the document needs next; None where nothing is planned or all is there."""
    dossier = dossiers.get(connection, document.dossier_id) if document.dossier_id else None
    steps = tuple(entry.step for entry in versions.of_document(connection, document.id))
    return next_role(document, steps, procedure_of(dossier) if dossier else None)


def refusal(
    services: Services, document: Document, role: SigningRole, certificate: Certificate, day: date
) -> Problem | None:
    """Why this key may not make this signature now; None where it may."""
    facts = {"name": document.name, "signer": certificate.subject, "role": role.value}
    if role not in roles_of(services.settings, certificate):
        return Problem("role_not_theirs", facts, document.name)
    with services.catalog.read() as connection:
        last = handover.current(connection, document.id)
        known = mandates.find(connection)
        waits = waits_for(connection, document)
    if waits is not None and waits is not role:
        return Problem("other_signature_first", {**facts, "first": waits.value}, document.name)
    if last is not None and last.holder is not HOLDER_OF[role]:
        return Problem("document_elsewhere", {**facts, "holder": last.holder.value}, document.name)
    if role is not SigningRole.KY_DUYET or document.pdf_digest is None:
        return None
    asked = read_delegation(services.blobs.path(document.pdf_digest), words_of(services, document))
    if asked is None:
        return None
    form = Form(asked.form)
    if mandates.covering(known, certificate.subject, form, asked.principal, document.kind_code, day):
        return None
    return Problem(
        "mandate_missing", {**facts, "form": asked.form, "principal": asked.principal}, document.name
    )
