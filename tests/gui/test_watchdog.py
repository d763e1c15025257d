"""The watchdog sees the GUI thread stand still, says where, and stays quiet otherwise."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.shell.watchdog import LIMIT_S, Watchdog


def stand_still(seconds: float) -> None:
    time.sleep(seconds)


def test_a_stall_is_seen_and_placed(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    dog = Watchdog()
    dog.start()
    qtbot.wait(100)
    stand_still(LIMIT_S * 2)
    qtbot.waitUntil(lambda: bool(dog.stalls))
    dog.stop()
    assert dog.stalls[0].seconds > LIMIT_S
    assert "stand_still" in dog.stalls[0].place
    assert "stood still" in caplog.text


def test_busy_work_counts_as_well(qtbot: QtBot) -> None:
    dog = Watchdog()
    dog.start()
    qtbot.wait(100)
    until = time.thread_time() + LIMIT_S * 2
    while time.thread_time() < until:
        sum(range(1000))
    qtbot.waitUntil(lambda: bool(dog.stalls))
    dog.stop()


def test_a_window_at_rest_has_none(qtbot: QtBot) -> None:
    dog = Watchdog()
    dog.start()
    qtbot.wait(600)
    dog.stop()
    assert dog.stalls == []
