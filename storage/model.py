"""The nouns of keeping: batches, pages, documents, dossiers, packages and the journal.

Ids are UUIDv7 strings; times are timezone-aware; digests are SHA-256 in lower-case hex.
`version` counts the writes of a row: a write that names an older one raises `Conflict`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class DocumentState(StrEnum):
    """Where a document is on its way."""

    DRAFT = "draft"
    RECOGNISED = "recognised"
    REVIEWED = "reviewed"
    SEALED = "sealed"
    DEPOSITED = "deposited"


class DossierState(StrEnum):
    """Where a dossier is on its way."""

    OPEN = "open"
    CLOSED = "closed"
    DEPOSITED = "deposited"


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages scanned or imported together."""

    id: str
    name: str
    opened_at: datetime
    operator: str
    version: int = 1
    device: str = ""
    """Scanner its pages came from, one file a page; empty for files that were brought in."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it came in: its bytes lie under the digest and never change."""

    digest: str
    batch_id: str
    name: str
    media_type: str
    size: int
    page_count: int
    position: int
    signed: bool = False
    """It came with a digital signature: kept byte for byte, text goes beside it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a source file and what was read on it."""

    id: str
    batch_id: str
    file_digest: str
    number: int
    """Number within the source file, from 1."""
    position: int
    """Orders the pages of the batch, with gaps where pages were taken out: never shown as a number."""
    recipe: Mapping[str, Any] | None = None
    reading_digest: str | None = None
    """Blob with the page's reading as JSON; None until it was read."""
    blank: bool = False
    problem: str | None = None
    """Code of what kept the page from being read."""
    version: int = 1
    removed: bool = False
    """A person took it out; it keeps its place, so that undo puts it back there."""
    arrival: str | None = None
    """What a scan called it, once in the catalog: a page kept twice by a crash is noticed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that a person made to a batch, which can be undone and done again."""

    batch_id: str
    number: int
    """Counts the edits of the batch from 1."""
    action: str
    """Code of what was done, such as page_turned."""
    at: datetime
    actor: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of a document and where it was read."""

    name: str
    value: str
    confidence: float
    page: int
    box: tuple[float, float, float, float] | None
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: ordered pages, a kind, fields, and the file that stands for it."""

    id: str
    batch_id: str | None
    page_ids: tuple[str, ...]
    kind_code: str
    kind_name: str
    kind_confidence: float
    state: DocumentState
    name: str
    """What people call it: the file it came from, or its title."""
    fields: tuple[Field, ...] = ()
    pdf_digest: str | None = None
    """Its newest PDF: searchable PDF/A, then the same with each signature appended."""
    dossier_id: str | None = None
    component_code: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """One step in the life of a document's PDF; a step happens once (unique per document)."""

    document_id: str
    step: str
    """pdfa, or the signing role that was added."""
    digest: str
    made_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class VerdictRecord:
    """What verification found for one version of a document's file."""

    document_id: str
    digest: str
    verdict: str
    """valid, undetermined, invalid or unsigned."""
    content: str
    trust: str
    checked_at: datetime
    evidence_digest: str | None = None
    """Blob with the whole finding as JSON."""


@dataclass(frozen=True, slots=True)
class Component:
    """One paper that a procedure asks for."""

    code: str
    name: str
    kinds: tuple[str, ...]
    """Codes of the kinds of paper that can fill it; empty when any paper can."""
    case: str | None = None
    """Code of the case in which it is asked for (re-issue, by proxy, ...); None: always."""
    unless: str | None = None
    """Code of the case in which it is not asked for."""
    digitised: bool = True
    """False for papers that are only shown (TT 01/2023/TT-VPCP Điều 8)."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A circumstance in which a procedure asks for more papers."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit as published; `value` may lack its unit, which then must not be guessed."""

    channel: str
    value: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """What one kind of dossier must contain, from a day on."""

    code: str
    name: str
    sector: str
    valid_from: date
    valid_to: date | None
    components: tuple[Component, ...]
    result_code: str
    result_name: str
    result_kind: str
    """Code of the kind of the paper it ends with; empty when that is no kind of its own."""
    source: str
    """Where the facts were taken from."""
    decision: str = ""
    """The decision that published it."""
    cases: tuple[Case, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """One citizen's case."""

    id: str
    code: str
    """Never changes from reception to archive (TT 13/2023/TT-BNV)."""
    procedure_code: str
    title: str
    applicant: str
    received_at: datetime
    cases: tuple[str, ...] = ()
    """The cases that apply to it; they decide which components are asked for."""
    state: DossierState = DossierState.OPEN
    closed_at: datetime | None = None
    version: int = 1
    due_at: datetime | None = None
    """When the result was promised; None where nobody said, for published limits may lack their unit."""


@dataclass(frozen=True, slots=True)
class Package:
    """A dossier packed for an archive (TT 05/2025/TT-BNV)."""

    id: str
    dossier_id: str
    profile: str
    object_id: str
    """METS OBJID."""
    digest: str
    size: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an archive has a package."""

    package_id: str
    archive: str
    """Address of the archive without secrets."""
    key: str
    """Name of the package inside the archive."""
    digest: str
    deposited_at: datetime


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Who did what when; each entry carries the hash of the one before."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any] = field(default_factory=dict)
    previous: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document found by its text; `snippet` is the original text around the match."""

    document_id: str
    name: str
    kind_name: str
    dossier_code: str | None
    snippet: str
