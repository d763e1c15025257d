"""What the window and the command line show: read-only pictures of the catalog, with facts and no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window is there before the libraries are loaded
    from storage.model import Field

if TYPE_CHECKING:  # the window needs no checks to start
    from ocr.fields.checks import Finding


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch in the list."""

    id: str
    name: str
    opened_at: datetime
    pages: int
    documents: int
    problems: int


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page in the strip."""

    id: str
    position: int
    """Place among the pages that are in the batch, from 0."""
    number: int
    file_name: str
    document_id: str | None
    blank: bool
    problem: str | None
    turn: int
    read: bool
    version: int
    rescan_reason: str = ""
    """Why the second person wants it scanned again: a code of `second_check.REASONS`."""


@dataclass(frozen=True, slots=True)
class PageDoubt:
    """Why a person should look at a page: codes of the quality gate, and in what it is unlike the others."""

    page_id: str
    score: float
    """Higher is stranger."""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One document with what was read on it."""

    id: str
    name: str
    kind_code: str
    kind_name: str
    confidence: float
    page_ids: tuple[str, ...]
    state: str
    dossier_code: str | None
    component_code: str | None
    fields: tuple[Field, ...]
    version: int
    findings: tuple[Finding, ...] = ()
    """What a person should look at; filled in the list of a batch's papers."""


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One dossier in the list."""

    code: str
    title: str
    applicant: str
    procedure_name: str
    state: str
    received_at: datetime
    filled: int
    required: int


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One component of a dossier; status is filled, missing, shown or not_asked."""

    component_code: str
    component_name: str
    status: str
    papers: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier with its checklist: `results` end the procedure, `loose` fill no component."""

    row: DossierRow
    items: tuple[ChecklistItem, ...]
    results: tuple[PaperRow, ...]
    loose: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class SigningRow:
    """A document that waits for a signature in a role."""

    document_id: str
    name: str
    kind_name: str
    dossier_code: str | None
    pages: int
    role: str
    signed_roles: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A key that this profile can sign with; state is ready, expired or unread."""

    address: str
    subject: str
    """Name on the certificate; what its address says where that is not read before the PIN."""
    organisation: str
    not_after: datetime | None
    roles: tuple[str, ...]
    practice: bool
    state: str


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package and where it was deposited."""

    id: str
    dossier_code: str
    title: str
    profile: str
    size: int
    made_at: datetime
    digest: str
    archive: str | None
    key: str | None
    deposited_at: datetime | None
