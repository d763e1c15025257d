"""Remote keys: CSC v2 against a service of our own, and services that are confirmed on the phone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

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
from signing.identity_csc import CscService
from signing.identity_remote import RemoteIdentity
from signing.model import Level, SealRequest, Secret, SigningRole
from signing.practice import PracticeOffice
from signing.seal import prepare, seal, seal_with
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

    def __call__(self, name: str) -> Secret:
        self.asked.append(name)
        return Secret(self._password if name.startswith(USER) else self._pin)


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

    name = "ký số từ xa"

    def __init__(self, owned: Service, confirms: int) -> None:
        self.chain, self.algorithms = owned.chain, frozenset({PSS})
        self._key, self._confirms = owned.key, confirms
        self._waiting: dict[str, bytes] = {}
        self.withdrawn: list[str] = []
        self.asked = threading.Event()

    def ask(self, digest: bytes, algorithm: SignedDigestAlgorithm) -> str:
        self._waiting["tran-1"] = digest
        return "tran-1"

    def answer(self, ticket: str) -> bytes | None:
        self.asked.set()
        self._confirms -= 1
        if self._confirms != 0:
            return None
        scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        return self._key.sign(self._waiting.pop(ticket), scheme, Prehashed(hashes.SHA256()))

    def withdraw(self, ticket: str) -> None:
        self.withdrawn.append(ticket)


def test_phone_confirms_later(owned: Service, office: PracticeOffice, paper: Path) -> None:
    identity = RemoteIdentity(Phone(owned, 3), threading.Event(), pause_s=0.01)
    seal(paper, paper, REQUEST, identity, office.trust())
    assert_valid(paper, office.trust(), expected=1)


def test_phone_never_confirms(owned: Service, office: PracticeOffice, paper: Path) -> None:
    phone, before = Phone(owned, -1), paper.read_bytes()
    identity = RemoteIdentity(phone, threading.Event(), patience_s=0.05, pause_s=0.01)
    with pytest.raises(AuthorisationExpired):
        seal(paper, paper, REQUEST, identity, office.trust())
    assert paper.read_bytes() == before and phone.withdrawn == ["tran-1"]


def test_person_stops_waiting_for_the_phone(owned: Service, office: PracticeOffice, paper: Path) -> None:
    phone, stop = Phone(owned, -1), threading.Event()
    identity = RemoteIdentity(phone, stop, patience_s=60, pause_s=30)
    threading.Thread(target=lambda: phone.asked.wait(10) and stop.set()).start()
    with pytest.raises(SigningStopped):
        seal(paper, paper, REQUEST, identity, office.trust())
    assert phone.withdrawn == ["tran-1"]
