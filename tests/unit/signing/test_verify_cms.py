"""The container of a signature, taken apart: tampered time stamps, contradictions, odd keys."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from asn1crypto import cms, keys, tsp
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from signing.keys import algorithms
from signing.model import Content, Level, SealRequest, SigningRole, Verdict
from signing.ports import TimeStampAuthority
from signing.practice.office import PracticeOffice
from signing.seal.session import seal
from signing.verify import cms as verify_cms
from signing.verify.file import verify
from tests.unit.signing.attacked import authority
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


Attributes = list[cms.CMSAttribute]


def _values(attributes: Attributes, kind: str, values: list[object]) -> Attributes:
    return [
        cms.CMSAttribute({"type": kind, "values": values}) if each["type"].native == kind else each
        for each in attributes
    ]


def _without(kind: str) -> Callable[[Attributes], Attributes]:
    return lambda attributes: [each for each in attributes if each["type"].native != kind]


def _other_certificate(attributes: Attributes) -> Attributes:
    bound = tsp.SigningCertificateV2({"certs": [{"cert_hash": bytes(32)}]})
    return _values(attributes, "signing_certificate_v2", [bound])


SIGNED_ANEW: dict[str, tuple[Callable[[Attributes], Attributes], str, str | None]] = {
    "the same": (list, "intact", None),
    "no digest": (_without("message_digest"), "broken", "cms_inconsistent"),
    "no kind of content": (_without("content_type"), "broken", "cms_inconsistent"),
    "digest twice": (
        lambda found: [*found, *map(cms.CMSAttribute.copy, found)],
        "broken",
        "cms_inconsistent",
    ),
    "two digests in one": (
        lambda found: _values(found, "message_digest", [hashlib.sha256(DATA).digest(), bytes(32)]),
        "broken",
        "cms_inconsistent",
    ),
    "another digest": (
        lambda found: _values(found, "message_digest", [bytes(32)]),
        "broken",
        "digest_differs",
    ),
    "another kind of content": (
        lambda found: _values(found, "content_type", ["signed_data"]),
        "broken",
        "cms_inconsistent",
    ),
    "bound to another certificate": (_other_certificate, "broken", "cms_inconsistent"),
    "bound to no certificate": (_without("signing_certificate_v2"), "intact", "certificate_not_bound"),
}
DATA = b"van ban"


@pytest.mark.parametrize("kind", SIGNED_ANEW)
def test_signed_attributes_must_be_whole(kind: str) -> None:
    """Each signature value is right: a signer's program, or an attacker's, made attributes like these."""
    edit, integrity, code = SIGNED_ANEW[kind]
    who = authority()
    digest = hashlib.sha256(DATA).digest()
    made = asyncio.run(who.signer.async_sign(digest, "sha256", use_pades=True))
    info = made["content"]["signer_infos"][0]
    attributes = cms.CMSAttributes(edit([each.copy() for each in info["signed_attrs"]]))
    info["signed_attrs"] = attributes
    info["signature"] = who.signer.sign_raw(attributes.dump(), "sha256")
    check = verify_cms.check(made.dump(force=True), lambda name: digest, "ETSI.CAdES.detached")
    assert check.integrity == integrity
    codes = {reason.code for reason in (*check.reasons, *check.warnings)} - {"cms_not_der"}
    assert codes == ({code} if code else set())


def test_a_container_without_signers_signs_nothing(stamped: Path) -> None:
    _, der = container(stamped.read_bytes())
    info = cms.ContentInfo.load(der)
    info["content"]["signer_infos"] = cms.SignerInfos([])
    check = verify_cms.check(info.dump(force=True), lambda name: b"", "ETSI.CAdES.detached")
    assert (check.integrity, check.reasons[0].code) == ("broken", "cms_signers")


def test_a_weak_hash_inside_the_signature_is_told(stamped: Path, office: PracticeOffice) -> None:
    _, der = container(stamped.read_bytes())
    signed_data = cms.ContentInfo.load(der)["content"]
    info = signed_data["signer_infos"][0]
    info["signature_algorithm"] = {"algorithm": "sha1_rsa"}
    signer = signed_data["certificates"][0].chosen
    assert "weak_hash_sha1" in {reason.code for reason in algorithms.weaknesses(info, signer)}


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
    """Estonian cards of 2011 lack the leading zero: pyHanko fails on their logarithm."""
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
    assert algorithms.hashed(name, b"ab") == hashlib.new(name, b"ab").digest()
    assert algorithms.hashed("shake256", b"ab") == hashlib.shake_256(b"ab").digest(64)
    with pytest.raises(ValueError, match="unsupported"):
        algorithms.hashed("rot13", b"")
