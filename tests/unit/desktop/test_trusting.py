"""The store of trust by hand: what is added is listed with its fingerprint and can be taken out again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import typer
from cryptography.hazmat.primitives.serialization import Encoding
from typer.testing import CliRunner

from desktop import bootstrap
from desktop.commands import trust as commands_trust
from desktop.workflow.services import Services
from desktop.workflow.verify.trusting import (
    AddTrust,
    Offer,
    RemoveTrust,
    SeekTrust,
    add_trust,
    forget_fetched,
    remove_trust,
    seek_trust,
    trusted,
)
from signing.model import OnlineAccess, Trust
from signing.trust.store import TrustStore
from signing.verify.file import verify
from storage.catalog import journal
from tests.unit.signing.attacked import Authority, authority, build, sign
from tests.unit.signing.responder import serving


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


@pytest.fixture
def services(home: Path) -> Iterator[Services]:
    with bootstrap.open_services(home) as opened:
        yield opened


def access(folder: Path, fetch: bool) -> OnlineAccess:
    return OnlineAccess(folder / "online", fetch, allow_private=True)


def found(folder: Path, *sources: object) -> tuple[Offer, ...]:
    return seek_trust(SeekTrust(tuple(map(str, sources)), access(folder, False))).value


def noted(services: Services) -> list[tuple[str, str, str]]:
    """Who changed the store, how, which certificate: as the journal has it."""
    with services.catalog.read() as connection:
        journal.verify(connection)
        return [(entry.actor, entry.action, entry.subject) for entry in journal.entries(connection)]


def test_looked_at_added_listed_and_removed(services: Services, tmp_path: Path, who: Authority) -> None:
    given, store = tmp_path / "from", tmp_path / "trust"
    given.mkdir()
    (given / "root.pem").write_bytes(who.root.public_bytes(Encoding.PEM))
    (given / "notes.txt").write_text("no certificate")
    fingerprint = hashlib.sha256(who.root.public_bytes(Encoding.DER)).hexdigest()
    offers = found(tmp_path, given)
    assert [offer.entry.certificate.fingerprint for offer in offers] == [fingerprint]
    assert trusted((store,)) == () and noted(services) == []  # a look changes nothing
    assert add_trust(services, AddTrust(offers, store)).value == trusted((store,))
    (entry,) = trusted((store,))
    assert (entry.certificate.subject, entry.is_root, entry.known) == ("CA MẪU", True, "unknown")
    add_trust(services, AddTrust(offers, store))  # trusted already: no change, no entry
    assert remove_trust(services, RemoveTrust(fingerprint[:4], store)).value == ()  # too short to name one
    spelled = ":".join(fingerprint[at : at + 2] for at in range(0, 12, 2)).upper()
    assert remove_trust(services, RemoveTrust(spelled, store)).value == ("CA MẪU",)
    assert remove_trust(services, RemoveTrust(spelled, store)).value == ()
    assert trusted((store,)) == ()
    who_works = services.actor
    assert noted(services) == [
        (who_works, "certificate_trusted", fingerprint),
        (who_works, "certificate_distrusted", fingerprint),
    ]


def test_what_cannot_be_stored_is_not_noted(services: Services, tmp_path: Path, who: Authority) -> None:
    (tmp_path / "root.crt").write_bytes(who.root.public_bytes(Encoding.DER))
    (tmp_path / "trust").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="trust"):
        add_trust(services, AddTrust(found(tmp_path, tmp_path / "root.crt"), tmp_path / "trust"))
    assert noted(services) == []


def test_the_command_line_notes_it_too(home: Path, tmp_path: Path, who: Authority) -> None:
    (tmp_path / "root.crt").write_bytes(who.root.public_bytes(Encoding.DER))
    app = typer.Typer()
    commands_trust.add_commands(app)
    run = partial(CliRunner().invoke, app)
    added = run(["trust", "add", str(tmp_path / "root.crt"), "--json"])
    [entry] = json.loads(added.stdout)["certificates"]
    assert run(["trust", "remove", entry["sha256"]]).exit_code == 0
    assert run(["trust", "remove", entry["sha256"]]).exit_code == 3
    with bootstrap.open_services(home, write=False) as services:
        assert [action for _, action, _ in noted(services)] == [
            "certificate_trusted",
            "certificate_distrusted",
        ]


def test_what_holds_nothing_is_a_problem_and_the_rest_goes_on(tmp_path: Path, who: Authority) -> None:
    good, odd = tmp_path / "root.crt", tmp_path / "odd.crt"
    good.write_bytes(who.root.public_bytes(Encoding.DER))
    odd.write_bytes(b"nothing")
    sources = (str(odd), str(tmp_path / "missing.crt"), "http://127.0.0.1:9/x.crt", str(good), str(good))
    outcome = seek_trust(SeekTrust(sources, access(tmp_path, False)))
    assert [problem.code for problem in outcome.problems] == [
        "nothing_to_trust",
        "file_missing",
        "fetch_failed",
    ]
    assert len(outcome.value) == 1


def test_an_address_is_asked_only_when_allowed(tmp_path: Path, who: Authority) -> None:
    with serving() as responder:
        responder.answers["/root.crt"] = who.root.public_bytes(Encoding.DER)
        url = f"{responder.url}/root.crt"
        refused = seek_trust(SeekTrust((url,), access(tmp_path, False)))
        assert refused.value == () and responder.asked == []
        assert seek_trust(SeekTrust((url,), access(tmp_path, True))).value[0].entry.is_root
    assert forget_fetched(access(tmp_path, False)) == 0


def test_what_a_document_brings_is_no_anchor(tmp_path: Path, who: Authority) -> None:
    """The root stands in the signature itself: it completes the chain, it is not believed."""
    file = tmp_path / "file.pdf"
    file.write_bytes(sign(build(), who))
    assert verify(file, TrustStore(crls=(who.crl(),))).trust is Trust.UNKNOWN
    assert verify(file, who.trust).trust is Trust.TRUSTED
