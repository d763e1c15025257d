"""The nouns of signing and verifying: identities, roles and their marks, signatures and verdicts.

Times are timezone-aware. Lengths on a page are in points (1/72 inch).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class SigningRole(StrEnum):
    """In what capacity somebody signs; it fixes who may, which mark is shown and where (NĐ 30/2020 PL I)."""

    KY_DUYET = "ky_duyet"
    DONG_DAU = "dong_dau"
    SAO_Y = "sao_y"
    SO_HOA = "so_hoa"
    PHU_LUC = "phu_luc"
    LUU_TRU = "luu_tru"


class Level(StrEnum):
    """PAdES baseline level (ETSI EN 319 142-1)."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"


class Content(StrEnum):
    """Is what a reader sees what was signed?"""

    AS_SIGNED = "as_signed"
    ALLOWED_CHANGES = "allowed_changes"
    WARN = "warn"
    ALTERED = "altered"
    UNCHECKED = "unchecked"
    UNSIGNED = "unsigned"


class Trust(StrEnum):
    """Who signed, and was the certificate good then?"""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    UNTRUSTED = "untrusted"


class Verdict(StrEnum):
    """The answer for a signature or a file; undetermined is never folded into valid (TT 15/2025 PL II)."""

    VALID = "valid"
    UNDETERMINED = "undetermined"
    INVALID = "invalid"
    UNSIGNED = "unsigned"


class Placement(NamedTuple):
    """Where a mark stands: page from 1, rectangle in points from the top left of the upright page."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Certificate:
    """What people need to know of a certificate."""

    subject: str
    """Common name."""
    organisation: str
    issuer: str
    serial: str
    """Lower-case hex."""
    not_before: datetime
    not_after: datetime
    fingerprint: str
    """SHA-256 of the certificate in lower-case hex."""


class Secret:
    """A PIN or password: its value never shows in a repr, a log or a traceback."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a secret stays in its process")


class Tries(StrEnum):
    """What a token says of the tries left for its PIN; PKCS#11 says no more (CKF_USER_PIN_...)."""

    UNKNOWN = "unknown"
    LOW = "low"
    """Somebody typed a wrong one since the last right one."""
    LAST = "last"
    """One more wrong PIN locks the token."""


@dataclass(frozen=True, slots=True)
class PinQuestion:
    """A PIN or password that is needed, and what the person must know before typing it."""

    name: str
    """Whose it is: a file, a token, an account."""
    tries: Tries = Tries.UNKNOWN
    pad: bool = False
    """It is typed on the device itself; the answer is only that the person is ready."""


class CopyForm(StrEnum):
    """What kind of copy an agency certifies (NĐ 30/2020 Điều 25)."""

    SAO_Y = "sao_y"
    SAO_LUC = "sao_luc"
    TRICH_SAO = "trich_sao"


@dataclass(frozen=True, slots=True)
class MarkData:
    """What a mark shows, as far as its role asks for it."""

    agency: str = ""
    person: str = ""
    number: str = ""
    """Number and symbol, for example 12/QĐ-UBND."""
    copy: CopyForm = CopyForm.SAO_Y
    issued: date | None = None
    """Day of issue to fill in; None: the day of signing."""
    signature_image: bytes | None = None
    """Transparent PNG, blue (NĐ 30/2020 PL I)."""
    seal_image: bytes | None = None
    """Transparent PNG, red, at its true size by its own dpi."""


@dataclass(frozen=True, slots=True)
class SealRequest:
    """One signature to add to one file."""

    role: SigningRole
    level: Level = Level.B_B
    mark: MarkData = field(default_factory=MarkData)
    placement: Placement | None = None
    """None: found from the page."""
    reason: str = ""
    field_name: str = ""
    """An empty signature field of the file to fill; its own place is used."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was done to the file."""

    field_name: str
    role: SigningRole
    signer: Certificate
    signed_at: datetime
    placement: Placement | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is: a code with facts; the words live in i18n."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was changed after a signature."""

    what: str
    """Code: number_added, seal_added, signature_added, form_filled, annotation, page_content, ..."""
    page: int | None
    allowed: bool
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatusData:
    """A revocation list or OCSP answer that speaks of a certificate of the chain."""

    kind: str
    """crl or ocsp."""
    source: str
    """file, store, cache or network."""
    about: str
    """Serial of the certificate, lower-case hex."""
    this_update: datetime | None
    next_update: datetime | None
    sha256: str
    url: str = ""
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What was found for one signature."""

    field_name: str
    role: SigningRole | None
    signer: Certificate | None
    signing_time: datetime | None
    time_source: str
    """timestamp, signer_clock or none."""
    integrity: str
    """intact, broken or unchecked."""
    covers_whole_file: bool
    changes_after: tuple[Change, ...]
    chain: Trust
    revocation: str
    """good, revoked, unknown or not_checked."""
    algorithms: str
    content: Content
    verdict: Verdict
    warnings: tuple[Reason, ...] = ()
    reasons: tuple[Reason, ...] = ()
    is_timestamp: bool = False
    covered_bytes: int = 0
    """What was signed is the file's first so many bytes; 0 where that is not known."""
    path: tuple[Certificate, ...] = ()
    """From the signer's certificate up to the anchor; empty where no chain was found."""
    stamped_by: Certificate | None = None
    """Who made the trusted time stamp inside this signature."""
    status: tuple[StatusData, ...] = ()
    """The revocation data at hand for this chain, with their dates."""


@dataclass(frozen=True, slots=True)
class AdesResult:
    """What ETSI EN 319 102-1 calls a signature."""

    field_name: str
    indication: str
    """PASSED, INDETERMINATE or FAILED."""
    subindication: str
    """For example OK, NO_POE, REVOKED, HASH_FAILURE (EN 319 102-1 table 3)."""
    said: str
    """The engine's own words, in English."""
    report: str
    """ETSI TS 119 102-2 report, XML; empty where none could be made."""


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What was found for one file."""

    content: Content
    trust: Trust
    verdict: Verdict
    signatures: tuple[SignatureVerdict, ...] = ()
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    ades: tuple[AdesResult, ...] = ()
    """Only when it was asked for."""


@dataclass(frozen=True, slots=True)
class OnlineAccess:
    """What the user allows to be asked of the network; travels to worker processes."""

    cache: Path
    fetch: bool = False
    """The user's consent to ask the addresses that stand in certificates."""
    allow_private: bool = False
    """Whether loopback and office addresses may be asked (an office with its own responder)."""
    patience_s: float = 8.0
    """For one answer."""
    total_s: float = 20.0
    """For everything about one file."""
