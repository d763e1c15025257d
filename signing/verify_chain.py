"""Whom to trust: the chain to an anchor at a given time, and whether the certificate was revoked then.

RFC 5280 6 (paths), TT 15/2025/TT-BKHCN PL II (law/RULES 4.3). No network: only the store and the file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from pyhanko_certvalidator import ValidationContext, find_valid_path
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import AcceptAllAlgorithms

from signing import algorithms
from signing.model import Reason, Trust
from signing.trust import TrustStore, certificate

MAX_CERTIFICATES = 48
_MAX_DEPTH = 8
_PARSING = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, AssertionError)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file brings along for checking a certificate; it helps, it anchors nothing."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What was found for one certificate at one time."""

    chain: Trust
    revocation: str
    """good, revoked, unknown or not_checked."""
    revoked_at: datetime | None = None
    reasons: tuple[Reason, ...] = ()
    path: tuple[bytes, ...] = ()
    """DER from the signer up to the anchor."""


def assess(cert: x509.Certificate, trust: TrustStore, evidence: Evidence, moment: datetime) -> ChainCheck:
    """The chain of `cert` to an anchor of `trust`, judged at `moment`."""
    helpers = relevant(cert, (*map(certificate, trust.intermediates), *evidence.certificates))
    try:
        path = asyncio.run(_path(cert, trust, helpers, moment, None))
    except (PathError, ValidationError) as problem:
        chain, reason = _explain(problem, cert)
        return ChainCheck(chain, "not_checked", reasons=(reason,))
    except _PARSING as problem:
        reason = Reason("chain_unreadable", {"why": type(problem).__name__})
        return ChainCheck(Trust.UNKNOWN, "not_checked", reasons=(reason,))
    found = tuple(each.dump() for each in reversed(list(path)))
    return _with_revocation(cert, trust, evidence, helpers, moment, found)


def relevant(cert: x509.Certificate, candidates: Iterable[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The candidates that can stand above `cert`: a file full of foreign certificates costs nothing."""
    by_subject: dict[bytes, list[x509.Certificate]] = {}
    for each in candidates:
        try:
            by_subject.setdefault(each.subject.hashable.encode(), []).append(each)
        except _PARSING:
            continue
    kept: dict[bytes, x509.Certificate] = {}
    level: Sequence[x509.Certificate] = (cert,)
    for _ in range(_MAX_DEPTH):
        above = [issuer for each in level for issuer in by_subject.get(_issuer_key(each), ())]
        level = [issuer for issuer in above if issuer.dump() not in kept]
        kept |= {issuer.dump(): issuer for issuer in level}
        if not level or len(kept) > MAX_CERTIFICATES:
            break
    return tuple(kept.values())[:MAX_CERTIFICATES]


def _issuer_key(cert: x509.Certificate) -> bytes:
    try:
        return bytes(cert.issuer.hashable.encode())
    except _PARSING:
        return b""


async def _path(
    cert: x509.Certificate,
    trust: TrustStore,
    helpers: Iterable[x509.Certificate],
    moment: datetime,
    revocation: tuple[Sequence[bytes], Sequence[bytes]] | None,
) -> ValidationPath:
    context = ValidationContext(
        trust_roots=[certificate(der) for der in trust.roots],
        other_certs=list(helpers),
        moment=moment,
        crls=list(revocation[0]) if revocation else None,
        ocsps=list(revocation[1]) if revocation else None,
        revocation_mode="require" if revocation else "soft-fail",
        # Answers are made after the signature; its own time decides, not the time of the answer.
        retroactive_revinfo=True,
        algorithm_usage_policy=AcceptAllAlgorithms(),
        signature_validator=algorithms.Validator(),
    )
    paths = context.path_builder.async_build_paths_lazy(cert)
    path: ValidationPath = await find_valid_path(cert, paths, context)
    return path


def _explain(problem: Exception, cert: x509.Certificate) -> tuple[Trust, Reason]:
    if isinstance(problem, ExpiredError):
        return Trust.UNTRUSTED, Reason("certificate_expired_then", {"until": cert.not_valid_after})
    if isinstance(problem, NotYetValidError):
        return Trust.UNTRUSTED, Reason("certificate_not_yet_valid_then", {"since": cert.not_valid_before})
    if isinstance(problem, PathBuildingError | InvalidCertificateError):
        return Trust.UNKNOWN, Reason("chain_unknown")
    return Trust.UNTRUSTED, Reason("chain_invalid", {"why": type(problem).__name__})


def _with_revocation(
    cert: x509.Certificate,
    trust: TrustStore,
    evidence: Evidence,
    helpers: Iterable[x509.Certificate],
    moment: datetime,
    path: tuple[bytes, ...],
) -> ChainCheck:
    crls, ocsps = (*trust.crls, *evidence.crls), (*trust.ocsps, *evidence.ocsps)
    if len(path) < 2:
        return ChainCheck(Trust.TRUSTED, "good", path=path)
    if not crls and not ocsps:
        return ChainCheck(Trust.TRUSTED, "not_checked", path=path)
    try:
        asyncio.run(_path(cert, trust, (*helpers, *evidence.certificates), moment, (crls, ocsps)))
    except RevokedError as problem:
        when = problem.revocation_dt
        reason = Reason("certificate_revoked", {"when": when})
        return ChainCheck(Trust.UNTRUSTED, "revoked", when, (reason,), path)
    except (PathError, ValidationError, *_PARSING):
        return ChainCheck(Trust.TRUSTED, "unknown", path=path)
    return ChainCheck(Trust.TRUSTED, "good", path=path)
