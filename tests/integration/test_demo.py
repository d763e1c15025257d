"""The main job: specimen papers go in, a verified package found by a word on the paper comes out."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.package.check import verify
from tests.integration.program import Ran, tramso


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Ran]]:
    """One demo for all tests of this module."""
    home = tmp_path_factory.mktemp("office") / "home"
    yield home, tramso(home, "demo", "--home", home, "--json")


@pytest.fixture(scope="module")
def result(office: tuple[Path, Ran]) -> Any:
    _, ran = office
    assert ran.code == 0, ran.stderr
    return ran.json


def test_papers_are_named(result: Any) -> None:
    papers = result["papers"]
    assert len(papers) >= 14
    wrong = [(paper["file"], paper["kind"]) for paper in papers if paper["kind"] != paper["kind_expected"]]
    assert wrong == []


def test_papers_are_read(result: Any) -> None:
    known = [paper["cer"] for paper in result["papers"] if paper["cer"] is not None]
    assert sum(known) / len(known) < 0.05


def test_every_signature_is_valid(result: Any) -> None:
    signed = [paper for paper in result["papers"] if paper["kind"] != "separator"]
    assert all(paper["signatures"] >= 2 for paper in signed), signed
    assert {paper["verdict"] for paper in signed} == {"valid"}


def test_one_dossier_is_left_incomplete(result: Any) -> None:
    complete = Counter(dossier["complete"] for dossier in result["dossiers"])
    assert complete == {True: 2, False: 1}
    [lacking] = [dossier for dossier in result["dossiers"] if not dossier["complete"]]
    assert lacking["missing"]
    assert lacking["receipt"] is None


def test_packages_are_whole(office: tuple[Path, Ran], result: Any) -> None:
    home, _ = office
    packages = sorted((home / "archive").rglob("*.zip"))
    assert len(packages) == 2
    for package in packages:
        report = verify(package)
        assert report.intact, report.problems
        with zipfile.ZipFile(package) as content:
            assert content.testzip() is None


def test_deposited_files_satisfy_a_second_verifier(
    office: tuple[Path, Ran], result: Any, tmp_path: Path
) -> None:
    home, _ = office
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is not installed")
    for package in (home / "archive").rglob("*.zip"):
        with zipfile.ZipFile(package) as content:
            for name in (name for name in content.namelist() if name.endswith(".pdf")):
                path = Path(content.extract(name, tmp_path / package.stem))
                said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
                assert said.count("Signature is Valid.") == said.count("Signature #") >= 2, said


def test_search_without_accents(office: tuple[Path, Ran], result: Any) -> None:
    home, _ = office
    ran = tramso(home, "search", "trạm y tế xã mẫu sơn đông", "--json")
    plain = tramso(home, "search", "tram y te xa mau son dong", "--json")
    assert plain.json["hits"]
    assert [hit["document"] for hit in plain.json["hits"]] == [hit["document"] for hit in ran.json["hits"]]
    assert "Mẫu" in plain.json["hits"][0]["snippet"] or "MẪU" in plain.json["hits"][0]["snippet"]


def test_the_journal_holds(office: tuple[Path, Ran], result: Any) -> None:
    home, _ = office
    assert tramso(home, "journal", "verify", "--json").json == {**result["journal"]}


def test_again_changes_nothing(office: tuple[Path, Ran], result: Any) -> None:
    home, _ = office
    before = {path: path.read_bytes() for path in (home / "archive").rglob("*") if path.is_file()}
    again = tramso(home, "demo", "--home", home, "--json")
    assert again.code == 0, again.stderr
    assert again.json["dossiers"] == result["dossiers"]
    assert len(again.json["papers"]) == len(result["papers"])
    assert {path: path.read_bytes() for path in (home / "archive").rglob("*") if path.is_file()} == before


def test_incidents_and_personal_data_stay_out_of_the_log(office: tuple[Path, Ran]) -> None:
    home, _ = office
    log = home / "tramso.log"
    assert not log.exists() or log.read_text(encoding="utf-8") == ""
