"""What an archivist decided is kept with its grounds, and the same check gives the same answer later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop import bootstrap, settings
from desktop.settings import Settings
from desktop.workflow.archive.decide import DecideFiles, decide_files, decisions_of, repeat
from desktop.workflow.job import Context
from desktop.workflow.reports import verdict_words
from desktop.workflow.services import Services
from storage.catalog import journal
from storage.errors import Corrupt
from storage.files.hashing import digest_of
from tests.fakes import moved_clock
from tests.unit.signing.attacked import Authority, authority, build, sign

REASON = "Đã đối chiếu với bản giấy của xã Mẫu"


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


@pytest.fixture
def services(home: Path) -> Iterator[Services]:
    settings.save(home, Settings(executor="inline:"))
    with bootstrap.open_services(home) as opened:
        yield opened


@pytest.fixture
def trust(tmp_path: Path, who: Authority) -> Path:
    folder = tmp_path / "trust"
    folder.mkdir()
    for number, der in enumerate(who.trust.roots):
        (folder / f"{number}.crt").write_bytes(der)
    for number, der in enumerate(who.trust.crls):
        (folder / f"{number}.crl").write_bytes(der)
    return folder


@pytest.fixture
def paper(tmp_path: Path, who: Authority) -> Path:
    file = tmp_path / "quyết định.pdf"
    file.write_bytes(sign(build(), who))
    return file


def decide(services: Services, paper: Path, trust: Path, passed: bool = True) -> str:
    command = DecideFiles(((paper, digest_of(paper)),), passed, REASON, (trust,))
    outcome = decide_files(services, command, Context())
    assert outcome.problems == ()
    return outcome.value[0].id


def test_the_same_check_gives_the_same_answer_ten_years_later(
    services: Services, paper: Path, trust: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = decide(services, paper, trust)
    assert decisions_of(services, (digest_of(paper),))[digest_of(paper)].verdict == "valid"
    paper.unlink()
    for file in trust.iterdir():
        file.unlink()
    moved_clock.move(monkeypatch, timedelta(days=3650))
    moved_clock.cut_network(monkeypatch)
    found = repeat(services, made, Context()).value
    assert (found.same, found.verdict) == (True, "valid")


def test_a_verdict_of_today_would_be_another(
    paper: Path, who: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moved clock is real: without the kept time the same file is judged otherwise."""
    from signing.verify import file as verify_file

    moved_clock.move(monkeypatch, timedelta(days=3650))
    told = {each.code for each in verify_file.verify(paper, who.trust).signatures[0].warnings}
    assert "expired_now_unproven_then" in told


def test_the_journal_names_the_grounds_and_holds_no_words(
    services: Services, paper: Path, trust: Path
) -> None:
    made = decide(services, paper, trust, passed=False)
    with services.catalog.read() as connection:
        [entry] = list(journal.entries(connection, made))
        assert journal.verify(connection) >= 1
    assert (entry.action, entry.details["passed"], entry.details["verdict"]) == ("file_decided", 0, "valid")
    assert REASON not in json.dumps(dict(entry.details), ensure_ascii=False)
    record = json.loads(services.blobs.read(entry.details["record"]))
    assert record["reason"] == REASON
    assert {"tool", "policy", "verdict", "at", "actor"} <= record.keys()
    assert record["roots"] and record["crls"]
    for digest in (*record["roots"], *record["crls"], record["file"]["sha256"]):
        services.blobs.read(digest)


def test_a_file_that_changed_since_is_not_decided(services: Services, paper: Path, trust: Path) -> None:
    looked_at = digest_of(paper)
    paper.write_bytes(paper.read_bytes() + b"\n% more")
    outcome = decide_files(services, DecideFiles(((paper, looked_at),), True, "", (trust,)), Context())
    assert outcome.value == ()
    assert [problem.code for problem in outcome.problems] == ["file_changed"]


def test_spoilt_grounds_are_noticed(services: Services, paper: Path, trust: Path) -> None:
    made = decide(services, paper, trust)
    root = services.blobs.path(digest_of(trust / "0.crt"))
    root.chmod(0o644)
    root.write_bytes(b"spoilt")
    with pytest.raises(Corrupt):
        repeat(services, made, Context())


def test_the_newest_decision_counts_and_reads_well(services: Services, paper: Path, trust: Path) -> None:
    decide(services, paper, trust)
    decide(services, paper, trust, passed=False)
    found = decisions_of(services, (digest_of(paper),))[digest_of(paper)]
    assert verdict_words.decided(found).startswith(f"Không đạt: {REASON} (")
