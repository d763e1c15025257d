"""The nouns of packing: what goes into a package, and what checking one found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from storage.model import Dossier


class PackageProfile(StrEnum):
    """The package forms of TT 05/2025/TT-BNV that hold a whole dossier."""

    SIP_HOSO = "sip_hoso"
    """To be handed to another system (Phụ lục III)."""
    AIP_HOSO = "aip_hoso"
    """Kept in the system it was made in, also straight after digitising (Phụ lục I)."""


class EventType(StrEnum):
    """What happened to a document, in the words of the Library of Congress event list that PREMIS uses."""

    DIGITISED = "transfer"
    """TT 05/2025 asks for this word for digitising."""
    INGESTED = "ingestion"
    """A file that was born digital came in as it is."""
    SIGNED = "digital signature generation"
    VERIFIED = "digital signature validation"
    PACKED = "information package creation"


@dataclass(frozen=True, slots=True)
class PackageEvent:
    """One event in the life of a document."""

    type: EventType
    at: datetime
    agent: str
    """Name of the person or program that did it."""
    detail: str = ""
    """For example the signing role."""


@dataclass(frozen=True, slots=True)
class PackageDocument:
    """One paper of the dossier and the file that stands for it."""

    path: Path
    digest: str
    kind_code: str
    title: str
    pages: int
    fields: Mapping[str, str] = field(default_factory=dict)
    """Values by field name: so_ky_hieu, ngay_ban_hanh, co_quan, trich_yeu, ..."""
    events: tuple[PackageEvent, ...] = ()
    sheets: int | None = None
    """Sheets of paper, where they were counted."""
    born_digital: bool = False


@dataclass(frozen=True, slots=True)
class PackageTerms:
    """Who hands over to whom, and on which terms; codes as in TT 05/2025/TT-BNV."""

    agency: str
    agency_code: str
    archive: str
    archive_code: str
    """Identifier of the archive that receives."""
    fonds_code: str = ""
    maintenance: str = "01"
    """Retention: 01 for ever, 02 70 years, 03 50, 04 30, 05 20, 06 10, 07 other."""
    mode: str = "02"
    """Use: 01 public, 02 on conditions, 03 secret."""
    risk_recovery: bool = False


@dataclass(frozen=True, slots=True)
class PackageInput:
    """Everything a package is made of; the same input gives the same bytes."""

    dossier: Dossier
    procedure_name: str
    documents: tuple[PackageDocument, ...]
    """In the order of their numbers in the dossier."""
    terms: PackageTerms
    operator: str
    """Who packs."""
    made_at: datetime
    program_version: str
    paper_file_code: str = ""
    """Where the paper dossier lies; the dossier's own code when empty."""


@dataclass(frozen=True, slots=True)
class Built:
    """A package that was written."""

    path: Path
    object_id: str
    """METS OBJID."""
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class PackageProblem:
    """One thing that is wrong in a package: missing, surplus, changed, no_digest, bad_mets, duplicate."""

    code: str
    file: str


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What checking a package found."""

    object_id: str
    files: int
    """Files that were hashed."""
    size: int
    """Bytes of all files, unpacked."""
    problems: tuple[PackageProblem, ...]

    @property
    def intact(self) -> bool:
        """True when every file is named once, is there, and has the digest it was packed with."""
        return not self.problems
