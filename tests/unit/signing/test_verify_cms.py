"""The container of a signature, taken apart: tampered time stamps, contradictions, odd keys."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from asn1crypto import cms, keys
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from signing import algorithms, verify_cms
from signing.model import Content, Level, SealRequest, SigningRole, Verdict
from signing.ports import TimeStampAuthority
from signing.practice import PracticeOffice
from signing.seal import seal
from signing.verify import verify
from tests.unit.signing.conftest import OpenIdentity


@pytest.fixture
def stamped(
    tmp_path: Path, paper: Path, office: PracticeOffice, identity: OpenIdentity, tsa: TimeStampAuthority
) -> Path:
    out = tmp_path / "stamped.pdf"
    request = SealRequest(SigningRole.KY_DUYET, Level.B_T, office.mark("official"))
    seal(paper, out, request, identity("official"), office.trust(), tsa)
    return out


def container(data: bytes) -> tuple[int, bytes]:
    start = data.index(b"/Contents <") + len(b"/Contents <")
    end = data.index(b">", start)
    return start, bytes.fromhex(data[start:end].decode())


def put(path: Path, change: bytes) -> None:
    data = path.read_bytes()
    start, der = container(data)
    path.write_bytes(
        data[:start] + change.ljust(len(der), b"\0").hex().encode() + data[start + 2 * len(der) :]
    )


def test_the_stamp_is_the_only_trusted_time(stamped: Path, office: PracticeOffice) -> None:
    verdict = verify(stamped, office.trust())
    assert (verdict.content, verdict.verdict) == (Content.AS_SIGNED, Verdict.VALID)
    assert verdict.signatures[0].time_source == "timestamp"


def test_a_tampered_stamp_is_an_alteration(stamped: Path, office: PracticeOffice) -> None:
    """The token stands outside the signed bytes: its time is changed by a year, everything else is kept."""
    _, der = container(stamped.read_bytes())
    at = der.index(b"\x18", der.index(b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04"))
    year = der.index(b"20", at)
    put(stamped, der[:year] + b"2011" + der[year + 4 :])
    verdict = verify(stamped, office.trust())
    assert verdict.content is Content.ALTERED
    assert "timestamp_broken" in {reason.code for reason in verdict.signatures[0].warnings}
    assert verdict.signatures[0].time_source == "signer_clock"


def test_two_signers_cannot_be_checked(stamped: Path, office: PracticeOffice) -> None:
    _, der = container(stamped.read_bytes())
    info = cms.ContentInfo.load(der)
    signed_data = info["content"]
    twice = cms.SignerInfos([signed_data["signer_infos"][0], signed_data["signer_infos"][0].copy()])
    signed_data["signer_infos"] = twice
    check = verify_cms.check(info.dump(), lambda name: b"", "ETSI.CAdES.detached")
    assert (check.integrity, check.reasons[0].code) == ("unchecked", "cms_signers")


@pytest.mark.parametrize("junk", [b"", b"\x30\x80", b"\x30\x03\x02\x01\x01", bytes(200)])
def test_junk_is_broken(junk: bytes) -> None:
    assert verify_cms.check(junk, lambda name: b"", "adbe.pkcs7.detached").integrity == "broken"
    assert verify_cms.check_token(junk, lambda name: b"").state == "broken"


def test_pss_must_name_one_hash(stamped: Path) -> None:
    """RFC 4056: a signature whose parameters name another hash than its digest is no correct one."""
    _, der = container(stamped.read_bytes())
    info = cms.ContentInfo.load(der)["content"]["signer_infos"][0]
    assert algorithms.contradiction(info) is None
    info["digest_algorithm"] = {"algorithm": "sha512"}
    assert algorithms.contradiction(info) == "rsassa_pss/sha256/sha512"


def test_a_negative_modulus_is_read_as_written() -> None:
    """Estonian cards of 2011 lack the leading zero: pyHanko fails on their logarithm (SIGNATURES 2)."""
    key = rsa.generate_private_key(65537, 2048).public_key()
    proper = keys.PublicKeyInfo.load(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    modulus = proper["public_key"].parsed["modulus"].native
    odd = keys.PublicKeyInfo(
        {
            "algorithm": proper["algorithm"],
            "public_key": keys.RSAPublicKey({"modulus": modulus - (1 << 2048), "public_exponent": 65537}),
        }
    )
    odd = keys.PublicKeyInfo.load(odd.dump())
    assert odd["public_key"].parsed["modulus"].native < 0
    assert algorithms.positive_modulus(odd)["public_key"].parsed["modulus"].native == modulus


@pytest.mark.parametrize("name", ["sha1", "sha256", "sha3_256", "sha512"])
def test_hashes_by_the_names_of_cms(name: str) -> None:
    assert algorithms.hashed(name, [b"a", b"b"]) == hashlib.new(name, b"ab").digest()
    assert algorithms.hashed("shake256", b"ab") == hashlib.shake_256(b"ab").digest(64)
    with pytest.raises(ValueError, match="unsupported"):
        algorithms.hashed("rot13", b"")
