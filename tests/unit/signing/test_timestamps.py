"""Time-stamp authorities: a lying or silent one is passed over, and none at all is said plainly."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest
from pyhanko.sign.timestamps import TimeStamper

from signing import locate
from signing.errors import SigningStopped, TimestampFailed
from signing.model import Level, SealRequest, SigningRole
from signing.ports import TimeStampAuthority
from signing.practice.office import PracticeOffice
from signing.seal.session import prepare, seal, seal_with
from signing.timestamps.authorities import CheckedStamper, NetworkAuthority
from signing.timestamps.server import HttpStamper
from tests.fakes.tsa_server import serving
from tests.unit.signing.conftest import OpenIdentity
from tests.unit.signing.papers import decision
from tests.unit.signing.sealed import assert_valid

REQUEST = SealRequest(SigningRole.SO_HOA, Level.B_T)
FAULTS = {
    "imprint": "timestamp_failed_wrong",
    "nonce": "timestamp_failed_wrong",
    "garbage": "timestamp_failed_wrong",
    "endless": "timestamp_failed_wrong",
    "refused": "timestamp_failed",
    "error": "timestamp_failed",
    "silent": "timestamp_failed_slow",
}


class Servers:
    """The first server gets 0.3 s, every further one a minute: a busy computer must not fail the test."""

    address = "test:"

    def __init__(self, first: str, *others: str) -> None:
        stop = threading.Event()
        limits = {first: 0.3} | dict.fromkeys(others, 60.0)
        self._stamper = CheckedStamper({url: HttpStamper(url, limit, stop) for url, limit in limits.items()})

    def stamper(self) -> TimeStamper:
        return self._stamper


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_server_is_refused_and_the_next_one_asked(
    office: PracticeOffice, tsa: TimeStampAuthority, identity: OpenIdentity, paper: Path, fault: str
) -> None:
    before = paper.read_bytes()
    with serving(tsa, fault) as bad, serving(tsa) as good:
        alone = Servers(bad.url) if fault == "silent" else NetworkAuthority([bad.url])
        with pytest.raises(TimestampFailed) as failed:
            seal(paper, paper, REQUEST, identity("clerk"), office.trust(), alone)
        assert failed.value.code == FAULTS[fault]
        assert paper.read_bytes() == before and [file.name for file in paper.parent.iterdir()] == [paper.name]
        both = Servers(bad.url, good.url) if fault == "silent" else NetworkAuthority([bad.url, good.url])
        seal(paper, paper, REQUEST, identity("clerk"), office.trust(), both)
    assert_valid(paper, office.trust(), expected=1)


def test_a_batch_does_not_wait_for_a_silent_server_with_every_file(
    office: PracticeOffice, tsa: TimeStampAuthority, identity: OpenIdentity, tmp_path: Path
) -> None:
    with serving(tsa, "silent") as silent, serving(tsa) as good:
        session = prepare(identity("clerk"), office.trust(), Servers(silent.url, good.url))
        for number in range(3):
            paper = decision(tmp_path / f"{number}.pdf")
            seal_with(session, paper, paper, REQUEST)
    assert silent.asked == 1 and good.asked == 4  # one more to know how long a token is


def test_a_batch_comes_to_the_server_once_and_again_when_it_hung_up(tsa: TimeStampAuthority) -> None:
    with serving(tsa) as server:
        stamper = NetworkAuthority([server.url]).stamper()
        for _ in range(3):
            asyncio.run(stamper.async_timestamp(bytes(32), "sha256"))
        assert (server.asked, server.connections) == (3, 1)
        server.hangs_up = True
        for _ in range(3):
            asyncio.run(stamper.async_timestamp(bytes(32), "sha256"))
            time.sleep(0.1)
        assert (server.asked, server.connections) == (6, 3)


def test_person_stops_waiting(tsa: TimeStampAuthority) -> None:
    stop = threading.Event()
    with serving(tsa, "silent") as silent:
        stamper = NetworkAuthority([silent.url], stop=stop).stamper()
        threading.Timer(0.2, stop.set).start()
        begun = time.monotonic()
        with pytest.raises(SigningStopped):
            asyncio.run(stamper.async_timestamp(bytes(32), "sha256"))
        assert time.monotonic() - begun < 5


def test_a_stamp_of_a_stranger_is_told_and_no_ground_for_long_term(
    office: PracticeOffice, tsa: TimeStampAuthority, identity: OpenIdentity, paper: Path, tmp_path: Path
) -> None:
    stranger = locate.tsa("practice:", tmp_path / "other")
    session = prepare(identity("clerk"), office.trust(), stranger)
    assert seal_with(session, paper, paper, REQUEST).warnings == ("timestamp_untrusted",)
    with pytest.raises(TimestampFailed) as failed:
        seal_with(session, paper, paper, SealRequest(SigningRole.SO_HOA, Level.B_LT))
    assert failed.value.code == "timestamp_failed_untrusted"


def test_a_server_that_hides_its_certificate(
    office: PracticeOffice, tsa: TimeStampAuthority, identity: OpenIdentity
) -> None:
    with serving(tsa, "bare") as bare, pytest.raises(TimestampFailed) as failed:
        prepare(identity("clerk"), office.trust(), NetworkAuthority([bare.url]))
    assert failed.value.code == "timestamp_failed_wrong"


def test_nobody_answers() -> None:
    authority = NetworkAuthority(["http://127.0.0.1:1/a", "http://127.0.0.1:1/b"], patience_s=2)
    with pytest.raises(TimestampFailed) as failed:
        asyncio.run(authority.stamper().async_timestamp(bytes(32), "sha256"))
    assert failed.value.facts["address"] == "http://127.0.0.1:1/a, http://127.0.0.1:1/b"
    assert failed.value.code == "timestamp_failed"


@pytest.mark.parametrize("address", ["", "ftp://x", "practice:"])
def test_unusable_address(address: str) -> None:
    with pytest.raises(TimestampFailed):
        locate.tsa(address)
