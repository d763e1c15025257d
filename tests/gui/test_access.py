"""The window by keyboard and screen reader: every control has a name and can be reached with Tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.dossier.attach_dialog import AttachDialog
from desktop.ui.dossier.new_dialog import NewDossierDialog
from desktop.ui.frame import Frame
from desktop.ui.review.lessons_dialog import LessonsDialog
from desktop.ui.review.second_check_dialog import SecondCheckDialog
from desktop.ui.scan.profile_dialog import ProfileDialog
from desktop.ui.scan.separator_dialog import SeparatorDialog
from desktop.ui.shell.command_palette import CommandPalette, KeyList
from desktop.ui.shell.pin_dialog import PinDialog
from desktop.ui.shell.rail import AREAS
from desktop.ui.shell.settings_dialog import SettingsDialog
from desktop.workflow.views.rows import ChecklistItem
from signing.model import PinQuestion
from tests.gui.conftest import press, settle
from tests.gui.sample_office import SampleOffice, verdict


def controls(root: QWidget) -> Iterator[QWidget]:
    """What a person can put the keyboard on."""
    for widget in root.findChildren(QWidget):
        inner = isinstance(widget.parentWidget(), QAbstractScrollArea)
        ours = not inner and not widget.objectName().startswith("qt_")
        if ours and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            yield widget


def spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def nameless(root: QWidget) -> list[str]:
    silent = [widget for widget in controls(root) if not spoken(widget).strip()]
    return [f"{type(widget).__name__} {widget.objectName()}" for widget in silent]


def fill(qtbot: QtBot, window: Frame) -> None:
    window.areas["verify"].take([Path("/x/sua.pdf"), Path("/x/dung.pdf")])
    settle(qtbot, window)


@pytest.mark.parametrize("area", AREAS)
def test_every_control_has_a_name(qtbot: QtBot, window: Frame, area: str) -> None:
    fill(qtbot, window)
    window.go(area)
    assert list(controls(window))
    assert nameless(window) == []


def test_a_planted_nameless_control_is_found(window: Frame) -> None:
    planted = QLineEdit(window.areas["scan"])
    planted.setObjectName("planted")
    planted.show()
    assert nameless(window) == ["QLineEdit planted"]


@pytest.mark.parametrize("area", AREAS)
def test_tab_reaches_every_control_and_comes_back(qtbot: QtBot, window: Frame, area: str) -> None:
    fill(qtbot, window)
    window.go(area)
    window.activateWindow()
    expected = [widget for widget in controls(window) if widget.isEnabled()]
    window.areas[area].take_focus()
    reached: set[QWidget] = set()
    for _ in range(3 * len(expected)):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        press(qtbot, focused, Qt.Key.Key_Tab)
    rail = set(window.rail.buttons.values())  # one stop for Tab, arrows inside
    assert reached & rail
    assert [spoken(widget) for widget in expected if widget not in reached | rail] == []


def test_arrows_move_along_the_rail(qtbot: QtBot, window: Frame) -> None:
    window.rail.buttons["scan"].setFocus()
    press(qtbot, window.rail.buttons["scan"], Qt.Key.Key_Down)
    assert window.area() == "dossier"


def test_dialogs_have_names_too(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    item = ChecklistItem("to_khai", "Tờ khai", "missing", ())
    dialogs: tuple[QDialog, ...] = (
        PinDialog(PinQuestion("token"), 3, window),
        AttachDialog(item, office.papers("b1"), window),
        NewDossierDialog(office.procedures(), window),
        ProfileDialog(window.desk, (), False, window),
        SeparatorDialog(window.desk, (), window),
        LessonsDialog(window.desk, window),
        SettingsDialog(window.office, window.runner, window),
        SecondCheckDialog(window.desk, "b1", window),
        CommandPalette(window.actions_, lambda _entry: None, window),
        KeyList(window.actions_, window),
    )
    for dialog in dialogs:
        dialog.show()
        settle(qtbot, window)
        assert nameless(dialog) == [], type(dialog).__name__
        dialog.reject()


def test_rows_and_pages_are_spoken_in_full(window: Frame) -> None:
    scan, dossier = window.areas["scan"], window.areas["dossier"]
    role = Qt.ItemDataRole.AccessibleTextRole
    assert scan.papers.papers.rows.index(4).data(role) == "Chưa rõ, phải xem 32 %, trang 13–14"
    assert "Trang trắng" in scan.strip.pages.index(5).data(role)
    assert "Có lỗi" in scan.strip.pages.index(9).data(role)
    lines = [dossier.checklist.rows.index(row).data(role) for row in range(5)]
    assert [line.split(", ")[1] for line in lines] == [
        "Đã có",
        "Đã có",
        "Còn thiếu",
        "Chỉ xuất trình",
        "Không yêu cầu",
    ]


def test_a_signature_card_is_spoken(qtbot: QtBot) -> None:
    from desktop.ui.verify.card import SignatureCard

    card = SignatureCard(1, verdict("sua").signatures[0])
    qtbot.addWidget(card)
    assert spoken(card).startswith("Bị sửa sau khi ký. Trần Văn Mẫu - UBND xã Mẫu Sơn Đông")
