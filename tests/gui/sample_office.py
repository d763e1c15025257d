"""An office of fictional papers in memory: the window is driven fast, with many pages and with faults."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desktop.ui.office.model_signing import SignOrder
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.sign.check import Checked
from desktop.workflow.sign.files import Signed
from desktop.workflow.sign.hand_over import Returned
from desktop.workflow.sign.mandates import GiveMandate
from desktop.workflow.views.rows import (
    IdentityRow,
    SigningRow,
)
from signing.errors import PinWrong, StatusUnknown
from signing.law.clauses import finding
from signing.law.model import Area
from signing.model import (
    FileVerdict,
    PinQuestion,
    Placement,
    Sealed,
    SigningRole,
)
from signing.presign.model import Assessment as PresignFinding
from signing.presign.model import CertificateCheck, Grade
from storage.catalog.handover_model import Handover, Holder, Mandate, Move
from tests.gui.sample_calls import CODE, NOW
from tests.gui.sample_dossiers import SampleDossiers
from tests.gui.sample_papers import KINDS
from tests.gui.sample_review import SampleReview
from tests.gui.sample_verifying import SampleVerifying, verdict


class SampleOffice(SampleDossiers, SampleReview, SampleVerifying):
    """Behaves like the office behind the window; here is how it signs."""

    def __init__(self, home: Path, pages: int = 14, slow: float = 0.0) -> None:
        super().__init__(home, pages, slow)
        self.pin = "12345678"
        self.tries = 3
        self.refuse: dict[str, Problem] = {}
        self.unchecked = False
        """The status of the key's certificate cannot be told."""
        self.warns: tuple[str, ...] = ()
        """What is to be known of every signature that is made."""
        self.signed: list[str] = []
        self.back: list[Returned] = []
        self.given: list[Mandate] = []

    def signing_list(self, role: str) -> list[SigningRow]:
        if role == "luu_tru":
            return []
        return [
            SigningRow(
                f"d{n}",
                f"quet-{n + 1:03}.pdf",
                KINDS[n][1],
                CODE if n < 2 else None,
                (2, 1, 3)[n],
                role,
                (),
                1,
            )
            for n in range(3)
            if f"d{n}" not in self.signed and f"d{n}" not in {entry.document_id for entry in self.back}
        ]

    def identities(self) -> list[IdentityRow]:
        until = NOW + timedelta(days=300)
        return [
            IdentityRow(
                "pkcs12:clerk.p12",
                "THỰC HÀNH - Nguyễn Thị Mẫu",
                "UBND xã Mẫu Sơn Đông",
                until,
                ("so_hoa",),
                True,
                "ready",
            ),
            IdentityRow(
                "pkcs12:official.p12",
                "THỰC HÀNH - Trần Văn Mẫu",
                "UBND xã Mẫu Sơn Đông",
                until,
                ("ky_duyet",),
                True,
                "ready",
            ),
        ]

    def returned(self) -> list[Returned]:
        return list(self.back)

    def check(self, document_id: str, role: str, place: Placement | None, number: str) -> Checked:
        self._wait("rules")
        planned = place or Placement(1, 380, 600, 508, 657)
        missing = finding("number_blank", 1, Area(85, 100, 160, 115))
        low = finding("resolution_low", 1, dpi=150, pages=2)
        covering = finding("mark_covers_text", planned.page, Area(*planned[1:]))
        found = [] if number else [missing]
        found += [low] if document_id == "d1" else []
        found += [covering] if planned.y0 < 200 else []
        return Checked(tuple(found), True, planned if role else None)

    def refusal(self, document_id: str, role: str, address: str) -> Problem | None:
        facts = {"signer": "Trần Văn Mẫu", "form": "KT", "principal": "CHỦ TỊCH"}
        return Problem("mandate_missing", facts) if document_id == "d2" else None

    def earlier(self, document_id: str) -> FileVerdict | None:
        return verdict("dung")

    def certificate(self, address: str) -> CertificateCheck | None:
        good = PresignFinding(
            "period", Grade.GOOD, "period_good", {"since": "01/01/2026", "until": "01/01/2030"}
        )
        asks = PresignFinding("revocation", Grade.ASK, "revocation")
        signer = verdict("dung").signatures[0].signer
        assert signer is not None
        return CertificateCheck(signer, NOW, (good, asks), ())

    def mandates(self) -> list[Mandate]:
        return list(self.given)

    def add_key(self, address: str, context: Context) -> Outcome[object]:
        self.asked.append(f"key {address}")
        return Outcome(None)

    def make_practice_office(self, context: Context) -> Outcome[object]:
        self.asked.append("practice")
        return Outcome(None)

    def sign(self, order: SignOrder, context: Context) -> Outcome[tuple[Signed, ...]]:
        if context.ask_pin(PinQuestion("THỰC HÀNH - Nguyễn Thị Mẫu")).reveal() != self.pin:
            self.tries -= 1
            raise PinWrong(name="THỰC HÀNH - Nguyễn Thị Mẫu", tries_left=self.tries)
        if self.unchecked:
            unknown = StatusUnknown(name="THỰC HÀNH - Nguyễn Thị Mẫu", reason="ocsp_unknown")
            if not context.consent(Problem(unknown.code, unknown.facts)):
                raise unknown
        self.orders.append(order)
        results = []
        for number, key in enumerate(order.document_ids):
            context.progress("progress.sign", number, len(order.document_ids), key)
            time.sleep(self.slow)
            problem = self.refuse.get(key)
            results.append(Signed(key, None if problem else self.sealed(order), problem))
            if problem is None:
                self.signed.append(key)
        return Outcome(tuple(results), Changes(documents=frozenset(self.signed)))

    def sealed(self, order: SignOrder) -> Sealed:
        checked = self.certificate(order.identity)
        assert checked is not None
        return Sealed("Signature1", SigningRole(order.role), checked.certificate, NOW, None, self.warns)

    def send_back(self, document_id: str, reason: str, context: Context) -> Outcome[object]:
        step = Handover(document_id, 1, Move.RETURN, Holder.CLERK, "lanh.dao", NOW, reason)
        self.back.append(Returned(document_id, f"{document_id}.pdf", "Quyết định", CODE, 1, 1, step))
        return Outcome(None, Changes(documents=frozenset({document_id})))

    def submit(self, document_ids: tuple[str, ...], context: Context) -> Outcome[object]:
        self.back = [entry for entry in self.back if entry.document_id not in document_ids]
        return Outcome(None, Changes(documents=frozenset(document_ids)))

    def give_mandate(self, order: GiveMandate, context: Context) -> Outcome[object]:
        whom = (order.person, order.form, order.principal, order.valid_from, order.valid_to)
        made = Mandate(f"m{len(self.given)}", *whom, order.kinds, order.basis, NOW, "may-1")
        self.given.append(made)
        return Outcome(None)

    def end_mandate(self, mandate_id: str, context: Context) -> Outcome[object]:
        self.given = [replace(row, ended_at=NOW) if row.id == mandate_id else row for row in self.given]
        return Outcome(None)
