"""A session with a thousand pages and a slow office: the GUI thread never stands still for over 200 ms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.frame import Frame
from desktop.ui.shell.rail import AREAS
from desktop.ui.shell.watchdog import LIMIT_S
from tests.gui.conftest import Beats, press, settle, type_vietnamese
from tests.gui.sample_office import SampleOffice

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_long_session_never_stands_still(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[SampleOffice], Frame]
) -> None:
    office = SampleOffice(tmp_path, pages=1000, slow=0.02)
    beats = Beats()
    window = open_window(office)
    scan = window.areas["scan"]
    scan.take([Path(f"/x/{number}.tif") for number in range(20)])
    bar = scan.strip.verticalScrollBar()
    for step in range(40):
        bar.setValue(bar.maximum() * step // 40)
        qtbot.wait(15)
    for _ in range(15):
        press(qtbot, scan.page.canvas, Qt.Key.Key_PageDown)
        press(qtbot, window, Qt.Key.Key_Equal, CTRL)
        qtbot.wait(20)
    for area in (*AREAS, *AREAS):
        window.go(area)
        qtbot.wait(60)
    window.toggle_theme()
    window.go("archive")
    type_vietnamese(window.areas["archive"].field, "khai sinh")
    settle(qtbot, window)
    assert beats.worst_s < LIMIT_S
    assert len(scan.strip.pages.pages) == 1000
