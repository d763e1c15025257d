"""Pages are numbered and moved by their place among those that are there, over a real profile."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.ui.app import make_window
from desktop.ui.frame import Frame
from desktop.ui.office.opening import OpeningOffice
from desktop.workflow.scan_profiles import ScanProfile, as_setting
from tests.fakes.escl_scanner import Behaviour, scanner
from tests.gui.conftest import press, settle

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def sheet(number: int) -> bytes:
    """A small grey sheet with as many bars as its number says."""
    picture = Image.new("L", (310, 438), 250)
    drawing = ImageDraw.Draw(picture)
    for bar in range(number):
        drawing.rectangle((40, 40 + 30 * bar, 260, 52 + 30 * bar), fill=20)
    made = io.BytesIO()
    picture.save(made, "JPEG", dpi=(37, 37))
    return made.getvalue()


@pytest.fixture
def feeder() -> Behaviour:
    return Behaviour(sheets=[sheet(number) for number in range(1, 7)])


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, feeder: Behaviour) -> Iterator[Frame]:
    """A batch of six pages from a network scanner."""
    home = tmp_path / "home"
    home.mkdir()
    with scanner(feeder) as address:
        profile = ScanProfile("Máy quét", address, "adf", 75)
        settings.save(home, replace(settings.load(home), scan_profiles=as_setting((profile,))))
        office = OpeningOffice(home)
        window = make_window(office, home)
        window.show()
        office.open()
        settle(qtbot, window)
        press(qtbot, window, Qt.Key.Key_Return, CTRL)
        calm(qtbot, window)
        yield window
        window.close()
        office.close()


def calm(qtbot: QtBot, window: Frame) -> None:
    """Until what was changed has been read too."""
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not window.areas["scan"].editing._pause.isActive(), timeout=20_000)
    settle(qtbot, window)


def ids(window: Frame) -> list[str]:
    return [page.id for page in window.areas["scan"].strip.pages.pages]


def numbers(window: Frame) -> list[str]:
    model = window.areas["scan"].strip.pages
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def go_to(window: Frame, page_id: str) -> None:
    window.areas["scan"].strip.go_to(page_id)


def test_after_a_delete_pages_are_counted_moved_and_inserted_by_what_is_there(
    qtbot: QtBot, window: Frame, feeder: Behaviour
) -> None:
    came = ids(window)
    assert numbers(window) == ["1", "2", "3", "4", "5", "6"]
    for page_id in came[:2]:
        go_to(window, page_id)
        press(qtbot, window, Qt.Key.Key_Delete)
        settle(qtbot, window)
    assert numbers(window) == ["1", "2", "3", "4"]
    go_to(window, came[4])
    press(qtbot, window, Qt.Key.Key_Up, CTRL)
    calm(qtbot, window)
    assert ids(window) == [came[2], came[4], came[3], came[5]]
    press(qtbot, window, Qt.Key.Key_Down, CTRL)
    calm(qtbot, window)
    assert ids(window) == came[2:]
    assert window.areas["scan"].page.caption.text().startswith("Trang 3 ")
    feeder.sheets, feeder.given = [sheet(9)], 0
    go_to(window, came[2])
    press(qtbot, window, Qt.Key.Key_I, CTRL, SHIFT)
    calm(qtbot, window)
    shown = ids(window)
    assert [came.index(id) + 1 if id in came else 0 for id in shown] == [3, 0, 4, 5, 6]
    assert numbers(window) == ["1", "2", "3", "4", "5"]


def test_stepping_on_by_ctrl_pagedown_chooses_one_page_not_all_of_them(qtbot: QtBot, window: Frame) -> None:
    came = ids(window)
    go_to(window, came[0])
    for _ in range(2):
        press(qtbot, window, Qt.Key.Key_PageDown, CTRL)
    assert [page.id for page in window.areas["scan"].strip.selected()] == [came[2]]
    press(qtbot, window, Qt.Key.Key_Delete)
    calm(qtbot, window)
    assert ids(window) == [*came[:2], *came[3:]]
