"""A 1366 by 768 screen at 200 %, by the system's scaling or by the size of text: nothing scrolls sideways."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.dossier.new_dialog import NewDossierDialog
from desktop.ui.frame import Frame
from desktop.ui.parts.choice import Choice
from desktop.ui.review.lessons_dialog import LessonsDialog
from desktop.ui.review.second_check_dialog import SecondCheckDialog
from desktop.ui.scan.profile_dialog import ProfileDialog
from desktop.ui.scan.separator_dialog import SeparatorDialog
from desktop.ui.shell.command_palette import CommandPalette, KeyList
from desktop.ui.shell.consent_dialog import ConsentDialog
from desktop.ui.shell.pin_dialog import PinDialog
from desktop.ui.shell.rail import AREAS
from desktop.ui.shell.settings_dialog import SettingsDialog
from desktop.ui.sign.dialogs import KeyDialog, ReturnDialog
from desktop.ui.sign.mandates import MandateDialog
from desktop.ui.verify.decision import DecisionDialog
from desktop.ui.verify.trust import TrustDialog
from desktop.workflow.job import Problem
from signing.model import PinQuestion, Tries
from tests.gui.conftest import settle
from tests.gui.sample_office import SampleOffice
from tests.gui.test_sign import open_tray

SMALL = [pytest.param(683, 384, 100, id="system"), pytest.param(1366, 768, 200, id="text")]


def room_of(window: Frame, area: str) -> QScrollArea:
    found: QWidget | None = window.areas[area]
    while found is not None and not isinstance(found, QScrollArea):
        found = found.parentWidget()
    assert found is not None
    return found


def narrow(qtbot: QtBot, window: Frame, area: str, wide: int, high: int, scale: int) -> None:
    """The window as full of papers, files and words as it gets, on that screen."""
    window.areas["verify"].take([Path(f"/x/{name}.pdf") for name in ("dung", "luu-y", "chua-ro", "sua")])
    window.dress("light", scale)
    window.go(area)
    window.resize(wide, high)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: len(window.areas["verify"].files.results.rows) == 4)
    assert window.size() == QSize(wide, high)


def controls(area: QWidget) -> Iterator[QWidget]:
    """What a person presses, chooses from or types into."""
    for kind in (QAbstractButton, Choice, QLineEdit):
        for found in area.findChildren(kind):
            inside = isinstance(found.parentWidget(), (Choice, QLineEdit))
            if found.isVisibleTo(area) and not inside and not found.objectName().startswith("qt_"):
                yield found


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("wide", "high", "scale"), SMALL)
@pytest.mark.parametrize("area", AREAS)
def test_no_area_scrolls_sideways_and_no_control_is_cut(
    qtbot: QtBot, window: Frame, area: str, wide: int, high: int, scale: int, language: str
) -> None:
    window.speak(language)
    narrow(qtbot, window, area, wide, high, scale)
    room, shown = room_of(window, area), window.areas[area]
    assert room.horizontalScrollBar().maximum() == 0
    cut = [
        control.accessibleName() or getattr(control, "text", str)()
        for control in controls(shown)
        if not 0 <= control.mapTo(shown, QPoint()).x() <= shown.width() - control.width()
        or control.height() < control.minimumSizeHint().height() - theme.current().sizes.xs
    ]
    assert cut == []


def test_columns_stand_below_each_other_and_come_back(qtbot: QtBot, window: Frame) -> None:
    window.go("sign")
    settle(qtbot, window)
    split = window.areas["sign"].findChild(QSplitter, "sign")
    usual = split.sizes()
    window.resize(683, 384)
    settle(qtbot, window)
    assert split.orientation() is Qt.Orientation.Vertical
    assert all(split.widget(place).width() == split.width() for place in range(3))
    window.resize(1366, 768)
    settle(qtbot, window)
    assert split.orientation() is Qt.Orientation.Horizontal and split.sizes() == usual


def test_a_window_that_was_narrow_opens_wide_again(
    qtbot: QtBot, office: SampleOffice, open_window: Callable[[SampleOffice], Frame]
) -> None:
    first = open_window(office)
    first.go("sign")
    settle(qtbot, first)
    first.areas["sign"].findChild(QSplitter, "sign").setSizes([420, 480, 320])
    first.close()
    narrow = open_window(office)
    narrow.resize(683, 384)
    settle(qtbot, narrow)
    narrow.close()
    again = open_window(office)
    settle(qtbot, again)
    split = again.areas["sign"].findChild(QSplitter, "sign")
    assert split.orientation() is Qt.Orientation.Horizontal
    assert split.sizes()[0] == pytest.approx(420, abs=12)


def test_dialogs_fit_a_small_screen(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    narrow(qtbot, window, "verify", 683, 384, 100)
    files = window.areas["verify"].files
    unknown = Problem("certificate_unchecked_crl_expired", {"name": "Trần Văn Mẫu", "until": "01/01/2026"})
    opened: list[QDialog] = [
        PinDialog(PinQuestion("THỰC HÀNH", Tries.LAST), None, window),
        ConsentDialog(unknown, window),
        KeyDialog(window),
        ReturnDialog("quet-001.pdf", "", window),
        MandateDialog(window.desk, window),
        TrustDialog(window.desk, window),
        DecisionDialog(files.selected(), False, lambda _reason: None, window),
        ProfileDialog(window.desk, (), False, window),
        NewDossierDialog(office.procedures(), window),
        LessonsDialog(window.desk, window),
        SettingsDialog(window.office, window.runner, window),
        SecondCheckDialog(window.desk, "b1", window),
        SeparatorDialog(window.desk, (), window),
        CommandPalette(window.actions_, lambda _entry: None, window),
        KeyList(window.actions_, window),
    ]
    for dialog in opened:
        dialog.show()
        settle(qtbot, window)
        fits = dialog.width() <= 683 and dialog.height() <= 384
        assert fits, (type(dialog).__name__, dialog.size())
        dialog.reject()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("wide", "high", "scale"), SMALL)
def test_the_list_of_jobs_stands_in_the_place_of_the_area(
    qtbot: QtBot, window: Frame, wide: int, high: int, scale: int, language: str
) -> None:
    window.speak(language)
    narrow(qtbot, window, "scan", wide, high, scale)
    window.toggle_jobs()
    settle(qtbot, window)
    room = room_of(window, "scan")
    assert not room.isVisible() or room.horizontalScrollBar().maximum() == 0
    assert window.jobs.geometry().right() == window.centralWidget().width() - 1
    margins = 2 * theme.current().sizes.l
    assert room.isVisible() or window.jobs.x() <= window.rail.width() + margins
    window.go("dossier")
    assert window.areas["dossier"].isVisible()


def test_what_the_window_is_at_keeps_its_words_on_a_small_screen(qtbot: QtBot, window: Frame) -> None:
    narrow(qtbot, window, "scan", 1366, 768, 200)
    going = threading.Event()
    window.runner.submit("ui.job.scan", lambda _context: going.wait(10), lambda _outcome: None, name="A4")
    qtbot.waitUntil(lambda: window.status.scanner.accessibleName() == "Đang quét")
    qtbot.wait(20)
    assert window.status.scanner.text() == "Đang quét"
    going.set()
    settle(qtbot, window)


def test_every_area_can_be_chosen_on_a_low_screen(qtbot: QtBot, window: Frame) -> None:
    window.resize(683, 384)
    settle(qtbot, window)
    buttons = window.rail.findChildren(QToolButton)
    assert len(buttons) == 7
    for button in buttons:
        assert button.geometry().bottom() <= window.rail.height()
        assert button.sizeHint().width() <= button.width(), button.text()


def test_what_became_of_a_batch_comes_into_view(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    window.resize(683, 384)
    sign = open_tray(qtbot, window)
    sign.sign.click()
    qtbot.waitUntil(lambda: window.pins.dialog is not None)
    assert window.pins.dialog is not None
    window.pins.dialog.field.setText(office.pin)
    window.pins.dialog.ok.click()
    settle(qtbot, window)
    room = room_of(window, "sign")
    qtbot.waitUntil(lambda: room.viewport().rect().contains(sign.results.mapTo(room.viewport(), QPoint())))
