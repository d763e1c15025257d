"""The store of trust by hand: what is added is listed with its fingerprint and can be taken out again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.workflow.verify.trusting import AddTrust, add_trust, forget_fetched, remove_trust, trusted
from signing.model import OnlineAccess, Trust
from signing.trust.store import TrustStore
from signing.verify.file import verify
from tests.unit.signing.attacked import Authority, authority, build, sign
from tests.unit.signing.responder import serving


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


def access(folder: Path, fetch: bool) -> OnlineAccess:
    return OnlineAccess(folder / "online", fetch, allow_private=True)


def test_added_listed_and_removed(tmp_path: Path, who: Authority) -> None:
    given, store = tmp_path / "from", tmp_path / "trust"
    given.mkdir()
    (given / "root.pem").write_bytes(who.root.public_bytes(Encoding.PEM))
    (given / "notes.txt").write_text("no certificate")
    outcome = add_trust(AddTrust((str(given),), store, access(tmp_path, False)))
    fingerprint = hashlib.sha256(who.root.public_bytes(Encoding.DER)).hexdigest()
    (entry,) = trusted((store,))
    assert outcome.value == (entry,) and outcome.problems == ()
    assert (entry.certificate.subject, entry.certificate.fingerprint) == ("CA MẪU", fingerprint)
    assert (entry.is_root, entry.known) == (True, "unknown")
    assert remove_trust(store, fingerprint[:4]) == ()  # too short to name one certificate
    spelled = ":".join(fingerprint[at : at + 2] for at in range(0, 12, 2)).upper()
    assert remove_trust(store, spelled) == ("CA MẪU",)
    assert trusted((store,)) == ()


def test_what_holds_nothing_is_a_problem_and_the_rest_goes_on(tmp_path: Path, who: Authority) -> None:
    good, odd = tmp_path / "root.crt", tmp_path / "odd.crt"
    good.write_bytes(who.root.public_bytes(Encoding.DER))
    odd.write_bytes(b"nothing")
    sources = (str(odd), str(tmp_path / "missing.crt"), "http://127.0.0.1:9/x.crt", str(good))
    outcome = add_trust(AddTrust(sources, tmp_path / "trust", access(tmp_path, False)))
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
        refused = add_trust(AddTrust((url,), tmp_path / "trust", access(tmp_path, False)))
        assert refused.value == () and responder.asked == []
        assert add_trust(AddTrust((url,), tmp_path / "trust", access(tmp_path, True))).value[0].is_root
    assert forget_fetched(access(tmp_path, False)) == 0


def test_what_a_document_brings_is_no_anchor(tmp_path: Path, who: Authority) -> None:
    """The root stands in the signature itself: it completes the chain, it is not believed."""
    file = tmp_path / "file.pdf"
    file.write_bytes(sign(build(), who))
    assert verify(file, TrustStore(crls=(who.crl(),))).trust is Trust.UNKNOWN
    assert verify(file, who.trust).trust is Trust.TRUSTED
