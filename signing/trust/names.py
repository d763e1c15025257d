"""What people need to know of a certificate (TT 15/2025: issuer, signer, managing unit, period)."""

from __future__ import annotations

import hashlib
import re

from asn1crypto import x509

from signing.model import Certificate

# First words of the common name on agencies' certificates, from 119 real ones.
_AGENCY_START = re.compile(
    r"(ủy ban|uỷ ban|ubnd|hội đồng|hđnd|văn phòng|sở|phòng|trung tâm|(chi |tổng )?cục|bộ|ban|công an|trường"
    r"|đảng ủy|thanh tra|viện|chi nhánh|tòa án|kho bạc|thuế)\b"
)


def describe(cert: x509.Certificate) -> Certificate:
    """The facts of a certificate that a screen or a report shows."""
    return Certificate(
        subject=_part(cert.subject, "common_name") or _readable(cert.subject),
        organisation=_unit(cert.subject),
        issuer=_part(cert.issuer, "common_name") or _readable(cert.issuer),
        serial=format(cert.serial_number, "x"),
        not_before=cert.not_valid_before,
        not_after=cert.not_valid_after,
        fingerprint=hashlib.sha256(cert.dump()).hexdigest(),
    )


def is_agency(certificate: Certificate) -> bool:
    """Whether the certificate names an agency; a guess from its name, since no field of it says so."""
    return bool(_AGENCY_START.match(certificate.subject.casefold()))


def _unit(name: x509.Name) -> str:
    """The managing unit: its section, then its organisation, as TT 15/2025 wants it shown."""
    parts = [_part(name, "organizational_unit_name"), _part(name, "organization_name")]
    return ", ".join(part for part in parts if part)


def _part(name: x509.Name, kind: str) -> str:
    try:
        value = name.native.get(kind, "")
    except (ValueError, TypeError):
        return ""
    values = value if isinstance(value, list) else [value]
    return ", ".join(" ".join(str(item).split()) for item in values)


def _readable(name: x509.Name) -> str:
    try:
        return str(name.human_friendly)
    except (ValueError, TypeError):
        return "?"
