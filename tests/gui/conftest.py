"""A window over the sample office; every test ends with all threads gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtWidgets")

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import messages
from desktop.ui import app as starting
from desktop.ui import theme
from desktop.ui.frame import Frame
from desktop.ui.shell.rail import AREAS
from tests.gui.sample_office import SampleOffice


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def plain(qapp: QApplication) -> Iterator[None]:
    """Vietnamese, light, 100 percent; no window and no thread of ours outlives a test."""
    starting.application([])
    messages.choose("vi")
    theme.apply(qapp, theme.theme("light", 100))
    before = set(threading.enumerate())
    yield
    for widget in qapp.topLevelWidgets():  # each new style would be put on those left behind too
        widget.close()
        widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    messages.choose("vi")
    left = [thread.name for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    assert not left, left


@pytest.fixture
def office(tmp_path: Path) -> SampleOffice:
    return SampleOffice(tmp_path)


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[[SampleOffice], Frame]]:
    """Opens windows and closes them at the end."""
    opened: list[Frame] = []

    def make(office: SampleOffice) -> Frame:
        window = starting.make_window(office, office.home)
        opened.append(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        settle(qtbot, window)
        return window

    yield make
    for window in opened:
        window.close()


@pytest.fixture
def window(open_window: Callable[[SampleOffice], Frame], office: SampleOffice) -> Frame:
    return open_window(office)


class Beats(QObject):
    """How long the GUI thread works without looking at events, in seconds of its own processor time: a busy
    computer must not fail a test. What it would wait for is seen elsewhere: the sample office refuses to be
    called on it."""

    def __init__(self) -> None:
        super().__init__()
        self.worst_s, self._last = 0.0, time.thread_time()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(10)

    def _beat(self) -> None:
        now = time.thread_time()
        self.worst_s, self._last = max(self.worst_s, now - self._last), now


def settle(qtbot: QtBot, window: Frame) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: len(window.areas) == len(AREAS))
    qtbot.waitUntil(window.runner.idle, timeout=10_000)
    qtbot.wait(20)
    qtbot.waitUntil(window.runner.idle, timeout=10_000)


def type_vietnamese(widget: QWidget, words: str) -> None:
    """Typing as an input method delivers it: keyClicks aborts the process beyond Latin-1."""
    widget.setFocus()
    for letter in words:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(widget, event)


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(widget, key, held)
