"""What the signing area asks of the office behind the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from desktop.workflow.job import Context, Outcome, Problem
    from desktop.workflow.sign.check import Checked
    from desktop.workflow.sign.files import Signed
    from desktop.workflow.sign.hand_over import Returned
    from desktop.workflow.sign.mandates import GiveMandate
    from desktop.workflow.views.rows import IdentityRow, SigningRow
    from signing.model import FileVerdict, Placement
    from signing.presign.model import CertificateCheck
    from storage.catalog.handover_model import Mandate


@dataclass(frozen=True, slots=True)
class SignOrder:
    """Documents to sign, in what role, with which identity."""

    document_ids: tuple[str, ...]
    role: str
    identity: str
    numbers: Mapping[str, str] = field(default_factory=dict)
    placements: Mapping[str, Placement] = field(default_factory=dict)


class SigningOffice(Protocol):
    """Calls block: only the job runner's threads make them."""

    def signing_list(self, role: str) -> Sequence[SigningRow]: ...
    def identities(self) -> Sequence[IdentityRow]: ...
    def returned(self) -> Sequence[Returned]: ...
    def check(self, document_id: str, role: str, place: Placement | None, number: str) -> Checked: ...
    def refusal(self, document_id: str, role: str, address: str) -> Problem | None: ...
    def earlier(self, document_id: str) -> FileVerdict | None: ...
    def certificate(self, address: str) -> CertificateCheck | None: ...
    def mandates(self) -> Sequence[Mandate]: ...

    def add_key(self, address: str, context: Context) -> Outcome[Any]: ...
    def make_practice_office(self, context: Context) -> Outcome[Any]: ...
    def sign(self, order: SignOrder, context: Context) -> Outcome[tuple[Signed, ...]]: ...
    def send_back(self, document_id: str, reason: str, context: Context) -> Outcome[Any]: ...
    def submit(self, document_ids: tuple[str, ...], context: Context) -> Outcome[Any]: ...
    def give_mandate(self, order: GiveMandate, context: Context) -> Outcome[Any]: ...
    def end_mandate(self, mandate_id: str, context: Context) -> Outcome[Any]: ...
