"""PKCS#11 against SoftHSM2: picked by what it is, one PIN a batch, wrong PIN and lost token in our words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pkcs11
import pytest
from pkcs11.exceptions import DeviceRemoved, PinIncorrect
from pkcs11.exceptions import PinLocked as TokenLocked
from pyhanko.sign.pkcs11 import PKCS11Signer

from signing import locate
from signing.errors import IdentityMissing, LoginReleased, PinLocked, PinWrong
from signing.identities import pkcs11 as identity_pkcs11
from signing.model import Level, PinQuestion, SealRequest, Secret, SigningRole, Tries
from signing.practice.office import PracticeOffice
from signing.seal.session import prepare, seal, seal_with
from tests.integration import softhsm
from tests.unit.signing.papers import decision
from tests.unit.signing.sealed import assert_valid

pytestmark = pytest.mark.skipif(not softhsm.available(), reason="SoftHSM2 or OpenSC is not installed")


@dataclass
class Prompt:
    """A person who types the same PIN each time and counts how often."""

    pin: str = softhsm.PIN
    asked: list[str] = field(default_factory=list)
    questions: list[PinQuestion] = field(default_factory=list)

    def __call__(self, question: PinQuestion) -> Secret:
        self.asked.append(question.name)
        self.questions.append(question)
        return Secret(self.pin)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> PracticeOffice:
    return locate.practice(tmp_path_factory.mktemp("practice"))


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory, office: PracticeOffice) -> Iterator[list[softhsm.Token]]:
    """Two readers; on the first the key's label is not the certificate's, as on real Viettel tokens."""
    folder = tmp_path_factory.mktemp("softhsm")
    softhsm.configure(folder)
    first = softhsm.make(
        folder, "LANH DAO", office, {"official": ("khoa-rieng", "0a01"), "clerk": ("clerk", "0a02")}
    )
    second = softhsm.make(folder, "CO QUAN", office, {"seal": ("seal", "0b01")})
    yield [first, second]


def test_batch_with_one_pin(tokens: list[softhsm.Token], office: PracticeOffice, tmp_path: Path) -> None:
    prompt = Prompt()
    with locate.identity(tokens[0].address("official"), prompt) as identity:
        assert "Nguyễn Văn Mẫu" in identity.certificate.subject and identity.warnings == ()
        session = prepare(identity, office.trust())
        for number in range(3):
            paper = decision(tmp_path / f"{number}.pdf")
            seal_with(
                session, paper, paper, SealRequest(SigningRole.KY_DUYET, Level.B_B, office.mark("official"))
            )
            assert_valid(paper, office.trust(), expected=1)
    assert prompt.asked == ["LANH DAO"]


@pytest.mark.parametrize("wanted", ["seal", "0B01", "0b:01", ""])
def test_certificate_by_label_id_or_alone(tokens: list[softhsm.Token], wanted: str) -> None:
    with locate.identity(tokens[1].address(wanted), Prompt()) as identity:
        assert identity.certificate.subject.startswith("UBND xã Mẫu Sơn Đông")


def test_token_found_by_its_certificate(tokens: list[softhsm.Token]) -> None:
    with locate.identity(f"pkcs11:{softhsm.MODULE}?cert=seal", Prompt()) as identity:
        assert identity.certificate.subject.startswith("UBND")


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("pkcs11:/nowhere/module.so?token=X", "module"),
        (f"pkcs11:{softhsm.MODULE}?token=KHONG CO", "token"),
        (f"pkcs11:{softhsm.MODULE}?token=LANH%20DAO&cert=nobody", "certificate"),
        (f"pkcs11:{softhsm.MODULE}?token=LANH%20DAO", "several_certificates"),
    ],
)
def test_what_is_missing_is_named(tokens: list[softhsm.Token], address: str, where: str) -> None:
    with pytest.raises(IdentityMissing) as missing:
        locate.identity(address, Prompt())
    assert missing.value.facts["where"] == where


def test_wrong_pin_is_asked_once(tokens: list[softhsm.Token]) -> None:
    prompt = Prompt(pin="00000000")
    with pytest.raises(PinWrong):
        locate.identity(tokens[0].address("official"), prompt)
    assert prompt.asked == ["LANH DAO"]
    locate.identity(tokens[0].address("official"), Prompt()).__exit__()


class Stubborn:
    """A token that refuses the PIN and tells how many tries are left; SoftHSM2 does not count them."""

    label = "BIT4ID"

    def __init__(self, before: int, after: int, error: type[Exception] = PinIncorrect) -> None:
        self._flags = [before, after]
        self._error = error
        self.slot = self

    @property
    def flags(self) -> int:
        return self._flags[0]

    def get_token(self) -> Stubborn:
        self._flags.pop(0)
        return self

    def open(self, user_pin: object) -> None:
        raise self._error


LOW, LAST, LOCKED = (
    pkcs11.TokenFlag.USER_PIN_COUNT_LOW,
    pkcs11.TokenFlag.USER_PIN_FINAL_TRY,
    pkcs11.TokenFlag.USER_PIN_LOCKED,
)


@pytest.mark.parametrize(
    ("token", "error", "facts"),
    [
        (Stubborn(0, 0), PinWrong, {"name": "BIT4ID"}),
        (Stubborn(0, LOW), PinWrong, {"name": "BIT4ID", "tries_low": True}),
        (Stubborn(LOW, LOW | LAST), PinWrong, {"name": "BIT4ID", "tries_left": 1}),
        (Stubborn(LAST, LOCKED), PinLocked, {"name": "BIT4ID"}),
        (Stubborn(LOCKED, LOCKED), PinLocked, {"name": "BIT4ID"}),
        (Stubborn(0, 0, TokenLocked), PinLocked, {"name": "BIT4ID"}),
    ],
)
def test_tries_left_are_told(token: Stubborn, error: type[Exception], facts: dict[str, object]) -> None:
    with pytest.raises(error) as refused:
        identity_pkcs11._login(token, Prompt())
    assert refused.value.facts == facts  # type: ignore[attr-defined]


@pytest.mark.parametrize(("flags", "tries"), [(0, Tries.UNKNOWN), (LOW, Tries.LOW), (LOW | LAST, Tries.LAST)])
def test_the_last_try_is_told_before_the_pin_is_typed(flags: int, tries: Tries) -> None:
    prompt = Prompt()
    with pytest.raises(PinWrong):
        identity_pkcs11._login(Stubborn(flags, flags), prompt)
    assert prompt.questions == [PinQuestion("BIT4ID", tries)]


def test_a_locked_token_is_not_asked_for_a_pin() -> None:
    prompt = Prompt()
    with pytest.raises(PinLocked):
        identity_pkcs11._login(Stubborn(LOCKED, LOCKED), prompt)
    assert prompt.asked == []


def test_token_pulled_out_in_the_middle(
    tokens: list[softhsm.Token], office: PracticeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = decision(tmp_path / "paper.pdf")
    before = paper.read_bytes()

    async def gone(*_: object, **__: object) -> bytes:
        raise DeviceRemoved

    with locate.identity(tokens[1].address(), Prompt()) as identity:
        monkeypatch.setattr(PKCS11Signer, "async_sign_raw", gone)
        with pytest.raises(IdentityMissing) as missing:
            seal(paper, paper, SealRequest(SigningRole.SAO_Y), identity, office.trust())
    assert missing.value.facts["where"] == "token_removed"
    assert [file.name for file in tmp_path.iterdir()] == ["paper.pdf"] and paper.read_bytes() == before


def test_closed_identity_does_not_sign(tokens: list[softhsm.Token]) -> None:
    with locate.identity(tokens[1].address(), Prompt()) as identity:
        pass
    with pytest.raises(LoginReleased):
        identity.signer()


def test_login_ends_on_an_empty_desk_but_not_while_signing(tokens: list[softhsm.Token]) -> None:
    identity = identity_pkcs11.Pkcs11Identity(str(softhsm.MODULE), "CO QUAN", "", Prompt(), idle_s=0.6)
    signer, begun = identity.signer(), time.monotonic()
    while time.monotonic() < begun + 0.9:  # longer than the limit, with no pause as long as it
        asyncio.run(signer.async_sign_raw(b"data", "sha256"))
        time.sleep(0.02)
    waited = time.monotonic()
    while identity._session is not None and time.monotonic() < waited + 20:
        time.sleep(0.05)
    with pytest.raises(LoginReleased):
        asyncio.run(signer.async_sign_raw(b"data", "sha256"))
    with pytest.raises(LoginReleased):
        identity.signer()


def test_a_pin_pad_takes_the_pin_itself_once_the_person_is_ready() -> None:
    class Pad:
        label, flags, given = "PAD", pkcs11.TokenFlag.PROTECTED_AUTHENTICATION_PATH, []

        def open(self, user_pin: object) -> str:
            self.given.append(user_pin)
            return "session"

    prompt = Prompt()
    assert identity_pkcs11._login(pad := Pad(), prompt) == "session"
    assert pad.given == [pkcs11.PROTECTED_AUTH] and prompt.questions == [PinQuestion("PAD", pad=True)]
