"""Adds one PAdES signature with its mark to a PDF, as an incremental update that is proved before it counts.

ETSI EN 319 142-1 (levels B-B to B-LTA), NĐ 30/2020 PL I (marks), TT 15/2025/TT-BKHCN (checks).
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pymupdf

from signing.agreement import Gathering
from signing.errors import NoRoom, StatusUnknown, TimestampFailed
from signing.marks import placement as places
from signing.marks.mark import Mark, fitted
from signing.marks.roles import VIETNAM, marks_for, warnings_for
from signing.model import Certificate, Level, Placement, Sealed, SealRequest, SigningRole
from signing.pdf import signable
from signing.pdf.page_layout import Words, open_pdf, read_page, to_pdf, turn
from signing.ports import Consent, Identity, TimeStampAuthority
from signing.presign import certificate_check
from signing.presign.model import CertificateCheck
from signing.seal import proof as seal_proof
from signing.seal import working_copy
from signing.seal.number import number_mark
from signing.seal.write import Entry, Means, write
from signing.timestamps.authorities import certificates_of
from signing.trust.store import RevocationSource, TrustStore

_CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SealSession:
    """An identity that was checked and may sign many files: key, revocation data, connections are shared."""

    means: Means
    certificate: Certificate
    warnings: tuple[str, ...]
    checked: CertificateCheck
    """On what the certificate was found good; to be kept with every signature (TT 15/2025)."""
    gathering: Gathering | None = None
    """How files of a batch share one agreement of the key's owner; None: each is signed at once."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where and what is drawn: the signatures to add, in order."""

    entries: tuple[Entry, ...]
    placement: Placement
    warnings: tuple[str, ...]


def withheld(unknown: StatusUnknown) -> bool:
    """Nobody has agreed to sign unchecked."""
    return False


def seal(
    source: Path,
    out: Path,
    request: SealRequest,
    identity: Identity,
    trust: TrustStore | None = None,
    tsa: TimeStampAuthority | None = None,
    consent: Consent = withheld,
) -> Sealed:
    """Sign `source` into `out` (which may be the same path). On any error `out` stays as it was.

    Raises the SigningError family; StatusUnknown without `consent` when the certificate's chain or revocation
    cannot be checked.
    """
    return seal_with(prepare(identity, trust, tsa, consent), source, out, request)


def prepare(
    identity: Identity,
    trust: TrustStore | None = None,
    tsa: TimeStampAuthority | None = None,
    consent: Consent = withheld,
    online: RevocationSource | None = None,
) -> SealSession:
    """Check the certificate once for a batch. Raises CertificateRefused, StatusUnknown or TimestampFailed."""
    signer = identity.signer()
    stamper = tsa.stamper() if tsa else None
    stamping = asyncio.run(certificates_of(stamper)) if stamper else ()
    known = trust or TrustStore()
    if online is not None:
        for leaf in (signer.signing_cert, *stamping):
            known = known.joined(online(leaf.dump(), known)) if leaf else known
    judge = certificate_check.context(known) if known.roots else None
    checked = certificate_check.check(signer, known, judge)
    warnings = (*identity.warnings, *certificate_check.enforce(checked, consent))
    if judge is not None and not all(
        asyncio.run(certificate_check.may_stamp(each, judge)) for each in stamping
    ):
        warnings = (*warnings, "timestamp_untrusted")
    return SealSession(
        Means(signer, judge, stamper), identity.certificate, warnings, checked, identity.gathering
    )


def seal_with(
    session: SealSession, source: Path, out: Path, request: SealRequest, words: Words | None = None
) -> Sealed:
    """As `seal`, with a session that was prepared; `words` are what OCR read on pages without text."""
    _check_level(session, request.level)
    signed_at = datetime.now(UTC)
    with working_copy.working_copy(source, out) as copy:
        document = open_pdf(str(copy))
        try:
            signable.check_shape(document)
            before = seal_proof.survey(copy)
            request = _in_prepared_field(document, request, words, session.certificate, signed_at)
            name = request.field_name or signable.fresh_name(before.field_names)
            signable.check_allowed(before.signatures, name)
            plan = _plan(document, request, words, session.certificate, signed_at)
        finally:
            document.close()
        names = [write(copy, entry, session.means) for entry in plan.entries]
        proof = seal_proof.prove(source, copy, before, names)
        working_copy.publish(copy, source, out)
    warnings = (*session.warnings, *before.warnings(), *plan.warnings, *proof.warnings)
    if request.role is SigningRole.DONG_DAU and not before.signatures:
        warnings = (*warnings, "seal_without_signature")
    if proof.stamped is not None and abs(proof.stamped - signed_at) > _CLOCK_TOLERANCE:
        warnings = (*warnings, "clock_differs")
    return Sealed(names[-1], request.role, session.certificate, signed_at, plan.placement, warnings)


def _check_level(session: SealSession, level: Level) -> None:
    if level != Level.B_B and session.means.stamper is None:
        raise TimestampFailed(address="")
    if level in (Level.B_LT, Level.B_LTA) and "timestamp_untrusted" in session.warnings:
        raise TimestampFailed(address="", reason="untrusted")
    unchecked = session.means.judge is None or "certificate_unchecked" in session.warnings
    if level in (Level.B_LT, Level.B_LTA) and unchecked:
        raise StatusUnknown(name=session.certificate.subject, reason="chain")


def _in_prepared_field(
    document: pymupdf.Document, request: SealRequest, words: Words | None, signer: Certificate, at: datetime
) -> SealRequest:
    """The same request, in the field that the file keeps ready for it, unless somebody chose the place."""
    if request.field_name or request.placement or not document.is_form_pdf:
        return request
    mark = marks_for(request.role, request.mark, signer, at)[0]
    size = (mark.width, mark.height)
    return replace(request, field_name=places.prepared_field(document, request.role, size, words))


def _plan(
    document: pymupdf.Document, request: SealRequest, words: Words | None, signer: Certificate, at: datetime
) -> _Plan:
    mark, place = _mark_and_place(document, request, words, signer, at)
    warnings = warnings_for(request.role, signer)
    entries = [_entry(document, request, mark, place)]
    if request.role == SigningRole.DONG_DAU and (request.mark.number or request.mark.issued):
        issued = request.mark.issued or at.astimezone(VIETNAM).date()
        filled = number_mark(read_page(document, 1, words), request.mark.number, issued)
        if filled is None:
            warnings = (*warnings, "number_not_placed")
        else:
            plain = replace(request, level=_early_level(request.level), field_name="")
            entries.insert(0, _entry(document, plain, *filled))
    return _Plan(tuple(entries), place, warnings)


def _mark_and_place(
    document: pymupdf.Document, request: SealRequest, words: Words | None, signer: Certificate, at: datetime
) -> tuple[Mark, Placement]:
    """The first shape of the mark that finds a place, unless the person chose one."""
    shapes = marks_for(request.role, request.mark, signer, at)
    if request.field_name:
        return shapes[0], places.of_field(document, request.field_name)
    if request.placement is not None:
        places.check(document, request.placement)
        return shapes[0], request.placement
    for mark in shapes[:-1]:
        with suppress(NoRoom):
            return mark, places.find_in(document, request.role, (mark.width, mark.height), words)
    last = shapes[-1]
    return last, places.find_in(document, request.role, (last.width, last.height), words)


def _entry(document: pymupdf.Document, request: SealRequest, mark: Mark, place: Placement) -> Entry:
    return Entry(
        role=request.role,
        level=request.level,
        mark=fitted(mark, place.x1 - place.x0, place.y1 - place.y0),
        page=place.page,
        box=to_pdf(document, place),
        turn=turn(document, place.page),
        field_name=request.field_name,
        reason=request.reason,
    )


def _early_level(level: Level) -> Level:
    """The number's signature needs no revocation data of its own: the seal's covers the same certificate."""
    return Level.B_T if level in (Level.B_LT, Level.B_LTA) else level
