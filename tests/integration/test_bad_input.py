"""Bad input and bad luck: each ends in a clear word, nothing is lost, the rest goes on."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from PIL import Image

from desktop import bootstrap
from desktop.workflow import inputs
from desktop.workflow.job import Context
from desktop.workflow.papers.intake import Intake, intake
from desktop.workflow.views.papers import list_batches
from storage.errors import DiskFull
from storage.files.profile import lock
from tests.fakes.full_disk import FullDisk
from tests.integration.program import tramso


def page(words: str = "THÔNG BÁO\nVề việc thử nghiệm nhập giấy tờ") -> bytes:
    """A small born-digital page."""
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), words, fontname="F0", fontfile=font())
    data: bytes = document.tobytes()
    return data


def font() -> str:
    return "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def truncated(path: Path) -> None:
    path.write_bytes(page()[:400])


def one_pixel(path: Path) -> None:
    Image.new("RGB", (1, 1)).save(path)


def enormous(path: Path) -> None:
    Image.new("1", (20_000, 20_000), 1).save(path, optimize=False)


def encrypted(path: Path) -> None:
    plain = path.with_suffix(".plain")
    plain.write_bytes(page())
    with pikepdf.open(plain) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    plain.unlink()


def renamed_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "not a PDF")


BAD: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "cut.pdf": (truncated, {"input_truncated"}),
    "dot.png": (one_pixel, {"input_too_small"}),
    "huge.png": (enormous, {"input_too_large"}),
    "locked.pdf": (encrypted, {"input_encrypted"}),
    "zip.pdf": (renamed_zip, {"input_unknown_format"}),
}


def test_bad_files_are_named_and_the_good_one_goes_on(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, (make, _) in BAD.items():
        make(folder / name)
    (folder / "good.pdf").write_bytes(page())

    ran = tramso(home, "intake", folder, "--json")

    assert ran.code == 8, ran.stderr
    assert [Path(entry["file"]).name for entry in ran.json["files"]] == ["good.pdf"]
    codes = {problem["code"] for problem in ran.json["problems"]}
    assert codes == set().union(*(expected for _, expected in BAD.values()))
    for problem in ran.json["problems"]:
        assert len(problem["text"]) > 40  # what happened and what to do
        assert "?" not in problem["text"]  # no fact was forgotten
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("name", BAD)
def test_read_answers_for_every_bad_file(home: Path, tmp_path: Path, name: str) -> None:
    make, expected = BAD[name]
    make(tmp_path / name)
    ran = tramso(home, "read", tmp_path / name, "--json")
    [entry] = ran.json["files"]
    assert entry["error"]["code"] in expected
    assert ran.code == 3


def test_a_folder_that_cannot_be_read(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Any, onerror: Callable[[OSError], object], **_: Any) -> Any:
        onerror(PermissionError(13, "Permission denied", str(path)))
        return iter(())

    (good := tmp_path / "good.pdf").write_bytes(page())
    with bootstrap.open_services(home) as services, monkeypatch.context() as patch:
        patch.setattr(inputs.os, "walk", refuse)  # root may read everything, so the refusal is injected
        with pytest.raises(PermissionError):
            inputs.files_under((tmp_path,), inputs.PAPERS)
        outcome = intake(services, Intake((tmp_path, good), "lô"), Context())
    assert [entry.path for entry in outcome.value] == [good]
    assert [(each.code, each.subject) for each in outcome.problems] == [("not_readable", str(tmp_path))]


def test_a_missing_file(home: Path, tmp_path: Path) -> None:
    ran = tramso(home, "read", tmp_path / "nowhere.pdf", "--json")
    assert ran.json["files"][0]["error"]["code"] == "file_missing"
    assert ran.code == 3


def test_a_full_disk_keeps_what_came_before(home: Path, tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.pdf").write_bytes(page(f"Giấy số {number}"))
    paths = tuple(sorted(tmp_path.glob("*.pdf")))
    with bootstrap.open_services(home) as services:
        full = FullDisk(services, after=2)
        outcome = intake(full.services, Intake(paths, "lô"), Context())
        assert [problem.code for problem in outcome.problems] == [DiskFull.code]
        assert len(outcome.value) == 2
        again = intake(services, Intake(paths, "lô"), Context())
        assert [entry.known for entry in again.value] == [True, True, False, False]
        [batch] = list_batches(services)
        assert batch.pages == 4


def test_tesseract_without_vietnamese(home: Path, tmp_path: Path) -> None:
    Image.new("RGB", (1240, 1754), "white").save(tmp_path / "page.png", dpi=(150, 150))
    (tmp_path / "empty").mkdir()
    ran = tramso(home, "read", tmp_path / "page.png", extra={"TESSDATA_PREFIX": str(tmp_path / "empty")})
    assert ran.code == 4
    assert "tesseract-ocr-vie" in ran.said


def test_two_processes_on_one_profile(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(page())
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with lock(home):
            held.set()
            release.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(10)
        ran = tramso(home, "intake", tmp_path / "a.pdf")
        assert ran.code == 4
        assert "tiến trình" in ran.said or "đang" in ran.said
        assert tramso(home, "search", "gi").code == 0  # reading needs no lock
    finally:
        release.set()
        holder.join()
    assert tramso(home, "intake", tmp_path / "a.pdf").code == 0
