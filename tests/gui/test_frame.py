"""The window as a whole: keys, palette, themes, layout, dropped files, problems."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QSplitter
from pytestqt.qtbot import QtBot

from desktop import messages
from desktop.ui import theme
from desktop.ui.frame import Frame
from desktop.ui.scan.profile_dialog import ProfileDialog
from desktop.ui.shell.command_palette import CommandPalette, KeyList, fold
from desktop.ui.shell.rail import AREAS
from desktop.ui.shell.status_chip import Chip, Meaning
from desktop.workflow.job import Problem
from desktop.workflow.scan.orders import ScannerState
from desktop.workflow.scan_profiles import ScanProfile
from tests.gui.conftest import press, settle, type_vietnamese
from tests.gui.sample_office import SampleOffice

CTRL = Qt.KeyboardModifier.ControlModifier
DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)


def test_ctrl_digit_goes_to_each_area(qtbot: QtBot, window: Frame) -> None:
    for digit, area in zip(DIGITS, AREAS, strict=True):
        press(qtbot, window, digit, CTRL)
        assert window.area() == area
        assert window.rail.buttons[area].isChecked()


def test_the_palette_finds_a_command_without_accents_and_runs_it(qtbot: QtBot, window: Frame) -> None:
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    qtbot.waitUntil(palette.isVisible)
    type_vietnamese(palette.field, "luu tru")
    assert palette.list.key() == "go.archive"
    press(qtbot, palette.field, Qt.Key.Key_Return)
    assert window.area() == "archive"


def test_folding_knows_d_with_stroke() -> None:
    assert fold("Đính kèm GIẤY TỜ") == "dinh kem giay to"


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_f1_and_question_mark_list_every_key(qtbot: QtBot, window: Frame, key: Qt.Key) -> None:
    shift = [Qt.KeyboardModifier.ShiftModifier] if key is Qt.Key.Key_Question else []
    press(qtbot, window, key, *shift)
    found = window.findChild(KeyList)
    assert found is not None
    listed = {row.key for row in found.list.rows.rows}
    assert listed == {entry.name for entry in window.actions_.entries() if entry.keys}
    found.reject()


def test_no_two_actions_on_screen_share_a_key(window: Frame) -> None:
    for area in AREAS:
        keys = [key for entry in window.actions_.entries() if entry.area in ("", area) for key in entry.keys]
        assert len(keys) == len(set(keys)), area


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_can_be_read_on_every_ground(name: theme.ThemeName) -> None:
    colours = theme.THEMES[name]
    pairs = [(colours.text, ground) for ground in (colours.window, colours.surface, colours.raised)]
    pairs += [(colours.muted, ground) for ground in (colours.window, colours.surface, colours.raised)]
    pairs += [(colours.text, colours.accent_soft), (colours.muted, colours.accent_soft)]
    pairs += [(colours.on_accent, colours.accent), (colours.accent, colours.surface)]
    pairs += [colours.tone(tone) for tone in ("ok", "note", "warn", "bad", "neutral", "accent")]
    assert [(one, other) for one, other in pairs if contrast(one, other) < 4.5] == []


@pytest.mark.parametrize("scale", theme.SCALES)
def test_the_window_fits_a_small_screen_at_every_size_of_text(
    qtbot: QtBot, window: Frame, scale: int
) -> None:
    window.dress("light", scale)
    for area in AREAS:
        window.go(area)
        window.resize(QSize(1366, 768))
        settle(qtbot, window)
        assert window.minimumSizeHint().width() <= 1366, area
        assert window.size() == QSize(1366, 768), area


def test_theme_and_layout_are_remembered(
    qtbot: QtBot, office: SampleOffice, open_window: Callable[[SampleOffice], Frame]
) -> None:
    from desktop import settings

    first = open_window(office)
    first.toggle_theme()
    first.go("sign")
    first.resize(1200, 700)
    first.close()
    assert settings.load(office.home).theme == "dark"
    second = starting_over(office)
    assert second.area() == "sign"
    assert second.height() == 700  # the width is cut to the small screen that tests have
    second.close()


def starting_over(office: SampleOffice) -> Frame:
    from desktop.ui.app import make_window

    window = make_window(office, office.home)
    window.show()
    return window


def drag(window: Frame, path: Path) -> tuple[QMimeData, QPoint]:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    middle = window.rect().center()
    actions, button, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    # Qt 6.12 takes the place as a QPointF and deprecates QPoint, which is all that older ones take.
    place = QPointF(middle) if PySide6.__version_info__ >= (6, 12) else middle
    QApplication.sendEvent(window, QDragEnterEvent(place, actions, data, button, none))
    return data, middle


@pytest.mark.parametrize(("start", "end"), [("archive", "scan"), ("verify", "verify")])
def test_dropped_files_say_where_they_go_and_go_there(
    qtbot: QtBot, window: Frame, office: SampleOffice, start: str, end: str
) -> None:
    window.go(start)
    data, middle = drag(window, Path("/x/dung.pdf"))
    assert window.overlay.isVisible()
    actions, button, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, QDropEvent(middle, actions, data, button, none))
    settle(qtbot, window)
    assert not window.overlay.isVisible()
    assert window.area() == end
    assert ("intake" if end == "scan" else "verify") in office.asked


def test_problems_say_what_and_what_to_do_and_can_be_copied(qtbot: QtBot, window: Frame) -> None:
    window.tell((Problem("input_encrypted", {"name": "khoa.pdf"}, "/x/khoa.pdf"),))
    assert window.problems.isVisible()
    window.problems._copy()
    copied = QGuiApplication.clipboard().text()
    assert "mật khẩu" in copied
    assert "khoa.pdf" in copied
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.problems.isVisible()


def test_problems_stay_until_they_are_put_away_each_once(qtbot: QtBot, window: Frame) -> None:
    jam = Problem("device_jammed", {"device": "x", "pages": 2})
    window.tell((jam, Problem("input_truncated", {"name": "a.jpg"})))
    window.tell((Problem("input_truncated", {"name": "b.jpg"}),))
    window.tell((Problem("device_jammed", {"device": "x", "pages": 2}),))
    assert [problem.code for problem in window.problems.problems()] == [
        "device_jammed",
        *["input_truncated"] * 2,
    ]
    assert messages.text("ui.problem.count", n=3) in [
        label.text() for label in window.problems.findChildren(QLabel)
    ]
    window.tell([Problem("input_truncated", {"name": f"{n}.jpg"}) for n in range(100)])
    assert window.problems.height() < window.height() / 2
    press(qtbot, window, Qt.Key.Key_Escape)
    window.tell((jam,))
    assert window.problems.problems() == (jam,)


def test_a_bug_in_a_slot_shows_an_incident_and_the_window_lives(
    qtbot: QtBot, window: Frame, caplog: pytest.LogCaptureFixture
) -> None:
    import sys

    try:
        raise RuntimeError("Đặng Thị Hường")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    [problem] = window.problems.problems()
    assert problem.code == "bug"
    assert str(problem.facts["incident"]) in caplog.text
    assert "Hường" not in caplog.text
    window.go("archive")
    assert window.area() == "archive"


def test_jobs_are_listed_and_can_be_cancelled(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    office.slow = 0.05
    window.go("archive")
    window.areas["archive"].check.click()
    press(qtbot, window, Qt.Key.Key_F9)
    assert window.jobs.isVisible()
    qtbot.waitUntil(lambda: window.jobs.rows[0].job.progress is not None)
    window.jobs.rows[0].cancel.click()
    settle(qtbot, window)
    assert window.jobs.rows[0].job.state == "cancelled"
    assert window.areas["archive"].check.isEnabled()


def meaning_of(window: Frame, chip: Chip) -> Meaning:
    chip.setFocus()
    chip.click()
    return next(found for found in window.findChildren(Meaning) if found.isVisible())


def test_each_state_says_what_it_means_and_leads_there(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    status = window.status
    for chip, area in ((status.token, "sign"), (status.archive, "archive")):
        meaning = meaning_of(window, chip)
        assert meaning.words.text() not in ("", chip.accessibleName())
        assert chip.accessibleDescription() == meaning.words.text()
        meaning.act.click()
        assert window.area() == area
    meaning = meaning_of(window, status.scanner)
    press(qtbot, meaning, Qt.Key.Key_Escape)
    assert not meaning.isVisible()
    meaning_of(window, status.scanner).act.click()
    assert window.area() == "scan"
    qtbot.waitUntil(lambda: window.findChild(ProfileDialog) is not None)
    window.findChild(ProfileDialog).reject()


def test_the_scanner_state_follows_the_scanner(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    assert window.status.scanner.accessibleName() == "Chưa chọn máy quét"
    office.profiles = [ScanProfile("Nhanh", "sane:test:0")]
    office.scan_problems = (Problem("scanner_jam"),)
    office.slow = 0.02
    window.refresh()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.status.scanner.accessibleName() == "Sẵn sàng: Máy quét mẫu")
    window.go("scan")
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    assert window.status.scanner.accessibleName() == "Đang quét"
    window.status.scanner_watch.look()
    assert office.asked.count("ask_scanner") == 1  # never while it scans
    settle(qtbot, window)
    assert window.status.scanner.accessibleName() == "Máy quét có sự cố"
    qtbot.waitUntil(lambda: office.asked.count("ask_scanner") == 2)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_scanner_that_is_gone_is_said_with_what_to_do(
    qtbot: QtBot, window: Frame, office: SampleOffice, language: messages.Language
) -> None:
    window.speak(language)
    chip = window.status.scanner
    office.profiles = [ScanProfile("Thư mục", "folder:/x"), ScanProfile("Nhanh", "sane:test:0")]
    office.scanner = ScannerState("gone", "test:0")
    window.refresh()
    qtbot.waitUntil(lambda: chip.property("tone") == "bad")
    assert "test:0" in chip.accessibleName()
    assert len(chip.accessibleDescription()) > 100
    office.scanner = ScannerState("taken", "test:0")
    window.status.scanner_watch.look()
    qtbot.waitUntil(lambda: chip.property("tone") == "warn")


def test_a_driver_that_hangs_holds_up_neither_the_window_nor_its_end(
    qtbot: QtBot, window: Frame, office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, asked = threading.Event(), threading.Event()

    def hang(address: str) -> ScannerState:
        asked.set()
        answers.wait(10)
        return ScannerState("ready", "")

    watch = window.status.scanner_watch
    monkeypatch.setattr(watch, "_ask", hang)
    watch.watch("sane:test:0")
    assert asked.wait(5)
    window.go("archive")
    settle(qtbot, window)
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 2
    answers.set()
    qtbot.waitUntil(lambda: all(thread.name != "scanner" for thread in threading.enumerate()))


def test_spacings_follow_the_size_of_text_and_come_back(qtbot: QtBot, window: Frame) -> None:
    layout = window.areas["scan"].layout()
    sides, gap = layout.contentsMargins(), layout.spacing()
    window.dress("light", 200)
    large = theme.current().sizes
    assert (layout.contentsMargins().left(), layout.spacing()) == (large.l, large.m)
    window.dress("light", 100)
    assert (layout.contentsMargins(), layout.spacing()) == (sides, gap)


def test_columns_are_remembered_for_each_size_of_text(
    qtbot: QtBot, office: SampleOffice, open_window: Callable[[SampleOffice], Frame]
) -> None:
    first = open_window(office)
    split = first.areas["scan"].findChild(QSplitter, "scan")
    usual = split.sizes()
    first.dress("light", 200)
    split.setSizes([400, 500, 460])
    first.close()
    theme.apply(QApplication.instance(), theme.theme("light", 100))
    second = open_window(office)
    assert second.areas["scan"].findChild(QSplitter, "scan").sizes() == usual
