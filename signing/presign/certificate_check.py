"""The certificate is checked before it signs: dates, use, algorithm, chain, revocation.

TT 15/2025/TT-BKHCN PL II: what is bad refuses, what cannot be checked asks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from asn1crypto import crl, ocsp, x509
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    PathError,
    RevokedError,
    ValidationError,
)

from signing.errors import CertificateRefused, StatusUnknown
from signing.keys import algorithms
from signing.ports import Consent
from signing.presign.model import Assessment, CertificateCheck, Grade
from signing.presign.status import relevant, status, why_unknown
from signing.trust.names import describe
from signing.trust.store import TrustStore, certificate

_USES = frozenset({"digital_signature", "non_repudiation"})
_OTHER_USES = frozenset({"time_stamping", "ocsp_signing", "server_auth", "code_signing"})
_SOON = timedelta(days=30)


def context(known: TrustStore) -> ValidationContext:
    """What certificates are judged by now, from this store alone."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in known.roots],
        other_certs=[x509.Certificate.load(der) for der in known.intermediates],
        crls=[crl.CertificateList.load(der) for der in known.crls],
        ocsps=[ocsp.OCSPResponse.load(der) for der in known.ocsps],
        revocation_mode="require",
        allow_fetching=False,
    )


def check(signer: Signer, known: TrustStore, judge: ValidationContext | None) -> CertificateCheck:
    """Everything about the signer's certificate now; `judge` is the context of `known`, or None."""
    leaf = signer.signing_cert
    if leaf is None:
        raise CertificateRefused(reason="missing")
    now = datetime.now(UTC)
    assessments = [_period(leaf, now), _usage(leaf), _algorithm(leaf)]
    path: Sequence[x509.Certificate] = [leaf]
    if assessments[0].grade is not Grade.REFUSE:  # out of its period, nothing more can be asked of it
        path, found = asyncio.run(_chain(signer, leaf, judge, known, now))
        assessments += found
    # The chain goes into the signature: 113 of 119 real ones carry the leaf alone and need a network.
    signer.cert_registry.register_multiple(path)
    lists, answers = relevant(path, known)
    ders = tuple(each.dump() for each in path)
    return CertificateCheck(describe(leaf), now, tuple(assessments), ders, lists, answers)


def enforce(checked: CertificateCheck, consent: Consent) -> tuple[str, ...]:
    """Codes of what the signer must be told. Raises CertificateRefused, or StatusUnknown without consent."""
    worst, name = checked.worst, checked.certificate.subject
    if worst.grade is Grade.REFUSE:
        raise CertificateRefused(name=name, reason=worst.code, **worst.facts)
    if worst.grade is Grade.ASK:
        unknown = StatusUnknown(name=name, reason=worst.code, **worst.facts)
        if not consent(unknown):
            raise unknown
    codes = [each.code for each in checked.assessments if each.grade is Grade.WARN]
    return (*codes, "certificate_unchecked") if worst.grade is Grade.ASK else tuple(codes)


async def may_stamp(authority: x509.Certificate, judge: ValidationContext) -> bool:
    """Whether a time-stamp server's certificate is good now and made for stamping (RFC 3161 2.3)."""
    validator = CertificateValidator(authority, validation_context=judge)
    try:
        await validator.async_validate_usage(set(), {"time_stamping"})
    except (PathError, ValidationError):
        return False
    return True


def _period(leaf: x509.Certificate, now: datetime) -> Assessment:
    since, until = leaf.not_valid_before, leaf.not_valid_after
    if now > until:
        return Assessment("period", Grade.REFUSE, "expired", {"day": f"{until:%d/%m/%Y}"})
    if now < since:
        return Assessment("period", Grade.REFUSE, "not_yet_valid", {"day": f"{since:%d/%m/%Y}"})
    facts = {"since": f"{since:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}"}
    if until - now < _SOON:
        return Assessment("period", Grade.WARN, "expires_soon", facts | {"days": (until - now).days})
    return Assessment("period", Grade.GOOD, "period_good", facts)


def _usage(leaf: x509.Certificate) -> Assessment:
    usage, extended = leaf.key_usage_value, leaf.extended_key_usage_value
    allowed = usage is None or bool(_USES & usage.native)
    if not allowed or (extended is not None and set(extended.native) <= _OTHER_USES):
        return Assessment("usage", Grade.REFUSE, "key_usage")
    return Assessment("usage", Grade.GOOD, "usage_good")


def _algorithm(leaf: x509.Certificate) -> Assessment:
    """TT 15/2025 PL I: RSA from 2048 bits, ECDSA from 256."""
    family, bits = algorithms.key_family(leaf), algorithms.key_bits(leaf)
    minimum = {"rsa": algorithms.RSA_MIN_BITS, "ec": algorithms.EC_MIN_BITS}.get(family)
    facts = {"family": family.upper(), "bits": bits}
    if minimum is None or bits < minimum:
        return Assessment("algorithm", Grade.REFUSE, "weak_key", facts)
    return Assessment("algorithm", Grade.GOOD, "algorithm_good", facts)


async def _chain(
    signer: Signer, leaf: x509.Certificate, judge: ValidationContext | None, known: TrustStore, now: datetime
) -> tuple[Sequence[x509.Certificate], list[Assessment]]:
    """(the chain as far as it was found, what is to be said of chain and revocation)."""
    if judge is None:
        return [leaf], [Assessment("chain", Grade.ASK, "no_trust"), _unchecked()]
    validator = CertificateValidator(leaf, intermediate_certs=signer.cert_registry, validation_context=judge)
    try:
        path = await validator.async_validate_usage(set())
    except RevokedError as error:
        code = "revoked" if error.is_ee_cert else "issuer_revoked"
        facts = {"when": f"{error.revocation_dt:%d/%m/%Y}"}
        return [leaf], [Assessment("revocation", Grade.REFUSE, code, facts)]
    except InsufficientRevinfoError as error:
        found = _upwards(error.original_path)
        return found, [_chain_good(found), why_unknown(found, known, now)]
    except ExpiredError:
        return [leaf], [Assessment("chain", Grade.REFUSE, "issuer_expired")]
    except (PathError, ValidationError):
        return [leaf], [Assessment("chain", Grade.ASK, "chain"), _unchecked()]
    found = _upwards(path)
    return found, [_chain_good(found), status(found, known)]


def _upwards(path: object) -> list[x509.Certificate]:
    """From the signer to the anchor; one object per certificate keeps what was parsed of it."""
    listed = [certificate(each.dump()) for each in path]  # type: ignore[attr-defined]
    return listed[::-1]


def _chain_good(path: Sequence[x509.Certificate]) -> Assessment:
    return Assessment("chain", Grade.GOOD, "chain_good", {"root": describe(path[-1]).subject})


def _unchecked() -> Assessment:
    return Assessment("revocation", Grade.ASK, "revocation")
