"""The second person's check and what corrections taught, driven as a person does."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop import messages
from desktop.ui.frame import Frame
from desktop.ui.review.lessons_dialog import LessonsDialog
from desktop.ui.review.second_check_dialog import SecondCheckDialog
from tests.gui.conftest import press, settle
from tests.gui.sample_office import SampleOffice
from tests.gui.test_access import nameless

CTRL = Qt.KeyboardModifier.ControlModifier
D = TypeVar("D", bound=QDialog)


def opened(qtbot: QtBot, window: Frame, action: str, kind: type[D]) -> D:
    window.actions_[f"scan.{action}"].trigger()
    settle(qtbot, window)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    assert nameless(dialog) == []
    return dialog


def test_the_strangest_paper_comes_first_and_verdicts_go_on_by_key(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    office.workers = {"tran.van.khac"}
    dialog = opened(qtbot, window, "second_check", SecondCheckDialog)
    assert dialog.sample.key() == "d1"
    dialog.reason.setCurrentIndex(dialog.reason.findData("blurred"))
    press(qtbot, dialog, Qt.Key.Key_R, CTRL)
    settle(qtbot, window)
    assert (office.verdicts, dialog.sample.key()) == ({"d1": ("rescan", "blurred")}, "d0")
    press(qtbot, dialog, Qt.Key.Key_Return, CTRL)
    settle(qtbot, window)
    assert office.verdicts["d0"] == ("good", "")
    facts = {"seen": 2, "sample": 2, "lot": 2, "wrong": 1, "accept": 0}
    assert dialog.state.accessibleName() == messages.text("ui.second.refused", **facts)
    dialog.reject()


def test_a_field_of_the_sample_shows_its_place(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    office.workers = set()
    dialog = opened(qtbot, window, "second_check", SecondCheckDialog)
    dialog.fields.choose("ho_ten")
    settle(qtbot, window)
    assert dialog.canvas.words.place == (180, 220, 380, 240)
    dialog.reject()


def test_nobody_can_check_her_own_batch(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    dialog = opened(qtbot, window, "second_check", SecondCheckDialog)
    assert not any(button.isEnabled() for button in dialog.buttons.values())
    press(qtbot, dialog, Qt.Key.Key_Return, CTRL)
    settle(qtbot, window)
    assert office.verdicts == {}
    dialog.reject()


@pytest.mark.parametrize("every", [True, False])
def test_lessons_are_listed_and_forgotten(
    qtbot: QtBot, window: Frame, office: SampleOffice, every: bool
) -> None:
    dialog = opened(qtbot, window, "lessons", LessonsDialog)
    rows = dialog.list.rows
    assert [row.key for row in rows.rows] == ["l2", "l1"]  # the newest first
    assert "UBND xã Mẫu Sơn Đông" in rows.rows[0].title
    assert not dialog.forget.isEnabled()
    if every:
        dialog.all.click()
    else:
        rows.setData(rows.index(1), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    dialog.forget.click()
    settle(qtbot, window)
    assert [lesson.id for lesson in office.learnt] == ([] if every else ["l2"])
    assert len(rows.rows) == len(office.learnt)
    dialog.reject()
