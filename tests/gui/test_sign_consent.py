"""A certificate that cannot be checked, over a real profile: one PIN, one question, all signed or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import bootstrap, settings
from desktop.ui.app import make_window
from desktop.ui.frame import Frame
from desktop.ui.office.opening import OpeningOffice
from desktop.ui.shell.consent_dialog import ConsentDialog
from desktop.ui.shell.pin_dialog import PinDialog
from desktop.ui.sign.area import SignArea
from signing import locate
from storage.catalog import journal
from tests.gui.conftest import settle
from tests.gui.test_sign import open_tray
from tests.unit.desktop.test_hand_over import paper

NAMES = ("mot.pdf", "hai.pdf", "ba.pdf")


class Seen(QObject):
    """Which dialogs a person gets to see, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, (PinDialog, ConsentDialog)):
            self.names.append(type(watched).__name__)
        return False


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return locate.practice(tmp_path_factory.mktemp("made")).folder


@pytest.fixture
def home(tmp_path: Path, made: Path) -> Path:
    """Three papers wait for the official, whose key is a file; no revocation list is there."""
    home = tmp_path / "home"
    shutil.copytree(made, home / "practice")
    for each in (home / "practice" / "trust").glob("*.crl"):
        each.unlink()
    key = f"pkcs12:{home}/practice/identities/official.p12"
    settings.save(home, replace(settings.Settings(), executor="inline:", keys=key))
    with bootstrap.open_services(home) as services:
        for name in NAMES:
            paper(services, tmp_path, name=name)
    return home


@pytest.fixture
def tray(qtbot: QtBot, home: Path) -> Iterator[tuple[Frame, SignArea]]:
    office = OpeningOffice(home)
    window = make_window(office, home)  # type: ignore[arg-type]
    window.show()
    office.open()
    try:
        yield window, open_tray(qtbot, window)
    finally:
        window.close()
        office.close()


@pytest.fixture
def seen(qapp: QApplication) -> Iterator[Seen]:
    made = Seen()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def kept(home: Path) -> set[Path]:
    """Every file that holds papers or what signatures rest on."""
    return {path for part in ("blobs", "evidence") for path in (home / part).rglob("*") if path.is_file()}


def signatures(home: Path) -> int:
    with bootstrap.open_services(home, write=False) as services, services.catalog.read() as connection:
        return sum(entry.action == "document_signed" for entry in journal.entries(connection))


def sign_and_answer(
    qtbot: QtBot, window: Frame, tray: SignArea, home: Path, answer: Callable[[ConsentDialog], object]
) -> None:
    tray.sign.click()
    qtbot.waitUntil(lambda: window.pins.dialog is not None)
    assert window.pins.dialog is not None
    window.pins.dialog.field.setText(locate.practice(home).password().reveal())
    window.pins.dialog.ok.click()
    qtbot.waitUntil(lambda: window.consents.dialog is not None, timeout=20_000)
    assert window.consents.dialog is not None and window.consents.dialog.leave.isDefault()
    answer(window.consents.dialog)


def test_one_pin_and_one_yes_sign_the_batch(
    qtbot: QtBot, tray: tuple[Frame, SignArea], home: Path, seen: Seen
) -> None:
    window, area = tray
    sign_and_answer(qtbot, window, area, home, lambda dialog: dialog.agree.click())
    settle(qtbot, window)
    assert seen.names == ["PinDialog", "ConsentDialog"]
    assert [row.mark for row in area.results.rows.rows] == ["Đã ký"] * 3, window.problems.problems()
    assert all("chưa kiểm tra được" in row.below for row in area.results.rows.rows)
    assert signatures(home) == 3


def test_a_no_signs_nothing_and_leaves_nothing(
    qtbot: QtBot, tray: tuple[Frame, SignArea], home: Path, seen: Seen
) -> None:
    window, area = tray
    before = kept(home)
    sign_and_answer(qtbot, window, area, home, lambda dialog: dialog.leave.click())
    settle(qtbot, window)
    assert seen.names == ["PinDialog", "ConsentDialog"]
    assert [row.mark for row in area.results.rows.rows] == ["Chưa ký"] * 3
    assert kept(home) == before and signatures(home) == 0
    assert area.sign.isEnabled() and area.retry.isVisible()


def test_closing_the_window_over_the_question_signs_nothing(
    qtbot: QtBot, tray: tuple[Frame, SignArea], home: Path
) -> None:
    window, area = tray
    before = kept(home)
    sign_and_answer(qtbot, window, area, home, lambda _dialog: window.close())
    assert kept(home) == before and signatures(home) == 0
