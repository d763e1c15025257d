"""PKCS#12 identities: one prompt, PSS or ECDSA, wrong password told apart from a file that is none."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_der_public_key, pkcs12

from signing import locate
from signing.errors import IdentityMissing, PinWrong
from signing.model import Level, PinQuestion, SealRequest, Secret, SigningRole
from signing.practice.office import PracticeOffice
from signing.seal.session import seal
from tests.unit.signing.conftest import refuse
from tests.unit.signing.papers import poppler_says


def test_rsa_signs_with_pss(office: PracticeOffice) -> None:
    address = f"pkcs12:{office.identity_file('clerk')}"
    with locate.identity(address, lambda _: office.password()) as identity:
        signer = identity.signer()
        value = asyncio.run(signer.async_sign_raw(b"data", "sha256"))
        assert signer.signing_cert is not None
        key = load_der_public_key(signer.signing_cert.public_key.dump())
    key.verify(  # type: ignore[union-attr, call-arg]
        value, b"data", padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256()
    )
    with pytest.raises(IdentityMissing):
        identity.signer()


def test_elliptic_curve_signs_valid(tmp_path: Path, paper: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Mẫu EC")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "ec.p12"
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, BestAvailableEncryption(b"1"))
    )
    with locate.identity(f"pkcs12:{file}", lambda _: Secret("1")) as identity:
        seal(paper, paper, SealRequest(SigningRole.SO_HOA, Level.B_B), identity, consent=lambda _: True)
    assert poppler_says(paper) == ["Signature is Valid."]


def test_wrong_password_is_asked_once(office: PracticeOffice) -> None:
    asked: list[str] = []

    def prompt(question: PinQuestion) -> Secret:
        asked.append(question.name)
        return Secret("sai")

    with pytest.raises(PinWrong):
        locate.identity(f"pkcs12:{office.identity_file('clerk')}", prompt)
    assert asked == ["clerk.p12"]


def test_what_is_no_identity_is_missing(tmp_path: Path) -> None:
    junk = tmp_path / "junk.p12"
    junk.write_bytes(b"not a key")
    for address in (f"pkcs12:{junk}", f"pkcs12:{tmp_path}/none.p12", "csc:x", "practice:clerk"):
        with pytest.raises(IdentityMissing):
            locate.identity(address, lambda _: Secret("1"))


def test_practice_needs_no_prompt(practice_home: Path, office: PracticeOffice) -> None:
    assert locate.identity("practice:seal", refuse, practice_home).certificate.subject.startswith("UBND")
