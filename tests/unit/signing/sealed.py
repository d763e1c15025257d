"""What pyHanko and poppler say of a signed file: the second and third opinion of every signing test."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from asn1crypto import crl, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from signing.trust.store import TrustStore
from tests.unit.signing.papers import poppler_says


def judge(trust: TrustStore, moment: datetime | None = None, with_crls: bool = True) -> ValidationContext:
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in trust.roots],
        other_certs=[x509.Certificate.load(der) for der in trust.intermediates],
        crls=[crl.CertificateList.load(der) for der in trust.crls] if with_crls else [],
        revocation_mode="hard-fail",
        moment=moment,
    )


def assert_valid(path: Path, trust: TrustStore, expected: int) -> None:
    """Every signature is intact, trusted and unharmed by what came after, to pyHanko and to pdfsig."""
    with path.open("rb") as file:
        reader = PdfFileReader(file, strict=True)
        for signature in reader.embedded_regular_signatures:
            status = asyncio.run(async_validate_pdf_signature(signature, judge(trust)))
            assert status.bottom_line, (signature.field_name, status.summary())
        for stamp in reader.embedded_timestamp_signatures:
            verdict = asyncio.run(async_validate_pdf_timestamp(stamp, judge(trust)))
            assert verdict.intact and verdict.valid and verdict.trusted
        assert len(reader.embedded_regular_signatures) == expected
        stamps = len(reader.embedded_timestamp_signatures)
    said = poppler_says(path)
    assert said.count("Signature is Valid.") == expected, said
    assert len(said) == expected + stamps
