"""Before signing: what is bad refuses, what cannot be checked asks and says why, all of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from signing.errors import CertificateRefused, StatusUnknown
from signing.keys.software_key import SoftwareSigner
from signing.practice.certificates import Issuer, authority, revocation_list, root, subject
from signing.presign import certificate_check
from signing.presign.model import CertificateCheck, Grade
from signing.seal.session import withheld
from signing.trust.store import TrustStore

DAY = timedelta(days=1)
NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Office:
    """A root, an issuer and one official."""

    top: Issuer
    issuer: Issuer
    official: Issuer


@cache
def office(lasts_days: int = 300) -> Office:
    since, until = NOW - 9 * DAY, NOW + 900 * DAY
    top = root("gốc", since, until)
    issuer = authority("cấp", top, "http://ca.invalid/a.crl", since, until)
    return Office(top, issuer, leaf(issuer, NOW + lasts_days * DAY))


def leaf(issuer: Issuer, until: datetime, bits: int = 2048) -> Issuer:
    """As real ones: with the address of a status server (pyHanko reads no OCSP answer without one)."""
    key = rsa.generate_private_key(65537, bits)
    parent = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    server = x509.AccessDescription(
        x509.AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.invalid")
    )
    builder = x509.CertificateBuilder().subject_name(subject("Nguyễn Văn Mẫu"))
    builder = builder.issuer_name(issuer.certificate.subject).serial_number(x509.random_serial_number())
    builder = builder.public_key(key.public_key()).not_valid_before(NOW - 9 * DAY).not_valid_after(until)
    builder = builder.add_extension(x509.AuthorityInformationAccess([server]), False)
    return Issuer(builder.add_extension(parent, False).sign(issuer.key, hashes.SHA256()), key)


def lists(made: Office, age: timedelta = DAY, revoked: Sequence[Issuer] = ()) -> tuple[bytes, ...]:
    """A current list of the root and one of the issuer that runs a day from `age` ago."""
    of_top = revocation_list(made.top, (), NOW - DAY, NOW - DAY, NOW + DAY)
    gone = [each.certificate for each in revoked]
    of_issuer = revocation_list(made.issuer, gone, NOW - DAY, NOW - age, NOW - age + 2 * DAY)
    return of_top.public_bytes(Encoding.DER), of_issuer.public_bytes(Encoding.DER)


def answer(made: Office, status: ocsp.OCSPCertStatus) -> bytes:
    builder = ocsp.OCSPResponseBuilder().add_response(
        made.official.certificate, made.issuer.certificate, hashes.SHA1(), status, NOW - DAY, NOW + DAY,
        NOW - DAY if status is ocsp.OCSPCertStatus.REVOKED else None, None,
    )  # fmt: skip
    signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, made.issuer.certificate)
    return signed.sign(made.issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def store(made: Office, crls: tuple[bytes, ...], ocsps: tuple[bytes, ...] = ()) -> TrustStore:
    ders = [each.certificate.public_bytes(Encoding.DER) for each in (made.top, made.issuer)]
    return TrustStore((ders[0],), (ders[1],), crls, ocsps)


def checked(who: Issuer, known: TrustStore) -> CertificateCheck:
    own = asn1.Certificate.load(who.certificate.public_bytes(Encoding.DER))
    judge = certificate_check.context(known) if known.roots else None
    return certificate_check.check(SoftwareSigner(who.key, own, ()), known, judge)


def codes(found: CertificateCheck) -> list[str]:
    return [each.code for each in found.assessments]


def test_good_by_list_keeps_what_it_rests_on() -> None:
    made = office()
    foreign = lists(office(299))[1]
    found = checked(made.official, store(made, (*lists(made), foreign)))
    assert codes(found) == ["period_good", "usage_good", "algorithm_good", "chain_good", "revocation_crl"]
    assert found.grade is Grade.GOOD and certificate_check.enforce(found, False) == ()
    assert len(found.path) == 3 and found.crls == lists(made)


def test_good_by_an_answer_of_today() -> None:
    made = office()
    crls = lists(made)[:1]
    found = checked(made.official, store(made, crls, (answer(made, ocsp.OCSPCertStatus.GOOD),)))
    assert codes(found)[-1] == "revocation_ocsp" and found.grade is Grade.GOOD
    assert len(found.ocsps) == 1 and found.crls == crls


@pytest.mark.parametrize(
    ("crls", "status", "code"),
    [
        ((), None, "revocation"),
        ("old", None, "crl_expired"),
        ("root", ocsp.OCSPCertStatus.UNKNOWN, "ocsp_unknown"),
    ],
)
def test_what_cannot_be_told_asks_and_says_why(
    crls: str | tuple[bytes, ...], status: ocsp.OCSPCertStatus | None, code: str
) -> None:
    made = office()
    given = {"old": lists(made, 5 * DAY), "root": lists(made)[:1]}.get(str(crls), ())
    answers = (answer(made, status),) if status else ()
    found = checked(made.official, store(made, given, answers))
    assert codes(found)[-2:] == ["chain_good", code]
    with pytest.raises(StatusUnknown) as unknown:
        certificate_check.enforce(found, withheld)
    assert unknown.value.facts["reason"] == code and unknown.value.code.startswith("certificate_unchecked")
    assert certificate_check.enforce(found, lambda _: True) == ("certificate_unchecked",)


@pytest.mark.parametrize("by", ["list", "answer"])
def test_revoked_refuses_even_who_accepts_the_unchecked(by: str) -> None:
    made = office()
    crls = lists(made, revoked=[made.official]) if by == "list" else lists(made)[:1]
    answers = () if by == "list" else (answer(made, ocsp.OCSPCertStatus.REVOKED),)
    found = checked(made.official, store(made, crls, answers))
    with pytest.raises(CertificateRefused) as refused:
        certificate_check.enforce(found, lambda _: True)
    assert refused.value.code == "certificate_revoked"


def test_without_roots_and_without_chain() -> None:
    made = office()
    assert codes(checked(made.official, TrustStore()))[-2:] == ["no_trust", "revocation"]
    other = store(office(299), ())
    assert codes(checked(made.official, replace(other, crls=lists(made))))[-2:] == ["chain", "revocation"]


def test_soon_expired_warns_and_weak_key_refuses() -> None:
    made = office()
    soon = checked(leaf(made.issuer, NOW + 7 * DAY), store(made, lists(made)))
    assert certificate_check.enforce(soon, False) == ("expires_soon",)
    weak = leaf(made.issuer, NOW + 99 * DAY, bits=1024)
    with pytest.raises(CertificateRefused) as refused:
        certificate_check.enforce(checked(weak, store(made, lists(made))), False)
    assert refused.value.code == "certificate_weak_key"
