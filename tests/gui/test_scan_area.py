"""Scanning and mending in the window, by button and by key."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop import messages
from desktop.ui.frame import Frame
from desktop.ui.scan import hot_folder
from desktop.ui.scan.area import ScanArea
from desktop.ui.scan.profile_dialog import ProfileDialog
from desktop.ui.scan.separator_dialog import SeparatorDialog
from desktop.workflow.job import Problem
from desktop.workflow.scan.orders import Unfinished
from desktop.workflow.scan_profiles import ScanProfile
from ocr.files import arrivals
from ocr.ports import Device
from tests.gui.conftest import press, settle, type_vietnamese
from tests.gui.sample_office import CODE, NOW, SampleOffice

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BOTH = ScanProfile("Hai mặt", "sane:test:0", "adf-duplex")
CARD = ScanProfile("Căn cước", "escl://10.0.0.7/eSCL", "flatbed", paper="card")


def scan_area(window: Frame) -> ScanArea:
    area = window.areas["scan"]
    assert isinstance(area, ScanArea)
    return area


def with_profiles(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    office.profiles = [BOTH, CARD]
    window.refresh()
    settle(qtbot, window)


def test_ctrl_enter_scans_and_the_newest_page_is_shown(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    with_profiles(qtbot, window, office)
    office.scan_problems = (Problem("device_jammed", {"device": "sane:test:0", "pages": 3}),)
    before = len(office.pages("b1"))
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    assert window.areas["scan"].bar.running()
    settle(qtbot, window)
    assert office.orders[0].profile == BOTH
    assert len(window.areas["scan"].strip.pages.pages) == before + 3
    assert window.areas["scan"].strip.page().position == before + 2
    assert [problem.code for problem in window.problems.problems()] == ["device_jammed"]
    assert not window.areas["scan"].bar.running()


def test_a_function_key_scans_with_its_profile(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    with_profiles(qtbot, window, office)
    press(qtbot, window, Qt.Key.Key_F3)
    settle(qtbot, window)
    assert office.orders[0].profile == CARD


def test_a_scan_is_stopped_and_what_came_is_kept(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    with_profiles(qtbot, window, office)
    office.slow = 0.1
    bar = window.areas["scan"].bar
    bar.scan.click()
    qtbot.waitUntil(lambda: "sheet" in office.asked)
    bar.stop.click()
    office.slow = 0.0
    settle(qtbot, window)
    assert 14 < len(window.areas["scan"].strip.pages.pages) < 17
    assert bar.scan.isVisible()


def test_a_page_is_scanned_in_after_this_one_and_again_in_its_place(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    with_profiles(qtbot, window, office)
    window.areas["scan"].strip.go_to("p4")
    press(qtbot, window, Qt.Key.Key_I, CTRL, SHIFT)
    settle(qtbot, window)
    window.areas["scan"].strip.go_to("p4")
    press(qtbot, window, Qt.Key.Key_R, CTRL, SHIFT)
    settle(qtbot, window)
    assert [(order.batch_id, order.to, order.replaces) for order in office.orders] == [
        ("b1", 5, None),
        ("b1", None, "p4"),
    ]


def test_files_are_put_in_after_the_page_that_is_shown(
    qtbot: QtBot, window: Frame, office: SampleOffice, tmp_path: Path
) -> None:
    window.areas["scan"].strip.go_to("p4")
    press(qtbot, window, Qt.Key.Key_I, CTRL, Qt.KeyboardModifier.AltModifier)
    dialog = window.areas["scan"].findChild(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "anh.jpg")])
    dialog.reject()
    settle(qtbot, window)
    assert office.inserted == [((tmp_path / "anh.jpg",), "b1", 5)]


def test_the_first_profile_is_made_with_a_scanner_that_was_found(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    dialog = window.findChild(ProfileDialog)
    settle(qtbot, window)
    assert dialog.device.count() == 2
    dialog.device.setCurrentIndex(1)
    dialog.name.clear()
    type_vietnamese(dialog.name, "Máy phòng một cửa")
    dialog.feed.setCurrentIndex(dialog.feed.findData("flatbed"))
    dialog.keep.click()
    settle(qtbot, window)
    assert office.profiles == [ScanProfile("Máy phòng một cửa", "escl://10.0.0.7/eSCL", "flatbed")]
    assert window.areas["scan"].bar.profiles.currentData() == "Máy phòng một cửa"


def test_of_two_scanners_of_one_name_the_chosen_one_is_kept(
    qtbot: QtBot, window: Frame, office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins = [Device(f"escl://10.0.0.{n}/eSCL", "HP MFP") for n in (7, 8)]
    monkeypatch.setattr(office, "devices", lambda: twins)
    office.profiles = [ScanProfile("Tầng 1 · cửa 2", "escl://10.0.0.7/eSCL"), ScanProfile("Khác", "sane:x")]
    window.refresh()
    settle(qtbot, window)
    bar = window.areas["scan"].bar
    bar.open_profiles()
    dialog = window.findChild(ProfileDialog)
    dialog.finder.click()
    settle(qtbot, window)
    dialog.device.setCurrentIndex(1)
    assert dialog.device.currentText() == "HP MFP (escl://10.0.0.8/eSCL)"
    dialog.keep.click()
    settle(qtbot, window)
    assert [profile.device for profile in office.profiles] == ["escl://10.0.0.8/eSCL", "sane:x"]
    bar.profiles.setCurrentIndex(1)
    window.refresh()
    settle(qtbot, window)
    assert bar.profiles.currentData() == "Khác"
    bar.profiles.setCurrentIndex(0)
    window.refresh()
    settle(qtbot, window)
    assert bar.profiles.currentData() == "Tầng 1 · cửa 2"


def test_a_separator_sheet_names_dossier_component_and_profile(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    with_profiles(qtbot, window, office)
    press(qtbot, window, Qt.Key.Key_S, CTRL, SHIFT)
    dialog = window.findChild(SeparatorDialog)
    settle(qtbot, window)
    assert dialog.dossier.count() == 3  # closed dossiers take no more papers
    dialog.dossier.setCurrentIndex(1)
    settle(qtbot, window)
    dialog.component.setCurrentIndex(dialog.component.findData("chung_sinh"))
    dialog.profile.setCurrentIndex(1)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    target = office.home / "phieu.pdf"
    window.findChild(QFileDialog).fileSelected.emit(str(target))
    settle(qtbot, window)
    assert office.sheets == [(CODE, "chung_sinh", office.profiles[0].name, target)]


def test_profiles_that_the_office_fixed_can_only_be_used(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    office.locked = True
    with_profiles(qtbot, window, office)
    window.areas["scan"].bar.open_profiles()
    dialog = window.findChild(ProfileDialog)
    assert not dialog.keep.isEnabled()
    assert not dialog.name.isEnabled()
    assert "ấn định" in dialog.note.text()
    dialog.reject()


def test_a_deleted_page_comes_back_by_ctrl_z(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    strip = window.areas["scan"].strip
    strip.go_to("p3")
    press(qtbot, strip, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert "p3" not in [page.id for page in strip.pages.pages]
    press(qtbot, strip, Qt.Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert "p3" in [page.id for page in strip.pages.pages]


def moved(widget: QWidget, to: QPoint) -> QMouseEvent:
    """The mouse moved with its left button held: qtbot's own move holds none."""
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(
        QEvent.Type.MouseMove, to, widget.mapToGlobal(to), Qt.MouseButton.NoButton, left,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip


def test_a_box_drawn_on_the_page_crops_it(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    canvas = window.areas["scan"].page.canvas
    boxes: list[tuple[float, ...]] = []
    canvas.boxed.connect(boxes.append)
    press(qtbot, window, Qt.Key.Key_X, CTRL, SHIFT)
    start, end = canvas.mapFromScene(100, 100), canvas.mapFromScene(400, 600)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas.viewport(), left, pos=start)
    QApplication.sendEvent(canvas.viewport(), moved(canvas.viewport(), end))
    qtbot.mouseRelease(canvas.viewport(), left, pos=end)
    settle(qtbot, window)
    [box] = boxes
    assert abs(box[0] - 100) < 3
    assert abs(box[3] - 600) < 3
    press(qtbot, window, Qt.Key.Key_X, CTRL, SHIFT)
    qtbot.mousePress(canvas.viewport(), left, pos=QPoint(50, 50))
    qtbot.mouseRelease(canvas.viewport(), left, pos=QPoint(50, 50))
    assert len(boxes) == 1


def test_what_was_left_is_offered_with_time_and_count(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    office.left = [
        Unfinished("s1", "Hai mặt", NOW, 14),
        Unfinished("b7", "Thư mục", NOW - timedelta(1), 3),
        Unfinished("b9", "Cũ", NOW - timedelta(2), 1),
    ]
    window.refresh()
    settle(qtbot, window)
    bar = window.areas["scan"].recovery
    assert bar.isVisible()
    assert "14 trang" in bar.accessibleName()
    assert "22/11/2026" in bar.accessibleName()
    bar.recover.click()
    settle(qtbot, window)
    assert "Thư mục" in bar.accessibleName()
    bar.discard.click()
    settle(qtbot, window)
    bar.later.click()
    settle(qtbot, window)
    assert not bar.isVisible()
    assert [said for said in office.asked if said.endswith(("s1", "b7", "b9"))] == [
        "recover s1",
        "discard b7",
    ]
    window.refresh()
    settle(qtbot, window)
    assert not bar.isVisible()


def test_files_and_pictures_are_pasted(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile("/x/giấy.pdf")])
    QGuiApplication.clipboard().setMimeData(held)
    press(qtbot, window, Qt.Key.Key_V, CTRL)
    settle(qtbot, window)
    picture = QImage(200, 280, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(picture)
    press(qtbot, window, Qt.Key.Key_V, CTRL)
    settle(qtbot, window)
    assert office.taken == [Path("/x/giấy.pdf"), office.home / "dan.png"]
    assert QImage(str(office.home / "dan.png")).size() == picture.size()


def test_the_first_start_shows_the_way(qtbot: QtBot, tmp_path: Path, open_window: object) -> None:
    empty = open_window(SampleOffice(tmp_path, pages=0))  # type: ignore[operator]
    guide = empty.areas["scan"].guide
    assert guide.isVisible()
    guide.buttons[0].click()
    dialog = empty.findChild(ProfileDialog)
    assert dialog.isVisible()
    settle(qtbot, empty)
    dialog.reject()


def test_a_hot_folder_is_watched_until_it_is_stopped(
    qtbot: QtBot,
    office: SampleOffice,
    tmp_path: Path,
    open_window: Callable[[SampleOffice], Frame],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hot_folder, "QUIET_LOOKS", 1)
    monkeypatch.setattr(hot_folder, "LOOK_MS", 50)
    monkeypatch.setattr(arrivals, "STABLE_S", 0.0)
    folder = tmp_path / "nhận"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"x")
    (folder / "ghi-chu.docx").write_bytes(b"x")
    window = open_window(office)
    hot = scan_area(window).hot_folder
    hot.start(folder)
    qtbot.waitUntil(lambda: office.asked.count("read b1") == 1, timeout=10_000)
    assert hot.isVisible()
    assert (office.watched, [path.name for path in office.arrived[0].whole]) == (folder, ["a.pdf"])
    assert [path.name for path in office.arrived[0].others] == ["ghi-chu.docx"]
    folder.rename(tmp_path / "mất")
    unreadable = messages.text("ui.hot_folder.unreadable")
    qtbot.waitUntil(lambda: hot.more.text() == unreadable, timeout=10_000)
    (tmp_path / "mất").rename(folder)
    (folder / "b.pdf").write_bytes(b"x")
    qtbot.waitUntil(lambda: len(office.arrived) == 2, timeout=10_000)
    assert office.arrived[1].batch_id is None  # the first stack was read: this one is another
    window.actions_["scan.hot_folder_stop"].trigger()
    settle(qtbot, window)
    assert (office.watched, hot.isVisible()) == (None, False)


def test_a_watched_folder_is_watched_again_after_a_start(
    qtbot: QtBot, office: SampleOffice, tmp_path: Path, open_window: Callable[[SampleOffice], Frame]
) -> None:
    office.watched = tmp_path
    assert scan_area(open_window(office)).hot_folder.isVisible()


def test_a_profile_that_is_a_folder_is_watched(
    qtbot: QtBot, office: SampleOffice, tmp_path: Path, open_window: Callable[[SampleOffice], Frame]
) -> None:
    office.profiles = [ScanProfile("Máy tầng 2", f"folder:{tmp_path}")]
    window = open_window(office)
    window.actions_["scan.scan"].trigger()
    settle(qtbot, window)
    assert (office.watched, office.orders) == (tmp_path, [])


def test_a_scan_never_waits_behind_other_jobs(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    with_profiles(qtbot, window, office)
    done = threading.Event()
    for _ in range(2):
        window.runner.submit("ui.job.intake", lambda context: done.wait(20), n=1)
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not scan_area(window).bar.running())
    assert len(window.runner.running()) == 2
    assert len(office.orders) == 1
    done.set()
    settle(qtbot, window)


@pytest.mark.parametrize("link", [False, True])
def test_text_and_links_are_said_to_be_nothing_that_can_be_taken(
    qtbot: QtBot, window: Frame, office: SampleOffice, link: bool
) -> None:
    held = QMimeData()
    held.setText("https://vi.du/giay.pdf")
    if link:
        held.setUrls([QUrl("https://vi.du/giay.pdf")])
    QGuiApplication.clipboard().setMimeData(held)
    press(qtbot, window, Qt.Key.Key_V, CTRL)
    assert [problem.code for problem in window.problems.problems()] == ["nothing_to_take"]
    window.problems.put_away()
    window.take([])
    assert [problem.code for problem in window.problems.problems()] == ["nothing_to_take"]
    assert office.taken == []
