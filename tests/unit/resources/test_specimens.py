"""The specimen office: deterministic, kill-safe, true to what it says is on its papers."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zlib
from importlib import resources
from pathlib import Path

import numpy as np
import pikepdf
import pymupdf
import pytest
import zxingcpp
from PIL import Image

from resources.specimens import dossiers, make_result, separator
from resources.specimens.idcard import check_digit, identity_card, machine_readable, qr_text
from resources.specimens.office import make, write_whole
from resources.specimens.people import AUNT, FATHER, GRADUATE, LATE_WIFE, MOTHER, WIDOWER, Person
from resources.specimens.scans import DELIVERIES, encode, printed
from resources.specimens.sheet import NOTICE

PERSONS = (AUNT, FATHER, GRADUATE, LATE_WIFE, MOTHER, WIDOWER)
NAMES = [delivery.name for delivery in DELIVERIES]
PAPERS = [feed.draw(np.random.default_rng(1)) for delivery in DELIVERIES for feed in delivery.feeds]


@pytest.fixture
def two_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Only two quick files, so that a test need not draw the whole office."""
    few = tuple(delivery for delivery in DELIVERIES if delivery.name[:2] in ("02", "10"))
    monkeypatch.setattr("resources.specimens.office.DELIVERIES", few)
    return [delivery.name for delivery in few]


def _bytes(name: str, seed: int) -> bytes:
    (delivery,) = [one for one in DELIVERIES if one.name == name]
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    return encode(delivery, tuple(feed.draw(rng) for feed in delivery.feeds), rng)


def test_office_is_large_enough() -> None:
    kinds = {paper.kind for paper in PAPERS} - {"separator"}
    assert len(kinds) >= 14
    assert {name.rsplit(".", 1)[1] for name in NAMES} == {"jpg", "tif", "pdf", "png", "heic"}
    assert len(dossiers()) == 3
    assert sum(bool(dossier.missing) for dossier in dossiers()) == 1


def test_kinds_and_components_are_those_of_the_program() -> None:
    root = resources.files("resources")
    kinds = {kind["code"] for kind in json.loads((root / "kinds.json").read_bytes())["kinds"]}
    assert {paper.kind for paper in PAPERS} <= kinds
    wanted = {dossier.code: dossier for dossier in dossiers()}
    for feed in (feed for delivery in DELIVERIES for feed in delivery.feeds if feed.component):
        assert feed.dossier
        procedure = json.loads((root / "procedures" / f"{wanted[feed.dossier].procedure}.json").read_bytes())
        (component,) = [one for one in procedure["components"] if one["code"] == feed.component]
        kind = feed.draw(np.random.default_rng(1)).kind
        assert not component["kinds"] or kind in component["kinds"]


@pytest.mark.parametrize("draft", PAPERS, ids=lambda draft: draft.kind)
def test_every_paper_says_that_it_is_a_specimen(draft: object) -> None:
    for sheet in draft.sheets:  # type: ignore[attr-defined]
        shown = sheet.pdf()[0].get_text()
        assert NOTICE in shown or "PHIẾU PHÂN CÁCH" in shown
        assert sheet.text == unicodedata.normalize("NFC", sheet.text)


def test_same_seed_same_bytes_other_seed_other_bytes() -> None:
    name = "02-giay-chung-sinh.jpg"
    assert _bytes(name, 1) == _bytes(name, 1)
    assert _bytes(name, 1) != _bytes(name, 2)


def test_a_killed_run_goes_on_and_keeps_what_is_right(tmp_path: Path, two_files: list[str]) -> None:
    files = make(tmp_path)
    assert [file.path.name for file in files] == two_files
    before = {file.path: (file.path.read_bytes(), file.path.stat().st_mtime_ns) for file in files}
    first, second = before
    first.write_bytes(before[first][0][:1000])
    assert make(tmp_path) == files
    assert first.read_bytes() == before[first][0]
    assert second.stat().st_mtime_ns == before[second][1]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([".specimens.json", *two_files])


def test_a_missing_or_foreign_ledger_only_costs_time(tmp_path: Path, two_files: list[str]) -> None:
    make(tmp_path)
    wanted = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / ".specimens.json").write_bytes(b"[1")
    (tmp_path / two_files[0]).unlink()
    make(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == wanted


def test_write_whole_leaves_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "a", b"data")
    assert list(tmp_path.iterdir()) == []


def test_files_open_with_the_pages_they_say() -> None:
    data = _bytes("07-quyet-dinh-tuyen-dung.tif", 1)
    with Image.open(io.BytesIO(data)) as image:
        assert getattr(image, "n_frames", 1) == 2
        assert tuple(round(float(dpi)) for dpi in image.info["dpi"]) == (300, 300)
    with pymupdf.open(stream=_bytes("10-cong-van-va-giay-moi.pdf", 1)) as document:
        assert len(document) == 2
        assert not document[0].get_text().strip()


@pytest.mark.parametrize("person", PERSONS, ids=lambda person: person.name)
def test_numbers_follow_the_rules_and_belong_to_nobody(person: Person) -> None:
    assert re.fullmatch(r"\d{12}", person.number)
    century = 2 * (person.born.year // 100 - 19)
    assert int(person.number[3]) == century + (0 if person.male else 1)
    assert person.number[4:6] == f"{person.born:%y}"
    assert int(person.number[6:]) > 999_900


def test_card_is_read_by_machine() -> None:
    draft = identity_card(AUNT, np.random.default_rng(1))
    picture = printed(draft.sheets[0], np.random.default_rng(1))
    codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert [code.text for code in codes] == [qr_text(AUNT)]
    assert qr_text(AUNT).split("|")[0] == draft.fields["so_dinh_danh"]


def test_machine_readable_zone_has_the_right_check_digits() -> None:
    # the worked example of ICAO Doc 9303-5, appendix A
    assert check_digit("D23145890") == "7"
    assert check_digit("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<<") == "2"
    lines = machine_readable(AUNT, AUNT.born.replace(year=2030))
    assert [len(line) for line in lines] == [30, 30, 30]
    assert lines[1][6] == check_digit(lines[1][:6])
    assert lines[1][29] == check_digit(lines[0][5:] + lines[1][:7] + lines[1][8:15] + lines[1][18:29])


@pytest.mark.parametrize("code", ["H01.17.25-261122-0002", ""])
def test_separator_carries_the_dossier(code: str) -> None:
    with pymupdf.open(stream=separator(code)) as document:
        assert code in document[0].get_text()
        shown = document[0].get_pixmap(dpi=100, colorspace=pymupdf.csGRAY)
    picture = np.frombuffer(shown.samples, np.uint8).reshape(shown.h, shown.w)
    codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert [found.text for found in codes] == [f"tramso:separator?dossier={code}"]


@pytest.mark.parametrize("code", [dossier.code for dossier in dossiers()])
def test_results_are_pdfa_with_readable_text(tmp_path: Path, code: str) -> None:
    file = make_result(tmp_path, code)
    data = file.path.read_bytes()
    (paper,) = file.papers
    assert make_result(tmp_path, code).path.read_bytes() == data
    with pymupdf.open(stream=data) as document:
        words = " ".join(document[0].get_text().split())
        for line in paper.pages[0].text.splitlines()[:4]:
            assert line in words
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert b"<pdfaid:part>2</pdfaid:part>" in pdf.Root.Metadata.read_bytes()
        assert len(pdf.Root.OutputIntents) == 1
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        assert all("/FontFile2" in font for font in fonts if font.get("/Type") == "/FontDescriptor")


def test_no_result_for_a_foreign_dossier(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        make_result(tmp_path, "H01.17.25-261122-9999")
