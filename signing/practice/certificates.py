"""Certificates of the practice office: shaped like real ones; every name says that they are not real."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOTICE = "THỰC HÀNH - KHÔNG CÓ GIÁ TRỊ"
AGENCY = "UBND xã Mẫu Sơn Đông"

# As in 115 of 119 real end-entity certificates.
_SMARTCARD_LOGON = x509.ObjectIdentifier("1.3.6.1.4.1.311.20.2.2")
_PERSON_EKU = (ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION, _SMARTCARD_LOGON)


@dataclass(frozen=True, slots=True)
class Issuer:
    """A certificate together with its private key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


def new_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """A key of the practice office."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def subject(name: str, unit: str = "") -> x509.Name:
    """A subject whose common name and organisation both carry the notice."""
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.LOCALITY_NAME, "Tỉnh Mẫu"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{AGENCY}, {NOTICE}"),
    ]
    if unit:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, f"{name}, {NOTICE}")])


def root(name: str, start: datetime, end: datetime) -> Issuer:
    """The root of the practice office: it signs itself."""
    key = new_key(3072)
    builder = _builder(subject(name), subject(name), key, start, end)
    return Issuer(_authority(builder, key, None), key)


def authority(name: str, parent: Issuer, crl_url: str, start: datetime, end: datetime) -> Issuer:
    """A certificate authority under `parent`."""
    key = new_key(3072)
    builder = _builder(subject(name), parent.certificate.subject, key, start, end)
    return Issuer(_authority(builder.add_extension(_crl_points(crl_url), False), parent.key, 0), key)


def stamping(name: str, parent: Issuer, crl_url: str, start: datetime, end: datetime) -> Issuer:
    """A time-stamp server directly under the root, as the Government's own stands."""
    key = new_key()
    builder = _builder(subject(name), parent.certificate.subject, key, start, end)
    builder = builder.add_extension(_usage(encipherment=False), True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    return Issuer(_leaf(builder, parent, crl_url), key)


def signing(name: x509.Name, parent: Issuer, crl_url: str, start: datetime, end: datetime) -> Issuer:
    """A certificate of a person or agency that signs."""
    key = new_key()
    builder = _builder(name, parent.certificate.subject, key, start, end)
    builder = builder.add_extension(_usage(encipherment=True), True)
    builder = builder.add_extension(x509.ExtendedKeyUsage(list(_PERSON_EKU)), False)
    return Issuer(_leaf(builder, parent, crl_url), key)


def revocation_list(
    issuer: Issuer, revoked: Iterable[x509.Certificate], since: datetime, start: datetime, end: datetime
) -> x509.CertificateRevocationList:
    """A revocation list of `issuer` (RFC 5280 5)."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(start)
        .next_update(end)
    )
    for certificate in revoked:
        entry = (
            x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(since)
        )
        entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), False)
        builder = builder.add_revoked_certificate(entry.build())
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = builder.add_extension(x509.CRLNumber(1), False).add_extension(identifier, False)
    return builder.sign(issuer.key, hashes.SHA256())


def _builder(
    name: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )


def _authority(
    builder: x509.CertificateBuilder, signed_by: rsa.RSAPrivateKey, length: int | None
) -> x509.Certificate:
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key())
    return (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=length), True)
        .add_extension(_usage(encipherment=False, authority=True), True)
        .add_extension(identifier, False)
        .sign(signed_by, hashes.SHA256())
    )


def _leaf(builder: x509.CertificateBuilder, parent: Issuer, crl_url: str) -> x509.Certificate:
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(parent.key.public_key())
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(_crl_points(crl_url), False)
        .add_extension(identifier, False)
        .sign(parent.key, hashes.SHA256())
    )


def _crl_points(url: str) -> x509.CRLDistributionPoints:
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)
    return x509.CRLDistributionPoints([point])


def _usage(encipherment: bool, authority: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=encipherment,
        data_encipherment=encipherment,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
