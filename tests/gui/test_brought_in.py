"""What a person scans and brings in, over a real profile: it is shown, and what went wrong is told."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.ui.app import make_window
from desktop.ui.frame import Frame
from desktop.ui.office.opening import OpeningOffice
from desktop.ui.scan.area import ScanArea
from desktop.workflow.doctor import examine
from desktop.workflow.problem_words import words_of
from desktop.workflow.scan_profiles import ScanProfile, as_setting
from tests.fakes.escl_scanner import Behaviour, scanner
from tests.gui.conftest import settle

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not any(check.part.startswith("tesseract") and check.state == "ok" for check in examine()),
        reason="Tesseract with vie is not installed",
    ),
]


@dataclass
class Bench:
    """The window over a profile of its own, driven as a clerk does."""

    window: Frame
    qtbot: QtBot

    @property
    def area(self) -> ScanArea:
        found = self.window.areas["scan"]
        assert isinstance(found, ScanArea)
        return found

    def wait(self) -> None:
        """Until pages that wait for a pause are read too."""
        self.qtbot.wait(700)
        self.qtbot.waitUntil(self.window.runner.idle, timeout=60_000)
        settle(self.qtbot, self.window)

    def act(self, name: str) -> None:
        self.window.actions_[name].trigger()
        self.wait()

    def bring_in(self, *paths: Path) -> None:
        self.area.take(paths)
        self.wait()

    def files(self) -> list[str]:
        return [page.file_name for page in self.area.strip.pages.pages]

    def told(self) -> list[str]:
        return [problem.code for problem in self.window.problems.problems()]

    def words(self) -> list[str]:
        return [words_of(problem)[0] for problem in self.window.problems.problems()]


@pytest.fixture
def open_bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], Bench]]:
    opened: list[tuple[Frame, OpeningOffice]] = []

    def make() -> Bench:
        office = OpeningOffice(tmp_path / "home")
        window = make_window(office, office.home)
        opened.append((window, office))
        window.show()
        office.open()
        bench = Bench(window, qtbot)
        bench.wait()
        return bench

    yield make
    for window, office in opened:
        window.close()
        office.close()


@pytest.fixture
def feeder(tmp_path: Path) -> Iterator[Behaviour]:
    """A network scanner that the profile scans with."""
    behaviour = Behaviour()
    with scanner(behaviour) as address:
        home = tmp_path / "home"
        home.mkdir()
        ways = as_setting((ScanProfile("Máy quét", address, "adf", 75),))
        settings.save(home, replace(settings.load(home), scan_profiles=ways))
        yield behaviour


def page(root: Path, words: str, dpi: int | None = 75) -> bytes:
    """A page as a scanner gives it; without its resolution where `dpi` is None."""
    image = Image.new("RGB", (620, 877), "#fbfaf5")
    letters = ImageFont.truetype(str(root / "resources" / "fonts" / "tinos-regular.ttf"), 26)
    ImageDraw.Draw(image).text((60, 80), words, fill="#111", font=letters)
    made = io.BytesIO()
    image.save(made, "JPEG", quality=80, **({"dpi": (dpi, dpi)} if dpi else {}))
    return made.getvalue()


def test_after_a_fault_nothing_is_offered_to_be_deleted_in_the_same_session(
    open_bench: Callable[[], Bench], feeder: Behaviour, root: Path
) -> None:
    feeder.sheets = [page(root, f"Tờ {n}") for n in range(3)]
    feeder.fault, feeder.after, feeder.feeder_after_fault = "empty answer", 3, "ScannerAdfJam"
    bench = open_bench()
    offers: list[str] = []
    bench.area.recovery.put = lambda *what, **facts: offers.append(str(what))  # type: ignore[method-assign]
    bench.act("scan.scan")
    bench.window.refresh()
    bench.wait()
    assert bench.told() == ["device_jammed"]
    assert len(bench.files()) == 3
    assert offers == []


def test_a_jam_stays_told_while_the_pages_are_read_and_none_is_called_by_its_digest(
    open_bench: Callable[[], Bench], feeder: Behaviour, root: Path
) -> None:
    half = page(root, "Tờ 2")
    feeder.sheets = [page(root, "Tờ 1"), half[: len(half) // 2], page(root, "Tờ 3")]
    feeder.fault, feeder.after, feeder.feeder_after_fault = "empty answer", 2, "ScannerAdfJam"
    bench = open_bench()
    bench.act("scan.scan")
    bench.area.strip.step(1)
    bench.wait()
    assert {"device_jammed", "device_page_damaged"} <= set(bench.told())
    assert len(set(bench.words())) == len(bench.words())
    assert not any(re.search("[0-9a-f]{64}", line) for line in bench.words())
    assert any("trang 2 " in line for line in bench.words())
    bench.window.problems.put_away()
    looked = [row for row in bench.window.jobs.rows if row.job.title == "ui.job.scan"]
    bench.window.toggle_jobs()
    bench.qtbot.mouseClick(looked[0].problems, Qt.MouseButton.LeftButton)
    assert bench.told() == ["device_page_damaged", "device_jammed"]


def test_each_import_and_each_scan_is_shown_unless_the_person_went_elsewhere(
    open_bench: Callable[[], Bench], feeder: Behaviour, root: Path, tmp_path: Path
) -> None:
    bench = open_bench()
    batches = bench.area.batches
    for name in ("một.jpg", "hai.jpg"):
        (tmp_path / name).write_bytes(page(root, name))
        bench.bring_in(tmp_path / name)
        assert bench.files() == [name]
    for number in range(3):
        feeder.sheets, feeder.given = [page(root, f"Tờ {number}")], 0
        bench.act("scan.scan")
        assert (batches.currentIndex(), bench.files()) == (0, ["p00001.jpg"])
    (tmp_path / "ba.jpg").write_bytes(page(root, "Ba"))
    bench.area.take([tmp_path / "ba.jpg"])
    batches.setCurrentIndex(batches.count() - 1)
    bench.wait()
    assert bench.files() == ["một.jpg"]


def test_the_pages_of_an_import_are_on_screen_before_they_are_read(
    open_bench: Callable[[], Bench], root: Path, tmp_path: Path
) -> None:
    sheets = [Image.open(io.BytesIO(page(root, f"Trang {n}"))) for n in range(40)]
    sheets[0].save(tmp_path / "xấp.tiff", save_all=True, append_images=sheets[1:], dpi=(75, 75))
    bench = open_bench()
    bench.area.take([tmp_path / "xấp.tiff"])
    bench.qtbot.waitUntil(lambda: len(bench.files()) == 40, timeout=10_000)
    assert bench.window.runner.running()


def test_a_picture_pasted_twice_at_once_is_taken_and_an_empty_folder_is_told(
    open_bench: Callable[[], Bench], root: Path, tmp_path: Path
) -> None:
    bench = open_bench()
    picture = QImage()
    picture.loadFromData(page(root, "Dán"))
    QGuiApplication.clipboard().setImage(picture)
    bench.window.actions_["scan.paste"].trigger()
    bench.act("scan.paste")
    assert "file_missing" not in bench.told()
    assert len(bench.files()) == 1
    bench.window.problems.put_away()
    (tmp_path / "trống").mkdir()
    bench.bring_in(tmp_path / "trống")
    assert bench.told() == ["nothing_to_take"]


def test_pages_without_their_resolution_are_counted_once_an_import(
    open_bench: Callable[[], Bench], root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "ảnh"
    folder.mkdir()
    for number, dpi in enumerate((None, 75, None)):
        (folder / f"{number}.jpg").write_bytes(page(root, f"Giấy tờ số {number}", dpi))
    bench = open_bench()
    bench.bring_in(folder)
    [assumed] = [each for each in bench.window.problems.problems() if each.code == "resolution_assumed"]
    assert assumed.facts["n"] == 2
