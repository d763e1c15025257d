"""Whom to trust: the chain to an anchor at a given time, and whether the certificate was revoked then.

RFC 5280 6 (paths), TT 15/2025/TT-BKHCN PL II. No network: only the store and the file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from asn1crypto import crl, ocsp, x509
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

from signing.keys import algorithms
from signing.model import Reason, Trust
from signing.trust.store import TrustStore, certificate

MAX_CERTIFICATES = 48
_MAX_DEPTH = 8
_EXPIRED_ON_LIST = "2.5.29.60"
"""expiredCertsOnCRL (ITU-T X.509 9.5.2.8): the list keeps naming certificates after they expired."""
PARSING = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, AssertionError)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file brings along for checking a certificate; it helps, it anchors nothing."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    def with_store(self, store: TrustStore) -> Evidence:
        """Together with what was fetched; its certificates help like those of the file."""
        return Evidence(
            (*self.certificates, *map(certificate, store.intermediates)),
            (*self.crls, *store.crls),
            (*self.ocsps, *store.ocsps),
        )


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What was found for one certificate at one time."""

    chain: Trust
    revocation: str
    """good, revoked, unknown or not_checked."""
    reasons: tuple[Reason, ...] = ()
    path: tuple[bytes, ...] = ()
    """DER from the signer up to the anchor."""


def assess(cert: x509.Certificate, trust: TrustStore, evidence: Evidence, moment: datetime) -> ChainCheck:
    """The chain of `cert` to an anchor of `trust`, judged at `moment`."""
    cert = certificate(cert.dump())  # one object per certificate keeps what was parsed of it
    helpers = relevant(cert, (*map(certificate, trust.intermediates), *evidence.certificates))
    lists = (*trust.crls, *evidence.crls), (*trust.ocsps, *evidence.ocsps)
    if any(lists):
        # Responders of OCSP stand beside the chain, so all certificates may be needed.
        checked = _with_revocation(cert, trust, (*helpers, *evidence.certificates), moment, lists)
        if checked is not None:
            return _while_it_lasted(checked, cert, lists)
    try:
        path = asyncio.run(_path(cert, trust, helpers, moment, None))
    except (PathError, ValidationError) as problem:
        chain, reason = _explain(problem, cert)
        return ChainCheck(chain, "not_checked", reasons=(reason,))
    except PARSING as problem:
        reason = Reason("chain_unreadable", {"why": type(problem).__name__})
        return ChainCheck(Trust.UNKNOWN, "not_checked", reasons=(reason,))
    if len(path) < 2:
        return ChainCheck(Trust.TRUSTED, "good", path=_ders(path))  # an anchor answers for itself
    return ChainCheck(Trust.TRUSTED, "unknown" if any(lists) else "not_checked", path=_ders(path))


def _while_it_lasted(
    checked: ChainCheck, cert: x509.Certificate, lists: tuple[Sequence[bytes], Sequence[bytes]]
) -> ChainCheck:
    """Status data made after a certificate expired need not name it any more (RFC 5280 5, RFC 6960 4.4.4)."""
    until = cert.not_valid_after
    if checked.revocation != "good" or len(checked.path) < 2:
        return checked
    if any(_speaks_of(cert, until, der) for der in lists[0]):
        return checked
    if any(_answers_about(cert, until, der) for der in lists[1]):
        return checked
    reason = Reason("status_after_expiry", {"until": until})
    return replace(checked, revocation="unknown", reasons=(*checked.reasons, reason))


def _speaks_of(cert: x509.Certificate, until: datetime, der: bytes) -> bool:
    for parsed in parsed_crl(der):
        if parsed.issuer.hashable == cert.issuer.hashable:
            inner = parsed["tbs_cert_list"]
            kept = {each["extn_id"].dotted for each in inner["crl_extensions"]}
            if inner["this_update"].native <= until or _EXPIRED_ON_LIST in kept:
                return True
    return False


def _answers_about(cert: x509.Certificate, until: datetime, der: bytes) -> bool:
    for parsed in parsed_ocsp(der):
        for each in parsed.response_data["responses"]:
            kept = {item["extn_id"].native for item in each["single_extensions"]}
            in_time = each["this_update"].native <= until or "archive_cutoff" in kept
            if each["cert_id"]["serial_number"].native == cert.serial_number and in_time:
                return True
    return False


def revoked_by(
    cert: x509.Certificate, trust: TrustStore, evidence: Evidence, at: datetime
) -> datetime | None:
    """When a list at hand says that this certificate was revoked, up to `at`; None when none says so."""
    found = []
    for der in (*trust.crls, *evidence.crls):
        for parsed in parsed_crl(der):
            if parsed.issuer.hashable == certificate(cert.dump()).issuer.hashable:
                found += _listed(parsed, cert.serial_number)
    for der in (*trust.ocsps, *evidence.ocsps):
        for answer in parsed_ocsp(der):
            found += _answered(answer, cert.serial_number)
    return min((when for when in found if when <= at), default=None)


def _listed(parsed: crl.CertificateList, serial: int) -> list[datetime]:
    entries = parsed["tbs_cert_list"]["revoked_certificates"]
    return [each["revocation_date"].native for each in entries if each["user_certificate"].native == serial]


def _answered(parsed: ocsp.OCSPResponse, serial: int) -> list[datetime]:
    revoked = [
        each["cert_status"].chosen
        for each in parsed.response_data["responses"]
        if each["cert_id"]["serial_number"].native == serial and each["cert_status"].name == "revoked"
    ]
    return [each["revocation_time"].native for each in revoked]


def relevant(cert: x509.Certificate, candidates: Iterable[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The candidates that can stand above `cert`: a file full of foreign certificates costs nothing."""
    by_subject: dict[str, list[x509.Certificate]] = {}
    for each in candidates:
        try:
            by_subject.setdefault(_names(each.dump())[0], []).append(each)
        except PARSING:
            continue
    kept: dict[bytes, x509.Certificate] = {}
    level: Sequence[x509.Certificate] = (cert,)
    for _ in range(_MAX_DEPTH):
        above = [issuer for each in level for issuer in by_subject.get(_issuer_key(each), ())]
        level = [issuer for issuer in above if issuer.dump() not in kept]
        kept |= {issuer.dump(): issuer for issuer in level}
        if not level or len(kept) > MAX_CERTIFICATES:
            break
    return tuple(certificate(der) for der in list(kept)[:MAX_CERTIFICATES])


def _issuer_key(cert: x509.Certificate) -> str:
    try:
        return _names(cert.dump())[1]
    except PARSING:
        return ""


@lru_cache(maxsize=4096)
def _names(der: bytes) -> tuple[str, str]:
    """Subject and issuer in a form that compares; slow to make, and asked for with every signature."""
    cert = certificate(der)
    return str(cert.subject.hashable), str(cert.issuer.hashable)


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
        crls=[found for der in revocation[0] for found in parsed_crl(der)] if revocation else None,
        ocsps=[found for der in revocation[1] for found in parsed_ocsp(der)] if revocation else None,
        revocation_mode="require" if revocation else "soft-fail",
        # Answers are made after the signature; its own time decides, not the time of the answer.
        retroactive_revinfo=True,
        algorithm_usage_policy=AcceptAllAlgorithms(),
        signature_validator=algorithms.Validator(),
    )
    paths = context.path_builder.async_build_paths_lazy(cert)
    path: ValidationPath = await find_valid_path(cert, paths, context)
    return path


@lru_cache(maxsize=64)
def parsed_crl(der: bytes) -> tuple[crl.CertificateList, ...]:
    """The parsed list, or nothing: one bad list must not hide the others."""
    try:
        parsed = crl.CertificateList.load(der)
        _ = parsed["tbs_cert_list"]["this_update"].native, parsed.issuer.hashable
    except PARSING:
        return ()
    return (parsed,)


@lru_cache(maxsize=256)
def parsed_ocsp(der: bytes) -> tuple[ocsp.OCSPResponse, ...]:
    """The parsed answer, or nothing."""
    try:
        parsed = ocsp.OCSPResponse.load(der)
        _ = parsed.response_data["produced_at"].native
    except PARSING:
        return ()
    return (parsed,)


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
    helpers: Iterable[x509.Certificate],
    moment: datetime,
    lists: tuple[Sequence[bytes], Sequence[bytes]],
) -> ChainCheck | None:
    """The chain with every certificate's status proven good or revoked; None when it is not proven."""
    try:
        path = asyncio.run(_path(cert, trust, helpers, moment, lists))
    except RevokedError as problem:
        reason = Reason("certificate_revoked", {"when": problem.revocation_dt})
        return ChainCheck(Trust.UNTRUSTED, "revoked", reasons=(reason,))
    except (PathError, ValidationError, *PARSING):
        return None
    return ChainCheck(Trust.TRUSTED, "good", path=_ders(path))


def _ders(path: ValidationPath) -> tuple[bytes, ...]:
    return tuple(each.dump() for each in reversed(list(path)))
