"""One signature: what it covers, whether its value fits, when it was made, and whom its chain leads to."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import x509

from signing.errors import CoverageBroken
from signing.model import Reason, Trust
from signing.pdf import byteranges
from signing.pdf.dates import parse as parse_pdf_date
from signing.pdf.enumeration import FoundSignature
from signing.trust.chain import Evidence
from signing.trust.store import certificate
from signing.verify import cms as verify_cms
from signing.verify import standing as verify_standing
from signing.verify.standing import Grounds, Standing

SUPPORTED = frozenset(
    {"adbe.pkcs7.detached", "adbe.pkcs7.sha1", "ETSI.CAdES.detached", "ETSI.RFC3161", "PBAD.PAdES"}
)
_UNSUPPORTED = {"adbe.x509.rsa_sha1": "subfilter_rsa_sha1"}
"""Kinds that are known and not checked, with a reason of their own (ISO 32000-2 12.8.3.1: deprecated)."""
_LOCAL_TIME_AS_UTC = timedelta(hours=7)
_SAME_TIME = timedelta(minutes=45)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found for one signature, before anything that was done to the file after it."""

    found: FoundSignature
    covered: byteranges.Extent | None
    integrity: str
    """intact, broken or unchecked."""
    signer: x509.Certificate | None
    time: datetime | None
    time_source: str
    """timestamp, signer_clock or none."""
    standing: Standing
    algorithms: str
    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    timestamp_broken: bool = False
    stamped_by: x509.Certificate | None = None
    """Who made the trusted time stamp inside the signature."""


def check(
    data: mmap.mmap | bytes,
    digests: byteranges.Digests,
    found: FoundSignature,
    encrypted: bool,
    grounds: Grounds,
) -> Checked:
    """Check one signature by itself; `digests` are of the same bytes."""
    try:
        covered = byteranges.extent(data, found.byte_range, None if encrypted else found.contents)
    except CoverageBroken as problem:
        if problem.facts.get("why") == "too_big":
            size = sum(found.byte_range[2:3]) if found.byte_range else 0
            return uncheckable(found, None, "unchecked", Reason("cms_too_big", {"bytes": size}))
        return uncheckable(found, None, "broken", Reason(problem.code, problem.facts))
    if not byteranges.ends_a_revision(data, covered.end):
        return uncheckable(found, covered, "broken", Reason("coverage_broken", {"why": "end"}))
    if found.subfilter not in SUPPORTED:
        code = _UNSUPPORTED.get(found.subfilter, "subfilter_unsupported")
        reason = Reason(code, {"subfilter": found.subfilter or "?"})
        return uncheckable(found, covered, "unchecked", reason)
    if not any(covered.der):
        return uncheckable(found, covered, "broken", Reason("signature_empty"))
    if len(covered.der) > byteranges.MAX_CMS_BYTES:
        return uncheckable(found, covered, "unchecked", Reason("cms_too_big", {"bytes": len(covered.der)}))
    if found.is_timestamp:
        return _timestamp(digests, found, covered, grounds)
    return _signature(digests, found, covered, grounds)


def _signature(
    digests: byteranges.Digests, found: FoundSignature, covered: byteranges.Extent, grounds: Grounds
) -> Checked:
    known = tuple(map(certificate, grounds.trust.intermediates)) + grounds.evidence.certificates
    cms = verify_cms.check(covered.der, digests.of(covered), found.subfilter, known)
    warnings = [*cms.warnings, *cms.weak]
    token, trusted_time = _best_token(cms.tokens, grounds, warnings)
    proven = trusted_time or grounds.proven(covered.end)
    claimed = cms.claimed_time or parse_pdf_date(found.claimed_time)
    time, source = _when(proven, claimed)
    warnings += _time_warnings(proven, cms.claimed_time, token)
    standing = verify_standing.UNKNOWN
    if cms.signer is not None:
        brought = Evidence(
            (*cms.certificates, *grounds.evidence.certificates),
            (*cms.crls, *grounds.evidence.crls),
            (*cms.ocsps, *grounds.evidence.ocsps),
        )
        standing = verify_standing.of_signer(cms.signer, grounds, brought, time or grounds.at, proven)
    return Checked(
        found=found,
        covered=covered,
        integrity=cms.integrity,
        signer=cms.signer,
        time=time,
        time_source=source,
        standing=standing,
        algorithms=cms.algorithms,
        reasons=(*cms.reasons, *standing.chain.reasons),
        warnings=(*warnings, *standing.warnings),
        stamped_by=token.signer if token is not None and trusted_time is not None else None,
        timestamp_broken=any(each.state == "broken" for each in cms.tokens),
    )


def _timestamp(
    digests: byteranges.Digests, found: FoundSignature, covered: byteranges.Extent, grounds: Grounds
) -> Checked:
    known = tuple(map(certificate, grounds.trust.intermediates)) + grounds.evidence.certificates
    token = verify_cms.check_token(covered.der, digests.of(covered), known)
    standing = verify_standing.of_token(token, grounds)
    return Checked(
        found=found,
        covered=covered,
        integrity=token.state,
        signer=token.signer,
        time=token.time,
        time_source="timestamp" if token.time else "none",
        standing=standing,
        algorithms=token.imprint,
        reasons=(*token.reasons, *standing.chain.reasons),
        warnings=standing.warnings,
    )


def _best_token(
    tokens: tuple[verify_cms.Token, ...], grounds: Grounds, warnings: list[Reason]
) -> tuple[verify_cms.Token | None, datetime | None]:
    """(the token to speak of, its time when its authority is trusted)."""
    best = None
    for token in tokens:
        if token.state == "broken":
            warnings.append(Reason("timestamp_broken"))
            continue
        best = best or token
        if token.state != "intact":
            continue
        if verify_standing.of_token(token, grounds).chain.chain is Trust.TRUSTED:
            return token, token.time
    if best is not None:
        warnings.append(Reason("timestamp_untrusted"))
    return best, None


def _when(proven: datetime | None, claimed: datetime | None) -> tuple[datetime | None, str]:
    if proven is not None:
        return proven, "timestamp"
    return (claimed, "signer_clock") if claimed is not None else (None, "none")


def _time_warnings(
    proven: datetime | None, claimed: datetime | None, token: verify_cms.Token | None
) -> list[Reason]:
    stamped = proven or (token.time if token is not None else None)
    found = [] if proven is not None else [Reason("time_not_proven")]
    if stamped is not None and claimed is not None:
        ahead = _aware(claimed) - _aware(stamped)
        if abs(ahead - _LOCAL_TIME_AS_UTC) < _SAME_TIME:
            found.append(Reason("local_time_as_utc", {"claimed": claimed, "stamped": stamped}))
        elif ahead > _SAME_TIME:
            found.append(Reason("claimed_after_stamp", {"claimed": claimed, "stamped": stamped}))
    return found


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def uncheckable(
    found: FoundSignature, covered: byteranges.Extent | None, integrity: str, reason: Reason
) -> Checked:
    """A signature of which nothing more can be told than why."""
    claimed = parse_pdf_date(found.claimed_time)
    source = "signer_clock" if claimed else "none"
    return Checked(
        found, covered, integrity, None, claimed, source, verify_standing.UNKNOWN, "", (reason,), ()
    )
