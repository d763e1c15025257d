"""The signing calls of the office behind the window, mapped to the steps that answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop import bootstrap, settings
from desktop.ui.office.model_signing import SignOrder
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.services import Services
from desktop.workflow.sign import hand_over, mandates, presign
from desktop.workflow.sign.check import CheckDocument, Checked, check_document
from desktop.workflow.sign.files import SignDocuments, Signed, Signer, sign_documents
from desktop.workflow.sign.hand_over import HandOver, Returned
from desktop.workflow.sign.mandates import EndMandate, GiveMandate
from desktop.workflow.sign.practice import make_practice_office
from desktop.workflow.verify.files import VerifyFiles, verify_files
from desktop.workflow.views import signing as view_signing
from desktop.workflow.views.rows import IdentityRow, SigningRow
from signing.model import FileVerdict, Level, Placement, SigningRole
from signing.presign.model import CertificateCheck
from storage.catalog import documents
from storage.catalog.handover_model import Mandate, Move


@dataclass(slots=True)
class OfficeSigning:
    """Signing, checking before it, and the way of documents."""

    services: Services
    pictures: Services
    """The same with a worker of its own: looking at a page never waits behind reading others."""

    def signing_list(self, role: str) -> Sequence[SigningRow]:
        return view_signing.signing_list(self.services, SigningRole(role))

    def identities(self) -> Sequence[IdentityRow]:
        return view_signing.identities(self.services)

    def returned(self) -> Sequence[Returned]:
        return hand_over.returned(self.services)

    def check(self, document_id: str, role: str, place: Placement | None, number: str) -> Checked:
        command = CheckDocument(document_id, SigningRole(role) if role else None, place, number)
        return check_document(self.pictures, command, Context()).value

    def refusal(self, document_id: str, role: str, address: str) -> Problem | None:
        return view_signing.refusal_before_pin(self.services, document_id, SigningRole(role), address)

    def earlier(self, document_id: str) -> FileVerdict | None:
        """What is to be said of the signatures that are there already."""
        with self.services.catalog.read() as connection:
            digest = documents.get(connection, document_id).pdf_digest
        if digest is None:
            return None
        command = VerifyFiles(
            (self.services.blobs.path(digest),), bootstrap.trust_folders(self.services.home)
        )
        [found] = verify_files(self.pictures.workers, command, Context()).value
        return found.verdict

    def certificate(self, address: str) -> CertificateCheck | None:
        return presign.certificate_state(self.services.home, address)

    def mandates(self) -> Sequence[Mandate]:
        return mandates.list_mandates(self.services)

    def add_key(self, address: str, context: Context) -> Outcome[Any]:
        """Remember where a key is; nothing of the key itself is kept."""
        home = self.services.home
        chosen = settings.load(home)
        known = dict.fromkeys((*chosen.key_addresses(), address))
        settings.save(home, replace(chosen, keys="; ".join(known)))
        return Outcome(None, Changes(documents=frozenset({"keys"})))

    def make_practice_office(self, context: Context) -> Outcome[Any]:
        done = make_practice_office(self.services, context)
        return Outcome(done.value, Changes(documents=frozenset({"practice"})))

    def sign(self, order: SignOrder, context: Context) -> Outcome[tuple[Signed, ...]]:
        chosen, home = self.services.settings, self.services.home
        signer = Signer(
            order.identity,
            SigningRole(order.role),
            Level(chosen.level) if chosen.tsa else Level.B_B,
            bootstrap.trust_folders(home),
            home,
            chosen.tsa,
            esign=chosen.esign,
            online=bootstrap.online_access(None, home),
        )
        command = SignDocuments(order.document_ids, signer, order.numbers, order.placements)
        return sign_documents(self.services, command, context)

    def send_back(self, document_id: str, reason: str, context: Context) -> Outcome[Any]:
        command = HandOver((document_id,), Move.RETURN, reason)
        return hand_over.hand_over(self.services, command, context)

    def submit(self, document_ids: tuple[str, ...], context: Context) -> Outcome[Any]:
        return hand_over.submit(self.services, document_ids, context)

    def give_mandate(self, order: GiveMandate, context: Context) -> Outcome[Any]:
        return mandates.give_mandate(self.services, order, context)

    def end_mandate(self, mandate_id: str, context: Context) -> Outcome[Any]:
        return mandates.end_mandate(self.services, EndMandate(mandate_id), context)
