"""Remote keys: CSC v2 against a service of our own, and services that are confirmed on the phone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from desktop.workflow.job import Context
from desktop.workflow.sign.files import Signed, Signer, SignFiles, sign_files
from signing import locate
from signing.errors import (
    AuthorisationExpired,
    AuthorisationRefused,
    IdentityMissing,
    PinLocked,
    PinWrong,
    ProofFailed,
    ServiceFailed,
    SigningError,
    SigningStopped,
)
from signing.identities.csc import CscService
from signing.identities.remote import RemoteIdentity
from signing.model import Level, PinQuestion, SealRequest, Secret, SigningRole
from signing.practice.office import PracticeOffice
from signing.seal.session import prepare, seal, seal_with
from tests.fakes.csc_server import CREDENTIAL, PASSWORD, PIN, PSS, RSA_SHA256, USER, Service, serving
from tests.unit.signing.papers import decision
from tests.unit.signing.sealed import assert_valid

REQUEST = SealRequest(SigningRole.KY_DUYET, Level.B_B)


@pytest.fixture(scope="module")
def owned(office: PracticeOffice) -> Service:
    data = office.identity_file("official").read_bytes()
    key, certificate, chain = pkcs12.load_key_and_certificates(data, office.password().reveal().encode())
    assert isinstance(key, rsa.RSAPrivateKey) and certificate is not None
    return Service(key, tuple(each.public_bytes(Encoding.DER) for each in (certificate, *chain)))


@pytest.fixture
def service(owned: Service) -> Service:
    return replace(owned, calls=[], authorised={}, handles={})


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    with serving(service) as base:
        yield f"csc:{base}?user={USER}#{CREDENTIAL}"


class Person:
    """Types what is asked for and remembers the questions."""

    def __init__(self, pin: str = PIN, password: str = PASSWORD) -> None:
        self.asked: list[str] = []
        self._pin, self._password = pin, password

    def __call__(self, question: PinQuestion) -> Secret:
        self.asked.append(question.name)
        return Secret(self._password if question.name.startswith(USER) else self._pin)


def test_batch_signs_with_two_questions(
    address: str, service: Service, office: PracticeOffice, tmp_path: Path
) -> None:
    person = Person()
    with locate.identity(address, person) as identity:
        session = prepare(identity, office.trust())
        for number in range(3):
            paper = decision(tmp_path / f"{number}.pdf")
            seal_with(session, paper, paper, replace(REQUEST, mark=office.mark("official")))
            assert_valid(paper, office.trust(), expected=1)
    assert identity.warnings == () and len(person.asked) == 2
    assert service.calls.count("signatures/signHash") == 3
    with pytest.raises(IdentityMissing):
        identity.signer()


def test_one_authorisation_covers_as_many_as_the_service_allows(
    address: str, service: Service, office: PracticeOffice, tmp_path: Path
) -> None:
    service.multisign, service.polls = 10, 2
    papers = [decision(tmp_path / f"{number}.pdf") for number in range(3)]
    with locate.identity(address, Person()) as identity:
        session = prepare(identity, office.trust())
        assert session.gathering is not None and session.gathering.limit == 10
        works = [partial(seal_with, session, paper, paper, REQUEST) for paper in papers]
        assert [done.result().role for done in session.gathering.run(works)] == [REQUEST.role] * 3
    for paper in papers:
        assert_valid(paper, office.trust(), expected=1)
    calls = [call for call in service.calls if not call.endswith("authorizeCheck")]
    assert calls[-2:] == ["credentials/authorize", "signatures/signHash"] and len(calls) == 4


def test_a_key_without_pss_is_told(
    address: str, service: Service, office: PracticeOffice, paper: Path
) -> None:
    service.algorithms = (RSA_SHA256,)
    with locate.identity(address, Person()) as identity:
        done = seal(paper, paper, REQUEST, identity, office.trust())
    assert done.warnings == ("rsa_pkcs1_v15",)
    assert_valid(paper, office.trust(), expected=1)


def test_owner_agrees_after_a_while(
    address: str, service: Service, office: PracticeOffice, paper: Path
) -> None:
    service.polls = 4
    base = address.removeprefix("csc:").partition("?")[0]
    asked = CscService(base, CREDENTIAL, USER, Person())
    with RemoteIdentity(asked, threading.Event(), pause_s=0.01) as identity:
        seal(paper, paper, REQUEST, identity, office.trust())
    assert service.calls.count("credentials/authorizeCheck") == 4
    assert_valid(paper, office.trust(), expected=1)


def refuse(service: Service) -> None:
    service.refuses = True


def lie(service: Service) -> None:
    service.lies = True


def lock(service: Service) -> None:
    service.tries_left = 1


@pytest.mark.parametrize(
    ("spoil", "pin", "error"),
    [
        (refuse, PIN, AuthorisationRefused),
        (lie, PIN, ProofFailed),
        (None, "000000", PinWrong),
        (lock, "000000", PinLocked),
    ],
)
def test_what_goes_wrong_leaves_the_paper(
    address: str,
    service: Service,
    office: PracticeOffice,
    paper: Path,
    spoil: Callable[[Service], None] | None,
    pin: str,
    error: type[SigningError],
) -> None:
    before = paper.read_bytes()
    if spoil:
        spoil(service)
    with locate.identity(address, Person(pin)) as identity, pytest.raises(error):
        seal(paper, paper, REQUEST, identity, office.trust())
    assert paper.read_bytes() == before and [each.name for each in paper.parent.iterdir()] == [paper.name]


def test_what_keeps_a_service_from_being_used(address: str, service: Service) -> None:
    with pytest.raises(PinWrong):
        locate.identity(address, Person(password="sai"))
    with pytest.raises(ServiceFailed):
        locate.identity(address.replace(CREDENTIAL, "other"), Person())
    service.mode = "oauth2code"
    with pytest.raises(IdentityMissing) as missing:
        locate.identity(address, Person())
    assert missing.value.facts["where"] == "oauth2code"


@pytest.mark.parametrize(
    ("address", "error"),
    [("csc:http://ky-so.example.vn#1", IdentityMissing), ("csc:https://127.0.0.1:1#1", ServiceFailed)],
)
def test_address_without_tls_or_without_anybody(address: str, error: type[SigningError]) -> None:
    with pytest.raises(error):
        locate.identity(address, Person())


class Phone:
    """A hash-signing service that hands out a transaction code and waits for its owner's phone."""

    name, together = "ký số từ xa", 50

    def __init__(self, owned: Service, confirms: int) -> None:
        self.chain, self.algorithms = owned.chain, frozenset({PSS})
        self._key, self._confirms = owned.key, confirms
        self._waiting: dict[str, Sequence[bytes]] = {}
        self.asked_for: list[int] = []
        self.withdrawn: list[str] = []
        self.asked = threading.Event()

    def ask(self, digests: Sequence[bytes], algorithm: SignedDigestAlgorithm) -> str:
        self._waiting["tran-1"] = digests
        self.asked_for.append(len(digests))
        return "tran-1"

    def answer(self, ticket: str) -> Sequence[bytes] | None:
        self.asked.set()
        self._confirms -= 1
        if self._confirms > 0 or self._confirms < -1:
            return None
        scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        asked = self._waiting.pop(ticket)
        return [self._key.sign(digest, scheme, Prehashed(hashes.SHA256())) for digest in asked]

    def withdraw(self, ticket: str) -> None:
        self.withdrawn.append(ticket)


def test_phone_confirms_later(owned: Service, office: PracticeOffice, paper: Path) -> None:
    identity = RemoteIdentity(Phone(owned, 3), threading.Event(), pause_s=0.01)
    seal(paper, paper, REQUEST, identity, office.trust())
    assert_valid(paper, office.trust(), expected=1)


def signer(tmp_path: Path, office: PracticeOffice) -> Signer:
    return Signer("phone:", SigningRole.KY_DUYET, Level.B_B, (office.folder / "trust",), tmp_path / "home")


def batch(monkeypatch: pytest.MonkeyPatch, phone: Phone, signer: Signer, papers: list[Path]) -> list[Signed]:
    opened = RemoteIdentity(phone, threading.Event(), patience_s=60, pause_s=0.01)
    monkeypatch.setattr(locate, "identity", lambda *_: opened)
    return list(sign_files(SignFiles(tuple(papers), tuple(papers), signer), Context()).value)


def test_one_confirmation_on_the_phone_signs_the_whole_batch(
    owned: Service, office: PracticeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [decision(tmp_path / f"{number}.pdf") for number in range(4)]
    papers[2].write_bytes(b"%PDF-1.7 broken")
    phone = Phone(owned, 3)
    done = batch(monkeypatch, phone, signer(tmp_path, office), papers)
    assert phone.asked_for == [3]
    assert [entry.problem.code if entry.problem else "" for entry in done] == [
        "",
        "",
        "not_signable_not_pdf",
        "",
    ]
    for paper in (papers[0], papers[1], papers[3]):
        assert_valid(paper, office.trust(), expected=1)


def test_a_batch_larger_than_one_agreement_asks_again(
    owned: Service, office: PracticeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [decision(tmp_path / f"{number}.pdf") for number in range(3)]
    phone = Phone(owned, 1)
    phone.together = 2
    done = batch(monkeypatch, phone, signer(tmp_path, office), papers)
    assert phone.asked_for == [2, 1] and all(entry.sealed for entry in done)


def test_a_refusal_leaves_every_paper_of_the_batch(
    owned: Service, office: PracticeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [decision(tmp_path / f"{number}.pdf") for number in range(3)]
    before = [paper.read_bytes() for paper in papers]
    phone = Phone(owned, 1)
    phone.together = 2

    def refused(ticket: str) -> None:
        raise AuthorisationRefused(name=phone.name)

    monkeypatch.setattr(phone, "answer", refused)
    done = batch(monkeypatch, phone, signer(tmp_path, office), papers)
    codes = [entry.problem.code for entry in done if entry.problem]
    assert codes == ["authorisation_refused", "authorisation_refused", "sign_not_reached"]
    assert [paper.read_bytes() for paper in papers] == before


def test_phone_never_confirms(owned: Service, office: PracticeOffice, paper: Path) -> None:
    phone, before = Phone(owned, -2), paper.read_bytes()
    identity = RemoteIdentity(phone, threading.Event(), patience_s=0.05, pause_s=0.01)
    with pytest.raises(AuthorisationExpired):
        seal(paper, paper, REQUEST, identity, office.trust())
    assert paper.read_bytes() == before and phone.withdrawn == ["tran-1"]


def test_person_stops_waiting_for_the_phone(owned: Service, office: PracticeOffice, paper: Path) -> None:
    phone, stop = Phone(owned, -2), threading.Event()
    identity = RemoteIdentity(phone, stop, patience_s=60, pause_s=30)
    threading.Thread(target=lambda: phone.asked.wait(10) and stop.set()).start()
    with pytest.raises(SigningStopped):
        seal(paper, paper, REQUEST, identity, office.trust())
    assert phone.withdrawn == ["tran-1"]
