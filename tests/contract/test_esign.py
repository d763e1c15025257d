"""What our connector asks of the eSign gateway, against a stand-in: it has not met the real one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from desktop import settings
from desktop.workflow.job import Context
from desktop.workflow.problems import StepFailed
from desktop.workflow.sign.files import Signer, SignFiles, sign_files
from signing import locate
from signing.errors import (
    AuthorisationExpired,
    AuthorisationRefused,
    IdentityMissing,
    PinWrong,
    ServiceFailed,
)
from signing.identities.esign import EsignService
from signing.identities.remote import RemoteIdentity
from signing.model import Level, PinQuestion, SealRequest, Secret, SigningRole
from signing.practice.office import PracticeOffice
from signing.seal.session import prepare, seal_with
from tests.fakes.esign_gateway import ACCOUNT, PASSWORD, SP, Gateway, serving
from tests.unit.signing.papers import decision
from tests.unit.signing.sealed import assert_valid


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> PracticeOffice:
    return locate.practice(tmp_path_factory.mktemp("office"))


@pytest.fixture
def gateway(office: PracticeOffice) -> Gateway:
    data = office.identity_file("official").read_bytes()
    key, certificate, chain = pkcs12.load_key_and_certificates(data, office.password().reveal().encode())
    assert isinstance(key, rsa.RSAPrivateKey) and certificate is not None
    return Gateway(key, tuple(each.public_bytes(Encoding.DER) for each in (certificate, *chain)))


@pytest.fixture
def base(gateway: Gateway) -> Iterator[str]:
    with serving(gateway) as address:
        yield address


def password(question: PinQuestion) -> Secret:
    assert question.name.startswith(SP)
    return Secret(PASSWORD)


def address(base: str) -> str:
    return f"esign:{base}?sp={SP}#{ACCOUNT}"


def test_files_are_signed_once_the_owner_agreed(
    base: str, gateway: Gateway, office: PracticeOffice, tmp_path: Path
) -> None:
    gateway.polls = 1
    service = EsignService(base, SP, ACCOUNT, password)
    with RemoteIdentity(service, threading.Event(), pause_s=0.01) as identity:
        papers = [decision(tmp_path / f"{number}.pdf") for number in range(2)]
        request = SealRequest(SigningRole.KY_DUYET, Level.B_B, office.mark("official"))
        session = prepare(identity, office.trust())
        assert session.gathering is not None
        works = [partial(seal_with, session, paper, paper, request) for paper in papers]
        assert all(done.result() for done in session.gathering.run(works))
    for paper in papers:
        assert_valid(paper, office.trust(), 1)
    assert gateway.calls == [
        "credentials/get_certificate", "signatures/sign",
        "signatures/sign/T0/status", "signatures/sign/T0/status",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "error"), [("REJECTED", AuthorisationRefused), ("EXPIRED", AuthorisationExpired)]
)
def test_a_refusal_is_told(base: str, gateway: Gateway, ends: str, error: type[Exception]) -> None:
    gateway.ends = ends
    service = EsignService(base, SP, ACCOUNT, password)
    with pytest.raises(error):
        service.answer("T0")


def test_wrong_password_garbage_and_plain_http_are_told(base: str, gateway: Gateway) -> None:
    with pytest.raises(PinWrong):
        EsignService(base, SP, ACCOUNT, lambda _: Secret("sai"))
    with pytest.raises(IdentityMissing):
        EsignService("http://esign.example", SP, ACCOUNT, password)
    with pytest.raises(IdentityMissing):
        EsignService(base, "", ACCOUNT, password)
    gateway.garbage = True
    with pytest.raises(ServiceFailed):
        EsignService(base, SP, ACCOUNT, password)


def test_it_is_off_until_the_office_turns_it_on(base: str, gateway: Gateway, tmp_path: Path) -> None:
    assert settings.Settings().esign is False
    paper = decision(tmp_path / "paper.pdf")
    signer = Signer(address(base), SigningRole.KY_DUYET, Level.B_B, (), tmp_path)
    with pytest.raises(StepFailed) as refused:
        sign_files(SignFiles((paper,), (paper,), signer), Context(ask_pin=password))
    assert refused.value.problem.code == "esign_off" and gateway.calls == []
