"""The certificate is checked before it signs: dates, use, chain, revocation (TT 15/2025 K1, RULES R14)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

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
from signing.names import describe
from signing.trust import TrustStore

_USES = frozenset({"digital_signature", "non_repudiation"})
_OTHER_USES = frozenset({"time_stamping", "ocsp_signing", "server_auth", "code_signing"})


def context(trust: TrustStore) -> ValidationContext:
    """What certificates are judged by now, from the store alone: nothing is fetched."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in trust.roots],
        other_certs=[x509.Certificate.load(der) for der in trust.intermediates],
        crls=[crl.CertificateList.load(der) for der in trust.crls],
        ocsps=[ocsp.OCSPResponse.load(der) for der in trust.ocsps],
        revocation_mode="require",
        allow_fetching=False,
    )


def check(signer: Signer, judge: ValidationContext | None, accept_unchecked: bool) -> tuple[str, ...]:
    """Codes of what the signer must be told. Raises CertificateRefused or StatusUnknown."""
    certificate = signer.signing_cert
    if certificate is None:
        raise CertificateRefused(reason="missing")
    _check_dates(certificate)
    _check_use(certificate)
    try:
        if judge is None:
            raise StatusUnknown(name=describe(certificate).subject, reason="no_trust")
        asyncio.run(_check_path(signer, certificate, judge))
    except StatusUnknown:
        if not accept_unchecked:
            raise
        return ("certificate_unchecked",)
    return ()


def _check_dates(certificate: x509.Certificate) -> None:
    facts = describe(certificate)
    now = datetime.now(UTC)
    if now > facts.not_after:
        raise CertificateRefused(name=facts.subject, reason="expired", day=f"{facts.not_after:%d/%m/%Y}")
    if now < facts.not_before:
        raise CertificateRefused(
            name=facts.subject, reason="not_yet_valid", day=f"{facts.not_before:%d/%m/%Y}"
        )


def _check_use(certificate: x509.Certificate) -> None:
    usage = certificate.key_usage_value
    extended = certificate.extended_key_usage_value
    allowed = usage is None or bool(_USES & usage.native)
    if not allowed or (extended is not None and set(extended.native) <= _OTHER_USES):
        raise CertificateRefused(name=describe(certificate).subject, reason="key_usage")


async def _check_path(signer: Signer, certificate: x509.Certificate, judge: ValidationContext) -> None:
    name = describe(certificate).subject
    validator = CertificateValidator(
        certificate, intermediate_certs=signer.cert_registry, validation_context=judge
    )
    try:
        path = await validator.async_validate_usage(set())
    except RevokedError as error:
        raise CertificateRefused(name=name, reason="revoked") from error
    except ExpiredError as error:
        raise CertificateRefused(name=name, reason="issuer_expired") from error
    except InsufficientRevinfoError as error:
        raise StatusUnknown(name=name, reason="revocation") from error
    except (PathError, ValidationError) as error:
        raise StatusUnknown(name=name, reason="chain") from error
    # The chain goes into the signature: 113 of 119 real ones carry the leaf alone and need a network.
    signer.cert_registry.register_multiple(path)
