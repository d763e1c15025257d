"""`tramso sign` on a batch: one PIN, stop where going on would harm, evidence kept, listed and deleted."""

from __future__ import annotations

import io
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from desktop import console
from desktop.commands import evidence as commands_evidence
from desktop.commands import signing as commands_signing
from desktop.workflow.job import Context
from desktop.workflow.sign import files as sign_files
from desktop.workflow.sign.practice import trust_folder
from signing import locate
from signing.errors import PinWrong, StatusUnknown
from signing.model import Level, SigningRole
from signing.practice.office import PracticeOffice
from signing.presign import evidence
from tests.unit.signing.papers import decision
from tests.unit.signing.sealed import assert_valid


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return locate.practice(tmp_path_factory.mktemp("made")).folder


@pytest.fixture
def office(home: Path, made: Path) -> PracticeOffice:
    shutil.copytree(made, home / "practice")
    return locate.practice(home)


def tramso(*words: object) -> Result:
    """The command line in this process; `home` is its profile by TRAMSO_HOME."""
    app = typer.Typer()
    commands_signing.add_commands(app)
    commands_evidence.add_commands(app)
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    (folder := tmp_path / "papers").mkdir()
    return [decision(folder / f"{number}.pdf") for number in range(3)]


def signer(home: Path, name: str = "clerk") -> sign_files.Signer:
    return sign_files.Signer(f"practice:{name}", SigningRole.SO_HOA, Level.B_B, (trust_folder(home),), home)


def test_evidence_of_a_batch_is_kept_once_listed_and_deleted(
    home: Path, office: PracticeOffice, papers: list[Path]
) -> None:
    sign_files.sign_files(sign_files.SignFiles(tuple(papers), tuple(papers), signer(home)), Context())
    listed = json.loads(tramso("evidence", "list", "--json").stdout)["evidence"]
    assert {entry["sha256"] for entry in listed} == {evidence.file_digest(path) for path in papers}
    for entry in listed:
        assert [found["grade"] for found in entry["assessments"]] == ["good"] * 5
        assert all(found["text"].endswith(".") for found in entry["assessments"])
    items = {path.name for path in (home / "evidence" / "items").iterdir()}
    # three certificates of the chain and both lists, shared by all three signatures
    assert set(listed[0]["items"]) == items and len(items) == 5
    assert "hợp lệ" in tramso("evidence", "list").stdout
    assert tramso("evidence", "delete", listed[0]["id"], "none").exit_code == 3
    assert len(evidence.records(home / "evidence")) == 2
    assert tramso("evidence", "delete", listed[1]["id"], listed[2]["id"]).exit_code == 0
    assert not list((home / "evidence").rglob("*.*"))


def test_what_a_kill_left_beside_other_files_goes_when_a_batch_is_signed(
    home: Path, office: PracticeOffice, papers: list[Path], tmp_path: Path
) -> None:
    (signed := tmp_path / "signed").mkdir()
    (left := signed / ".older.pdf.0.signing").write_bytes(b"%PDF")
    os.utime(left, (0, 0))
    outputs = tuple(signed / path.name for path in papers)
    sign_files.sign_files(sign_files.SignFiles(tuple(papers), outputs, signer(home)), Context())
    assert set(signed.iterdir()) == set(outputs)


def test_what_is_no_record_is_passed_over(home: Path) -> None:
    (records := home / "evidence" / "records").mkdir(parents=True)
    (records / "broken.json").write_text(json.dumps({"id": 7}))
    assert evidence.records(home / "evidence") == ()


def test_a_wrong_pin_in_the_middle_stops_and_the_rest_is_told(
    home: Path, office: PracticeOffice, papers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = sign_files.seal_with, []

    def second_fails(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            raise PinWrong(name="token", tries_left=1)
        return real(*arguments)  # type: ignore[arg-type]

    before = [path.read_bytes() for path in papers]
    monkeypatch.setattr(sign_files, "seal_with", second_fails)
    outcome = sign_files.sign_files(
        sign_files.SignFiles(tuple(papers), tuple(papers), signer(home)), Context()
    )
    assert [entry.problem and entry.problem.code for entry in outcome.value] == [
        None, "pin_wrong", "sign_not_reached",
    ]  # fmt: skip
    assert len(calls) == 2 and [path.read_bytes() for path in papers[1:]] == before[1:]
    assert_valid(papers[0], office.trust(), expected=1)


SIGN = ("--role", "so_hoa", "--level", "B-B", "--identity")


@pytest.mark.parametrize("name", ["revoked", "expired"])
def test_bad_certificates_end_the_command(
    home: Path, office: PracticeOffice, papers: list[Path], name: str
) -> None:
    before = [path.read_bytes() for path in papers]
    ran = tramso("sign", *papers, *SIGN, f"practice:{name}", "--accept-unchecked")
    assert ran.exit_code == 3 and before == [path.read_bytes() for path in papers]


def test_unchecked_status_asks_and_is_accepted(
    home: Path, office: PracticeOffice, papers: list[Path]
) -> None:
    for each in (home / "practice" / "trust").glob("*.crl"):
        each.unlink()
    asked = tramso("sign", papers[0], *SIGN, "practice:clerk")
    assert asked.exit_code == 6 and "thu hồi" in asked.stderr
    accepted = tramso("sign", papers[0], *SIGN, "practice:clerk", "--accept-unchecked", "--json")
    assert accepted.exit_code == 0
    assert json.loads(accepted.stdout)["files"][0]["warnings"] == ["certificate_unchecked"]


class Terminal(io.StringIO):
    """A person at a keyboard."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "signed"), [("y\n", 3), ("n\n", 0), ("\n", 0)])
def test_on_a_terminal_one_answer_holds_for_the_batch(
    home: Path,
    office: PracticeOffice,
    papers: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    signed: int,
) -> None:
    for each in (home / "practice" / "trust").glob("*.crl"):
        each.unlink()
    before = {path: path.read_bytes() for path in papers[0].parent.iterdir()}
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    command = sign_files.SignFiles(tuple(papers), tuple(papers), signer(home))
    with suppress(StatusUnknown):
        sign_files.sign_files(command, Context(consent=console.ask))
    now = {path: path.read_bytes() for path in papers[0].parent.iterdir()}
    assert now.keys() == before.keys() and sum(now[path] != before[path] for path in papers) == signed


def test_a_batch_goes_on_where_it_was_cut(home: Path, office: PracticeOffice, papers: list[Path]) -> None:
    assert tramso("sign", papers[1], *SIGN, "practice:clerk").exit_code == 0
    signed = papers[1].read_bytes()
    again = tramso("sign", *papers, *SIGN, "practice:clerk", "--skip-signed")
    assert again.exit_code == 0 and again.stdout.count("đã được ký") == 1
    assert "Chứng thư số không bị thu hồi" in again.stderr
    assert papers[1].read_bytes() == signed
    for path in papers:
        assert_valid(path, office.trust(), expected=1)
    # another certificate, or the same in another role, does sign
    assert tramso("sign", papers[1], *SIGN, "practice:official", "--skip-signed").exit_code == 0
    assert_valid(papers[1], office.trust(), expected=2)
