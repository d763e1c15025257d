"""Asking the network: only with consent, never this machine or the office by accident, never for long."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from signing.errors import FetchFailed
from signing.model import OnlineAccess, Trust, Verdict
from signing.trust import online, online_cache
from signing.trust.online import gather
from signing.trust.online_fetch import Limits, fetch, is_public
from signing.trust.store import TrustStore
from signing.verify.file import verify
from tests.unit.signing.attacked import Authority, build, sign, software_signer
from tests.unit.signing.responder import Chain, Responder, chain, der, serving, status

LOCAL = Limits(2.0, 4096, allow_private=True)


@pytest.fixture
def responder() -> Iterator[Responder]:
    with serving() as found:
        yield found


def access(
    folder: Path, fetch: bool = True, allow_private: bool = True, patience_s: float = 2
) -> OnlineAccess:
    return OnlineAccess(folder / "cache", fetch, allow_private, patience_s)


def roots(known: Chain) -> TrustStore:
    return TrustStore((der(known.root),))


def test_the_chain_and_its_status_are_fetched_with_their_date(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    found = gather(der(known.leaf), roots(known), access(tmp_path))
    assert found.store.roots == ()
    assert found.store.intermediates == (der(known.issuing),)
    assert len(found.store.ocsps) == 1 and len(found.store.crls) == 1 and found.failures == ()
    assert {each.kind for each in found.fetched} == {"certificate", "ocsp", "crl"}
    assert all(not each.from_cache and each.fetched_at.tzinfo is not None for each in found.fetched)


def test_a_list_is_fetched_where_nobody_answers_for_the_status(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder, with_ocsp=False)
    found = gather(der(known.leaf), roots(known), access(tmp_path))
    assert len(found.store.crls) == 2 and found.store.ocsps == ()


def test_nothing_is_asked_without_consent(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    assert gather(der(known.leaf), roots(known), access(tmp_path, fetch=False)) == online.Gathered()
    assert responder.asked == []


def test_the_cache_answers_without_the_network_and_says_so(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    first = gather(der(known.leaf), roots(known), access(tmp_path))
    asked = len(responder.asked)
    second = gather(der(known.leaf), roots(known), access(tmp_path, fetch=False))
    third = gather(der(known.leaf), roots(known), access(tmp_path))
    assert len(responder.asked) == asked
    assert second.store == third.store == first.store
    assert all(each.from_cache for each in second.fetched)
    assert [each.fetched_at for each in second.fetched] == [each.fetched_at for each in first.fetched]


def test_an_old_answer_is_asked_for_again_but_kept_when_nobody_answers(
    responder: Responder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = chain(responder)
    first = gather(der(known.leaf), roots(known), access(tmp_path))
    monkeypatch.setitem(online._KEEP, "ocsp", timedelta(0))
    responder.answers["/ocsp"] = (500, "")
    found = gather(der(known.leaf), roots(known), access(tmp_path))
    assert found.store == first.store
    assert [each.why for each in found.failures] == ["status"]


def test_addresses_inside_the_office_are_not_asked_by_default(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    found = gather(der(known.leaf), roots(known), access(tmp_path, allow_private=False))
    assert found.store == TrustStore() and responder.asked == []
    assert {each.why for each in found.failures} == {"private"}


def test_a_silent_server_costs_its_time_once(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    responder.answers["/issuing.crt"] = 30.0
    started = time.monotonic()
    for _ in range(3):
        found = gather(der(known.leaf), roots(known), access(tmp_path, patience_s=0.3))
        assert [each.why for each in found.failures] == ["time"]
    assert time.monotonic() - started < 1.5
    assert responder.asked == ["/issuing.crt"]


def test_a_foreign_answer_is_not_kept(responder: Responder, tmp_path: Path) -> None:
    known, other = chain(responder), chain(responder)
    found = gather(der(known.leaf), TrustStore((der(known.root), der(known.issuing))), access(tmp_path))
    assert other.leaf != known.leaf and found.store.ocsps == ()
    assert "content" in {each.why for each in found.failures}


def test_certificates_that_issue_one_another_end(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    responder.answers["/issuing.crt"] = der(known.leaf)
    assert gather(der(known.leaf), TrustStore(), access(tmp_path)).store.crls == ()


def test_what_is_kept_can_be_listed_and_deleted(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    gather(der(known.leaf), roots(known), access(tmp_path))
    kept = list(online_cache.entries(tmp_path / "cache"))
    assert {each.kind for each in kept} == {"certificate", "ocsp", "crl"}
    assert online_cache.clear(tmp_path / "cache") == 3
    assert list(online_cache.entries(tmp_path / "cache")) == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ldap://ca.example/cn=x",
        "ftp://ca.example/a",
        "http://user@ca.example/a",
        "http://ca.example:99999/a",
        "http:///a",
        "http://ca.example/a b",
        "http://ca.example/a\r\nX: y",
        "http://ca.example/" + "a" * 3000,
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch(url, LOCAL)
    assert caught.value.facts["why"] == "address"


INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "192.168.1.1",
    "169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
    "::1",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::1",
    "100.64.0.1",
    "255.255.255.255",
]


@pytest.mark.parametrize("address", INSIDE)
def test_private_addresses_in_every_wrapping(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "[::1]", "0x7f.1"])
def test_names_and_spellings_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch(f"http://{host}:9/", Limits(2.0, 10))
    assert caught.value.facts["why"] in {"private", "unreachable"}


def test_redirects_are_checked_again_and_counted(responder: Responder) -> None:
    responder.answers |= {
        "/file": (302, "file:///etc/passwd"),
        "/loop": (302, "/loop"),
        "/once": (301, "/end"),
        "/end": b"here",
    }
    assert fetch(f"{responder.url}/once", LOCAL) == b"here"
    for path, why in (("/file", "address"), ("/loop", "redirects")):
        with pytest.raises(FetchFailed) as caught:
            fetch(f"{responder.url}{path}", LOCAL)
        assert caught.value.facts["why"] == why
    with pytest.raises(FetchFailed):
        fetch(f"{responder.url}/once", LOCAL, b"question", "text/plain")


def test_a_redirect_into_the_office_is_refused(responder: Responder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first address counts as public, the one it leads to does not."""
    responder.answers["/out"] = (302, f"{responder.url.replace('127.0.0.1', 'localhost')}/secret")
    seen: list[str] = []

    def public_at_first(address: str) -> bool:
        seen.append(address)
        return len(seen) == 1

    monkeypatch.setattr("signing.trust.online_fetch.is_public", public_at_first)
    with pytest.raises(FetchFailed) as caught:
        fetch(f"{responder.url}/out", Limits(2.0, 100))
    assert caught.value.facts["why"] == "private" and responder.asked == ["/out"]


def test_too_much_and_too_little_are_refused(responder: Responder) -> None:
    responder.answers |= {"/big": b"x" * 5000}
    for path, why in (("/big", "size"), ("/missing", "status")):
        with pytest.raises(FetchFailed) as caught:
            fetch(f"{responder.url}{path}", LOCAL)
        assert caught.value.facts["why"] == why


def test_a_server_that_drips_is_cut_off() -> None:
    started = time.monotonic()
    with dripping() as port, pytest.raises(FetchFailed) as caught:
        fetch(f"http://127.0.0.1:{port}/", Limits(0.5, 4096, allow_private=True))
    assert caught.value.facts["why"] == "time" and time.monotonic() - started < 2


@contextmanager
def dripping() -> Iterator[int]:
    """Sends one byte of a header every 50 ms, for ever: no single read ever waits long."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            wire, _ = server.accept()
            with wire:
                while not done.wait(0.05):
                    try:
                        wire.send(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            done.set()
            thread.join()


def signed(folder: Path, known: Chain) -> Path:
    """A file that brings its signer's certificate and nothing else, as 113 of 119 real ones do."""
    who = Authority(known.root, known.issuing_key, software_signer(known.leaf, known.leaf_key), known.leaf)
    file = folder / "online.pdf"
    file.write_bytes(sign(build(), who))
    return file


def test_a_file_is_judged_with_what_the_network_says(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    file = signed(tmp_path, known)
    alone = verify(file, roots(known))
    assert alone.trust is Trust.UNKNOWN and responder.asked == []
    asked = verify(file, roots(known), access=access(tmp_path))
    assert asked.verdict is Verdict.VALID
    from_cache = verify(file, roots(known), access=access(tmp_path, fetch=False))
    assert from_cache.verdict is Verdict.VALID
    for found, source in ((asked, "network"), (from_cache, "cache")):
        told = found.signatures[0].status
        assert {(each.kind, each.source) for each in told} == {("ocsp", source), ("crl", source)}
        assert all(each.fetched_at is not None and each.url.startswith(responder.url) for each in told)


def test_what_the_network_says_of_a_revoked_signer_counts(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    responder.answers["/ocsp"] = status(known.leaf, known.issuing, known.issuing_key, revoked=True)
    found = verify(signed(tmp_path, known), roots(known), access=access(tmp_path))
    assert (found.verdict, found.signatures[0].revocation) == (Verdict.INVALID, "revoked")


def test_a_fetched_certificate_is_never_an_anchor(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    responder.answers["/issuing.crt"] = der(known.root)
    found = verify(signed(tmp_path, known), TrustStore((), (der(known.issuing),)), access=access(tmp_path))
    assert found.trust is Trust.UNKNOWN


def test_a_silent_network_is_said_and_decides_nothing(responder: Responder, tmp_path: Path) -> None:
    known = chain(responder)
    responder.answers["/issuing.crt"] = 30.0
    found = verify(signed(tmp_path, known), roots(known), access=access(tmp_path, patience_s=0.2))
    assert found.verdict is Verdict.UNDETERMINED
    assert "online_no_answer" in {each.code for each in found.signatures[0].warnings}


def test_an_answer_signed_by_a_stranger_decides_nothing(responder: Responder, tmp_path: Path) -> None:
    stranger, known = chain(responder), chain(responder)
    responder.answers["/ocsp"] = status(known.leaf, stranger.issuing, stranger.issuing_key)
    responder.answers["/issuing.crl"] = (404, "")
    found = verify(signed(tmp_path, known), roots(known), access=access(tmp_path))
    assert (found.verdict, found.signatures[0].revocation) == (Verdict.UNDETERMINED, "unknown")
