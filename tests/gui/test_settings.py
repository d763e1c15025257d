"""The office's settings in the window: changed by keyboard, refused with a reason, greyed where fixed."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.ui.app import make_window
from desktop.ui.frame import Frame
from desktop.ui.office.model import Office
from desktop.ui.office.opening import OpeningOffice
from desktop.ui.office.steps import open_office
from desktop.ui.shell.settings_dialog import GROUPS, SettingsDialog
from desktop.workflow.job import Context
from storage.catalog import journal
from tests.gui.conftest import press, settle
from tests.gui.sample_office import SampleOffice

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, window: Frame) -> SettingsDialog:
    press(qtbot, window, Qt.Key.Key_Comma, CTRL)
    dialog = window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    qtbot.waitUntil(dialog.isEnabled)
    return dialog


def line(dialog: SettingsDialog, name: str) -> QLineEdit:
    field = dialog.fields[name]
    assert isinstance(field, QLineEdit)
    return field


def tick(dialog: SettingsDialog, name: str) -> QCheckBox:
    field = dialog.fields[name]
    assert isinstance(field, QCheckBox)
    return field


def test_only_what_was_changed_is_kept(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    dialog = opened(qtbot, window)
    line(dialog, "agency").selectAll()
    qtbot.keyClicks(line(dialog, "agency"), "UBND xa Mau Son Dong ")
    tick(dialog, "divide_by_barcodes").setFocus()
    press(qtbot, tick(dialog, "divide_by_barcodes"), Qt.Key.Key_Space)
    assert dialog.changes() == {"agency": "UBND xa Mau Son Dong", "divide_by_barcodes": True}
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert office.settings.agency == "UBND xa Mau Son Dong" and office.settings.divide_by_barcodes


@pytest.mark.parametrize(
    ("name", "wrong", "says", "right"),
    [
        ("agency_code", "h49 64", "Mã định danh", "H49.64.33"),
        ("archive_code", "", "Mã lưu trữ", "H49"),
        ("tsa", "ftp://dau.example", "http://", "http://a.example/tsa http://b.example/tsa"),
    ],
)
def test_a_value_that_cannot_stand_is_not_kept_and_says_why(
    qtbot: QtBot, window: Frame, name: str, wrong: str, says: str, right: str
) -> None:
    dialog = opened(qtbot, window)
    for typed, sound in ((wrong, False), (right, True)):
        line(dialog, name).setText(typed)
        assert dialog.keep.isEnabled() is sound
        assert (says in dialog.warning.text()) is not sound
    press(qtbot, dialog, Qt.Key.Key_Escape)


def test_what_the_machine_fixes_is_greyed(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    office.fixed = frozenset({"agency", "executor"})
    dialog = opened(qtbot, window)
    assert not line(dialog, "agency").isEnabled() and line(dialog, "operator").isEnabled()
    assert "không sửa ở đây được" in dialog.warning.text()
    press(qtbot, dialog, Qt.Key.Key_Escape)


def test_every_line_is_a_setting_with_its_name(qtbot: QtBot, window: Frame) -> None:
    dialog = opened(qtbot, window)
    known = settings.Settings.__dataclass_fields__
    assert {name for names in GROUPS.values() for name in names} <= known.keys()
    assert all(f.accessibleName() or (isinstance(f, QCheckBox) and f.text()) for f in dialog.fields.values())
    press(qtbot, dialog, Qt.Key.Key_Escape)


def test_a_damaged_file_opens_a_window_that_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("agency = UBND\n", "utf-8")
    office = OpeningOffice(tmp_path)
    window = make_window(cast(Office, office), tmp_path)
    window.show()
    office.open()
    try:
        qtbot.waitUntil(
            lambda: {problem.code for problem in window.problems.problems()} == {"settings_damaged"}
        )
        window.toggle_theme()
        assert (tmp_path / "settings.toml").read_text("utf-8") == "agency = UBND\n"
        assert not (tmp_path / "catalog.sqlite").exists()
    finally:
        window.toggle_theme()
        window.close()
        office.close()


def test_the_next_step_works_with_what_was_changed(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        before = office.actor()
        office.keep_settings({"operator": "tran.thi.moi", "divide_by_barcodes": True}, Context())
        assert office.actor() == "tran.thi.moi" and office.services.settings.divide_by_barcodes
        with office.services.catalog.read() as connection:
            entry = list(journal.entries(connection))[-1]
        assert (entry.action, entry.actor) == ("settings_changed", before)
        assert entry.details == {"names": ["divide_by_barcodes", "operator"]}
    assert settings.load(tmp_path).operator == "tran.thi.moi"
