"""Who signed, when, and was the certificate good then: each answer from a file made for it."""

from __future__ import annotations

import hashlib
import random
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.sign.fields import SigSeedSubFilter

from signing.keys.algorithms import fresh_hash
from signing.model import Content, FileVerdict, SignatureVerdict, Trust, Verdict
from signing.pdf import byteranges
from signing.trust.store import TrustStore
from signing.verify import report
from signing.verify.file import verify
from tests.unit.signing.attacked import (
    NOW,
    Authority,
    authority,
    build,
    certificate,
    name,
    sign,
    sign_often,
    software_signer,
)


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


def judge(tmp_path: Path, data: bytes, trust: TrustStore) -> FileVerdict:
    file = tmp_path / "file.pdf"
    file.write_bytes(data)
    return verify(file, trust)


def codes(signature: SignatureVerdict) -> set[str]:
    return {reason.code for reason in (*signature.reasons, *signature.warnings)}


def test_all_is_known_and_good(tmp_path: Path, who: Authority) -> None:
    verdict = judge(tmp_path, sign(build(), who), who.trust)
    signature = verdict.signatures[0]
    assert (verdict.content, verdict.trust, verdict.verdict) == (
        Content.AS_SIGNED,
        Trust.TRUSTED,
        Verdict.VALID,
    )
    assert (signature.integrity, signature.chain, signature.revocation) == ("intact", Trust.TRUSTED, "good")
    assert signature.signer is not None
    assert (signature.signer.subject, signature.signer.issuer) == ("Nguyễn Văn Mẫu", "CA MẪU")
    assert signature.time_source == "signer_clock"
    assert codes(signature) == {"time_not_proven"}
    assert [each.subject for each in signature.path] == ["Nguyễn Văn Mẫu", "CA MẪU"]
    assert signature.covered_bytes == (tmp_path / "file.pdf").stat().st_size


def test_what_was_signed_is_a_prefix_of_the_file(tmp_path: Path, who: Authority) -> None:
    once = sign(build(), who)
    verdict = judge(tmp_path, sign(once, who, "Hai"), who.trust)
    ends = [signature.covered_bytes for signature in verdict.signatures]
    assert ends == [len(once), (tmp_path / "file.pdf").stat().st_size]


def test_unknown_status_is_never_folded_into_valid(tmp_path: Path, who: Authority) -> None:
    verdict = judge(tmp_path, sign(build(), who), TrustStore(who.trust.roots))
    assert (verdict.trust, verdict.verdict) == (Trust.TRUSTED, Verdict.UNDETERMINED)
    assert verdict.signatures[0].revocation == "not_checked"
    assert "revocation_not_checked" in codes(verdict.signatures[0])


def test_a_root_in_the_document_is_no_anchor(tmp_path: Path, who: Authority) -> None:
    """The signature brings its root along; without it in the store the chain stays unknown."""
    verdict = judge(tmp_path, sign(build(), who), TrustStore())
    assert (verdict.content, verdict.trust, verdict.verdict) == (
        Content.AS_SIGNED,
        Trust.UNKNOWN,
        Verdict.UNDETERMINED,
    )
    assert "chain_unknown" in codes(verdict.signatures[0])


def test_a_root_of_the_same_name_is_another_root(tmp_path: Path, who: Authority) -> None:
    verdict = judge(tmp_path, sign(build(), authority()), who.trust)
    assert verdict.trust is not Trust.TRUSTED
    assert verdict.verdict is not Verdict.VALID


def test_a_signer_cannot_issue_certificates(tmp_path: Path, who: Authority) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    middle_key = ec.generate_private_key(ec.SECP256R1())
    middle = certificate(
        name("Không phải CA"), who.root.subject, middle_key, who.root_key, NOW - timedelta(days=9)
    )
    leaf = certificate(name("Kẻ Gian"), middle.subject, key, middle_key, NOW - timedelta(days=2))
    forger = Authority(who.root, who.root_key, software_signer(leaf, key, (middle, who.root)), leaf)
    verdict = judge(tmp_path, sign(build(), forger), who.trust)
    assert verdict.trust is Trust.UNTRUSTED
    assert verdict.verdict is Verdict.INVALID


def test_chains_that_loop_end(tmp_path: Path, who: Authority) -> None:
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    start = NOW - timedelta(days=9)
    one = certificate(name("Một"), name("Hai"), keys[0], keys[1], start, ca=True)
    two = certificate(name("Hai"), name("Một"), keys[1], keys[0], start, ca=True)
    leaf = certificate(name("Vòng"), name("Một"), keys[2], keys[0], start)
    looped = Authority(who.root, who.root_key, software_signer(leaf, keys[2], (one, two)), leaf)
    verdict = judge(tmp_path, sign(build(), looped), who.trust)
    assert verdict.trust is Trust.UNKNOWN


def test_expired_when_it_signed(tmp_path: Path) -> None:
    old = authority(NOW - timedelta(days=90), NOW - timedelta(days=5))
    verdict = judge(tmp_path, sign(build(), old), old.trust)
    assert (verdict.trust, verdict.verdict) == (Trust.UNTRUSTED, Verdict.INVALID)
    assert "certificate_expired_then" in codes(verdict.signatures[0])


def test_not_yet_valid_when_it_signed(tmp_path: Path) -> None:
    early = authority(NOW + timedelta(days=5))
    verdict = judge(tmp_path, sign(build(), early), early.trust)
    assert "certificate_not_yet_valid_then" in codes(verdict.signatures[0])


def test_expired_now_but_good_then_is_said(tmp_path: Path, who: Authority) -> None:
    file = tmp_path / "file.pdf"
    file.write_bytes(sign(build(), who))
    verdict = verify(file, who.trust, at=NOW + timedelta(days=301))
    assert verdict.signatures[0].chain is Trust.TRUSTED
    assert "expired_now_unproven_then" in codes(verdict.signatures[0])


@pytest.mark.parametrize(("days", "verdict"), [(-1, Verdict.INVALID), (1, Verdict.UNDETERMINED)])
def test_revoked_certificates(days: int, verdict: Verdict, tmp_path: Path, who: Authority) -> None:
    """Without a time stamp nothing proves that the signature is older than a later revocation."""
    crl = who.crl(who.certificate, NOW + timedelta(days=days))
    file = tmp_path / "file.pdf"
    file.write_bytes(sign(build(), who))
    found = verify(file, TrustStore(who.trust.roots, crls=(crl,)), at=NOW + timedelta(days=2))
    assert found.verdict is verdict
    assert {"certificate_revoked", "revoked_later_unproven"} & codes(found.signatures[0])


def test_sha1_is_a_weakness_and_no_forgery(tmp_path: Path, who: Authority) -> None:
    signature = judge(tmp_path, sign(build(), who, digest="sha1"), who.trust).signatures[0]
    assert signature.integrity == "intact"
    assert any("sha1" in code for code in codes(signature))
    assert signature.verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("subfilter", "code"),
    [(b"/adbe.x509.rsa_sha1 ", "subfilter_rsa_sha1"), (b"/adbe.x509.unheard-of", "subfilter_unsupported")],
)
def test_an_unknown_kind_is_said_to_be_there(
    tmp_path: Path, who: Authority, subfilter: bytes, code: str
) -> None:
    signed = sign(build(), who, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    other = signed.replace(b"/adbe.pkcs7.detached", subfilter[:20].ljust(20))
    verdict = judge(tmp_path, other, who.trust)
    assert (verdict.content, verdict.verdict) == (Content.UNCHECKED, Verdict.UNDETERMINED)
    assert code in codes(verdict.signatures[0])


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file_unreadable"), (b"not a pdf", "file_not_pdf"), (b"%PDF-1.7\n%%EOF\n", "file_not_pdf")],
)
def test_files_that_are_none(content: bytes, code: str, tmp_path: Path) -> None:
    verdict = judge(tmp_path, content, TrustStore())
    assert (verdict.content, verdict.verdict) == (Content.UNCHECKED, Verdict.UNDETERMINED)
    assert [reason.code for reason in verdict.reasons] == [code]


def test_a_missing_file_and_an_unsigned_one(tmp_path: Path) -> None:
    assert verify(tmp_path / "nowhere.pdf", TrustStore()).reasons[0].code == "file_unreadable"
    unsigned = judge(tmp_path, build(), TrustStore())
    assert (unsigned.content, unsigned.verdict) == (Content.UNSIGNED, Verdict.UNSIGNED)


def test_the_report_has_the_fields_of_the_law(tmp_path: Path, who: Authority) -> None:
    """TT 15/2025: issuer, signer, unit, time, integrity, validity then, period of the certificate."""
    verdict = judge(tmp_path, sign(build(), who), who.trust)
    entry = report.to_json("x.pdf", verdict, lambda key, facts: key)
    assert (entry["file"], entry["error"], entry["content"], entry["verdict"]) == (
        "x.pdf",
        None,
        "as_signed",
        "valid",
    )
    signature = entry["signatures"][0]
    for key in ("field", "signer", "issuer", "unit", "signing_time", "time_source", "integrity", "chain"):
        assert signature[key] is not None
    assert signature["certificate"]["not_after"] > signature["certificate"]["not_before"]
    assert signature["reasons"] == [{"code": "time_not_proven", "text": "reason.time_not_proven"}]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(1, 8))
def test_mutations_are_answered_and_never_as_signed(
    tmp_path: Path, who: Authority, seed: int, count: int
) -> None:
    """Signed bytes, flipped at random: no exception, and nothing changed is ever called as signed."""
    original = _signed_once(who)
    mutated = bytearray(original)
    chance = random.Random(seed)
    places = [chance.randrange(len(mutated)) for _ in range(count)]
    for place in places:
        mutated[place] = chance.randrange(256)
    verdict = judge(tmp_path, bytes(mutated), who.trust)
    start, end = _hole(original)
    covered = any(mutated[place] != original[place] and not start <= place < end for place in places)
    if covered:
        assert verdict.content not in {Content.AS_SIGNED, Content.ALLOWED_CHANGES}
        assert verdict.verdict is not Verdict.VALID


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1))
def test_cuts_and_repeats_are_answered(tmp_path: Path, who: Authority, seed: int) -> None:
    """Pieces of a file taken out, doubled or put elsewhere: always an answer."""
    data = _signed_once(who)
    chance = random.Random(seed)
    start, length, to = chance.randrange(len(data)), chance.randrange(1, 4000), chance.randrange(len(data))
    piece = data[start : start + length]
    cut = data[:start] + data[start + length :] if chance.random() < 0.5 else data
    changed = cut[:to] + piece + cut[to:]
    verdict = judge(tmp_path, changed, who.trust)
    assert verdict.verdict is not Verdict.VALID or changed.rstrip() == data.rstrip()


_MADE: dict[int, bytes] = {}


def _signed_once(who: Authority) -> bytes:
    return _MADE.setdefault(id(who), sign(build(), who))


def _hole(data: bytes) -> tuple[int, int]:
    start = data.index(b"/Contents <") + len(b"/Contents ")
    return start, data.index(b">", start) + 1


def test_der_of_the_authority_is_what_the_store_holds(who: Authority) -> None:
    assert who.trust.roots == (who.root.public_bytes(Encoding.DER),)


def test_many_signatures_are_judged_in_one_reading_of_the_file(
    tmp_path: Path, who: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sign_often(build(), who, 25)
    fed = 0

    class Counting:
        """A hash that counts what it and its copies are given."""

        def __init__(self, state: hashlib._Hash) -> None:
            self._state = state

        def update(self, part: memoryview) -> None:
            nonlocal fed
            fed += len(part)
            self._state.update(part)

        def copy(self) -> Counting:
            return Counting(self._state.copy())

        def __getattr__(self, name: str) -> object:
            return getattr(self._state, name)

    monkeypatch.setattr(byteranges, "fresh_hash", lambda name: Counting(fresh_hash(name)))
    verdict = judge(tmp_path, data, who.trust)
    assert len(verdict.signatures) == 25
    assert (verdict.content, verdict.verdict) == (Content.ALLOWED_CHANGES, Verdict.VALID)
    assert len(data) / 2 < fed < 1.5 * len(data)
