"""One product: states have one colour, dialogs one foot, buttons one width; what comes next is in view."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

import resources
from desktop.ui import theme
from desktop.ui.dossier.area import STATUS
from desktop.ui.dossier.attach_dialog import AttachDialog
from desktop.ui.dossier.new_dialog import NewDossierDialog
from desktop.ui.frame import Frame
from desktop.ui.parts.choice import Choice
from desktop.ui.parts.columns import beside
from desktop.ui.parts.cut_label import CutLabel
from desktop.ui.parts.lines import Lines, group
from desktop.ui.parts.row_delegate import RowDelegate
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList
from desktop.ui.scan.profile_dialog import ProfileDialog
from desktop.ui.scan.separator_dialog import SeparatorDialog
from desktop.ui.shell.command_palette import CommandPalette
from desktop.ui.shell.pin_dialog import PinDialog
from desktop.ui.sign.dialogs import ReturnDialog
from desktop.workflow.job import Context, Outcome, Progress
from desktop.workflow.views.rows import ChecklistItem
from signing.model import PinQuestion
from tests.gui.conftest import settle
from tests.gui.sample_office import SampleOffice


@pytest.mark.parametrize("name", ["light", "dark"])
def test_drawings_of_the_style_sheet_have_the_colours_of_the_theme(name: theme.ThemeName) -> None:
    icons = Path(str(resources.__file__)).parent / "icons"
    colours = theme.THEMES[name]
    for drawing, colour in (("tick", colours.on_accent), ("down", colours.muted)):
        drawn = (icons / f"{drawing}-{name}.svg").read_text(encoding="utf-8")
        assert re.findall('stroke="([^"]+)"', drawn) == [colour]


def test_what_a_dialog_is_for_stands_last_and_in_colour(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    item = ChecklistItem("to_khai", "Tờ khai", "missing", ())
    dialogs: tuple[QDialog, ...] = (
        AttachDialog(item, office.papers("b1"), window),
        NewDossierDialog(office.procedures(), window),
        SeparatorDialog(window.desk, (), window),
        PinDialog(PinQuestion("token"), 3, window),
        ReturnDialog("quet-001.pdf", "", window),
    )
    for dialog in dialogs:
        dialog.show()
        box = dialog.findChild(QDialogButtonBox)
        first, last = sorted(box.findChildren(QPushButton), key=QWidget.x)
        assert last is dialog.ok and last.objectName() == "primary", type(dialog).__name__
        assert first.x() >= box.width() // 3, type(dialog).__name__  # both at the right
        dialog.reject()


@pytest.mark.parametrize("scale", [100, 200])
def test_the_words_of_a_dialog_are_not_cut(qtbot: QtBot, window: Frame, scale: int) -> None:
    window.dress("light", scale)
    dialog = SeparatorDialog(window.desk, (), window)
    dialog.show()
    settle(qtbot, window)
    for label in dialog.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    dialog.reject()


def test_enter_in_the_name_of_a_profile_keeps_it(qtbot: QtBot, window: Frame) -> None:
    dialog = ProfileDialog(window.desk, (), False, window)
    dialog.show()
    settle(qtbot, window)
    with qtbot.waitSignal(dialog.kept):
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)


def test_a_long_choice_ends_in_an_ellipsis_that_has_room(qtbot: QtBot) -> None:
    choice = Choice("ui.scan.batch")
    qtbot.addWidget(choice)
    choice.addItem("H01.17.25-261122-0003 · 29/11/2026 01:59")
    for width in range(140, 160):
        choice.resize(width, choice.sizeHint().height())
        option = QStyleOptionComboBox()
        choice.initStyleOption(option)
        edit = QStyle.SubControl.SC_ComboBoxEditField
        field = choice.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, choice)
        assert option.currentText.endswith("…")
        assert choice.fontMetrics().horizontalAdvance(option.currentText) <= field.width() - 2


def test_buttons_on_a_line_of_their_own_keep_their_width(qtbot: QtBot) -> None:
    button = QPushButton("Quét")
    lines = Lines(group(QPushButton("Một nhóm khác, khá dài")), group(button))
    qtbot.addWidget(lines)
    lines.resize(260, 200)
    lines.show()
    qtbot.waitUntil(lambda: button.mapTo(lines, button.rect().topLeft()).y() > 0)
    assert button.width() <= button.sizeHint().width()


def test_columns_that_were_narrow_before_they_were_seen_open_as_asked(qtbot: QtBot) -> None:
    left, right = QWidget(), QWidget()
    left.setMinimumWidth(200)
    right.setMinimumWidth(300)
    split = beside("t", left, right)
    qtbot.addWidget(split)
    split.setStretchFactor(1, 1)
    split.setSizes([400, 800])
    split.resize(320, 400)
    QApplication.sendEvent(split, QEvent(QEvent.Type.LayoutRequest))
    split.resize(1208, 400)
    split.show()
    assert split.sizes()[0] == pytest.approx(400, abs=8)


def test_a_wrapped_line_in_a_narrow_list_is_high_enough(qtbot: QtBot) -> None:
    shown = RowList("ui.second.sample")
    qtbot.addWidget(shown)
    words = "09-trich-luc-khai-tu-nguoc.jpg · nghiêng khác thường"
    shown.fill([Row("a", "Trích lục", words, "chưa xem", wrapped=True)])
    heights = []
    for width in (400, 200):
        shown.resize(width, 400)
        shown.show()
        delegate = shown.itemDelegate()
        assert isinstance(delegate, RowDelegate)
        heights.append(shown.sizeHintForRow(0))
    assert heights[1] >= heights[0] + 2 * shown.fontMetrics().height()


def test_what_is_missing_has_one_colour_and_is_chosen(qtbot: QtBot, window: Frame) -> None:
    window.go("dossier")
    settle(qtbot, window)
    area = window.areas["dossier"]
    assert area.banner.property("tone") == STATUS["missing"][0]
    chosen = area.checklist.key()
    missing = [row.key for row in area.checklist.rows.rows if row.mark == "Còn thiếu"]
    assert chosen == missing[0]


def test_nothing_is_attached_to_what_was_deposited(qtbot: QtBot, window: Frame) -> None:
    window.go("dossier")
    settle(qtbot, window)
    area = window.areas["dossier"]
    deposited = next(row.key for row in area.dossiers.rows.rows if row.mark == "Đã nộp lưu")
    area.dossiers.choose(deposited)
    settle(qtbot, window)
    assert not area.attach.isEnabled() and not area.deposit.isEnabled()
    assert "Kho lưu trữ" in area.banner.accessibleName()
    window.actions_["dossier.attach"].trigger()
    settle(qtbot, window)
    assert window.findChildren(AttachDialog) == []


def test_the_next_doubt_shows_a_page_of_its_paper(qtbot: QtBot, window: Frame) -> None:
    scan = window.areas["scan"]
    window.actions_["scan.next_doubt"].trigger()
    settle(qtbot, window)
    page = scan.strip.page()
    assert page is not None and page.document_id == scan.papers.papers.key()


def test_the_line_to_type_in_says_what_it_is_for(window: Frame) -> None:
    assert "Chọn một dòng" in window.areas["scan"].papers.review.value.placeholderText()


def test_a_search_for_no_command_says_so(qtbot: QtBot, window: Frame) -> None:
    window.open_palette()
    palette = window.findChild(CommandPalette)
    assert palette is not None and palette.list.empty.isHidden()
    palette.field.setText("zzz")
    assert palette.list.empty.isVisible()
    palette.reject()


def test_a_long_step_of_a_job_ends_in_an_ellipsis(qtbot: QtBot, window: Frame) -> None:
    def work(context: Context) -> Outcome[None]:
        context.progress("progress.sign", 1, 2, "quet-2026-11-29-to-khai-dang-ky-khai-sinh-ban-chinh.pdf")
        return Outcome(None)

    window.toggle_jobs()
    window.runner.submit("ui.job.read", work, lambda _outcome: None)
    settle(qtbot, window)
    assert [type(row._step) for row in window.jobs.rows] == [CutLabel]
    assert isinstance(window.jobs.rows[0].job.progress, Progress)
    window.toggle_jobs()
