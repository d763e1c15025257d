"""The signing tray: findings beside the page, the mark dragged, batches held, documents sent back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.frame import Frame
from desktop.ui.shell.pin_dialog import PinDialog
from desktop.ui.sign.area import SignArea
from desktop.ui.sign.dialogs import KeyDialog, NumberDialog, ReturnDialog
from desktop.ui.sign.mandates import MandateDialog
from desktop.workflow.job import Problem
from signing.model import PinQuestion, Tries
from tests.gui.conftest import press, settle
from tests.gui.sample_office import SampleOffice
from tests.gui.test_areas import give_pin

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def open_tray(qtbot: QtBot, window: Frame, role: str = "ky_duyet") -> SignArea:
    window.go("sign")
    sign = window.areas["sign"]
    assert isinstance(sign, SignArea)
    sign.role.setCurrentIndex(sign.role.findData(role))
    settle(qtbot, window)
    return sign


def test_findings_stand_beside_the_page_and_light_their_place(qtbot: QtBot, window: Frame) -> None:
    sign = open_tray(qtbot, window)
    [row] = sign.panel.findings.rows.rows
    assert "Văn bản chưa có số." in row.below and "NĐ 30/2020, Điều 15" in row.below
    sign.panel.findings.choose(row.key)
    settle(qtbot, window)
    assert sign.page.canvas.words.place is not None and sign.page.canvas.words.place.x0 == 85
    assert sign.panel.fix.text() == "Nhập số…"


def test_a_number_given_mends_its_finding_and_goes_into_the_order(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    sign = open_tray(qtbot, window)
    sign.panel.findings.choose("0")
    sign.panel.fix.click()
    dialog = sign.findChild(NumberDialog)
    assert dialog is not None and not dialog.ok.isEnabled()
    dialog.number.setText("12")
    assert not dialog.ok.isEnabled()
    dialog.number.setText("12/QĐ-UBND")
    dialog.ok.click()
    settle(qtbot, window)
    assert sign.panel.findings.rows.rows == []
    sign.sign.click()
    give_pin(qtbot, window, office.pin)
    assert office.orders[-1].numbers == {"d0": "12/QĐ-UBND"}


def test_the_mark_is_dragged_keeps_its_size_and_warns_on_text(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    sign = open_tray(qtbot, window)
    mark, canvas = sign.document.mark, sign.page.canvas
    assert mark.isVisible() and (mark.x(), mark.y()) == (380, 600)
    start = canvas.mapFromScene(mark.sceneBoundingRect().center())
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas.viewport(), start + QPoint(-20, -150))
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(-20, -150))
    settle(qtbot, window)
    place = sign.document.placements["d0"]
    assert place.y0 < 500 and (round(place.x1 - place.x0), round(place.y1 - place.y0)) == (128, 57)
    for _ in range(80):
        mark.nudge(0, -6)
    settle(qtbot, window)
    assert sign.document.placements["d0"].y0 == 0
    assert mark.covers and "che chữ" in sign.panel.findings.rows.rows[-1].below
    sign.panel.findings.choose(sign.panel.findings.rows.rows[-1].key)
    sign.panel.fix.click()
    settle(qtbot, window)
    assert "d0" not in sign.document.placements and (mark.x(), mark.y()) == (380, 600)
    press(qtbot, sign.list, Qt.Key.Key_Left, ALT)
    settle(qtbot, window)
    assert sign.document.placements["d0"].x0 == 374
    sign.sign.click()
    give_pin(qtbot, window, office.pin)
    assert office.orders[-1].placements["d0"].x0 == 374


def test_practice_is_said_on_the_page_and_over_the_list(qtbot: QtBot, window: Frame) -> None:
    sign = open_tray(qtbot, window)
    assert sign.document.watermark.isVisible()
    assert "không có giá trị pháp lý" in sign.tray.practice_note.accessibleName()
    assert "THỰC HÀNH" in sign.identity.currentText()
    open_tray(qtbot, window, "luu_tru")
    assert not sign.document.watermark.isVisible() and not sign.tray.practice_note.isVisible()
    assert sign.panel._title.text() == "Kiểm tra thể thức" and not sign.panel.findings.isVisible()


def test_the_certificate_is_judged_before_the_pin(qtbot: QtBot, window: Frame) -> None:
    sign = open_tray(qtbot, window)
    assert "Chưa kiểm tra được hết" in sign.panel.state.accessibleName()
    assert [row.title for row in sign.panel.certificate.rows.rows] == ["Thời hạn", "Thu hồi"]


def test_who_may_not_sign_is_told_before_the_pin(qtbot: QtBot, window: Frame) -> None:
    sign = open_tray(qtbot, window)
    assert not sign.panel.refused.isVisible()
    sign.list.choose("d2")
    settle(qtbot, window)
    assert "Trần Văn Mẫu chưa được ghi là người ký KT. CHỦ TỊCH" in sign.panel.refused.accessibleName()


def test_the_keyboard_leads_to_every_page_not_seen(qtbot: QtBot, window: Frame) -> None:
    sign = open_tray(qtbot, window)
    for _ in range(8):
        press(qtbot, sign.list, Qt.Key.Key_Down, CTRL)
        settle(qtbot, window)
    assert {row.mark for row in sign.list.rows.rows} == {"đã xem hết"}


def test_a_batch_is_held_looked_at_and_goes_on(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    sign = open_tray(qtbot, window)
    office.slow = 0.15
    sign.sign.click()
    qtbot.waitUntil(lambda: window.pins.dialog is not None and window.pins.dialog.isVisible())
    window.pins.dialog.field.setText(office.pin)
    window.pins.dialog.ok.click()
    qtbot.waitUntil(lambda: len(office.signed) == 1)
    sign.tray.pause.click()
    assert sign.tray.pause.text() == "Ký tiếp" and not sign.sign.isEnabled()
    qtbot.wait(700)
    held = len(office.signed)
    assert held < 3 and "tạm dừng" in sign.banner.accessibleName()
    sign.list.choose("d2")
    qtbot.waitUntil(lambda: 1 in sign.document.seen.get("d2", set()))
    assert len(office.signed) == held
    sign.tray.pause.click()
    settle(qtbot, window)
    assert office.signed == ["d0", "d1", "d2"] and not sign.tray.pause.isVisible()


def test_what_was_signed_before_the_token_failed_is_not_signed_again(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    sign = open_tray(qtbot, window)
    office.refuse["d2"] = Problem("pin_wrong", {"name": "token", "tries_left": 1}, "d2")
    sign.sign.click()
    give_pin(qtbot, window, office.pin)
    assert [(row.key, row.mark) for row in sign.results.rows.rows if row.mark == "Chưa ký"] == [
        ("d2", "Chưa ký")
    ]
    assert window.pins.tries_left == 1
    office.refuse.clear()
    sign.retry.click()
    give_pin(qtbot, window, office.pin)
    assert office.orders[-1].document_ids == ("d2",)


def test_a_document_goes_back_with_its_reason_and_comes_again(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    sign = open_tray(qtbot, window)
    sign.list.choose("d1")
    settle(qtbot, window)
    sign.panel.findings.choose("1")
    sign.panel.fix.click()
    dialog = sign.findChild(ReturnDialog)
    assert dialog is not None and "150 điểm/inch" in dialog.reason.toPlainText()
    dialog.reason.setPlainText("  ")
    assert not dialog.ok.isEnabled()
    dialog.reason.setPlainText("Quét lại trang 1")
    dialog.ok.click()
    settle(qtbot, window)
    assert "d1" not in [row.key for row in sign.list.rows.rows]
    open_tray(qtbot, window, "returned")
    [row] = sign.list.rows.rows
    assert (row.key, row.below) == ("d1", "Quét lại trang 1")
    assert sign.sign.text() == "Trình lại 1 văn bản"
    sign.sign.click()
    settle(qtbot, window)
    assert office.back == [] and sign.list.rows.rows == []


def test_a_mandate_is_given_with_its_limits_and_ended(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    sign = open_tray(qtbot, window)
    press(qtbot, sign.list, Qt.Key.Key_M, CTRL)
    dialog = sign.findChild(MandateDialog)
    assert dialog is not None and not dialog.add.isEnabled()
    dialog.person.setText("Trần Văn Mẫu")
    dialog.principal.setText("CHỦ TỊCH")
    dialog.until.setDate(QDate(2027, 6, 30))
    dialog.add.click()
    settle(qtbot, window)
    [row] = dialog.list.rows.rows
    assert "KT. CHỦ TỊCH" in row.title and "30/06/2027" in row.below and row.mark == "đang dùng"
    dialog.list.choose(row.key)
    dialog.end.click()
    settle(qtbot, window)
    assert [row.mark for row in dialog.list.rows.rows] == ["đã chấm dứt"]
    dialog.close_.click()
    QApplication.processEvents()


def test_a_key_is_added_by_its_address(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    sign = open_tray(qtbot, window)
    sign.tray.add_key.click()
    dialog = sign.findChild(KeyDialog)
    assert dialog is not None
    dialog.address.setText("ổ cắm USB")
    assert not dialog.ok.isEnabled()
    dialog._chosen([Path("/media/usb/lanh-dao.p12")])
    dialog.ok.click()
    settle(qtbot, window)
    assert "key pkcs12:/media/usb/lanh-dao.p12" in office.asked


def test_what_is_to_be_known_of_a_signature_stands_in_the_results(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    office.warns = ("clock_differs", "rsa_pkcs1_v15")
    sign = open_tray(qtbot, window)
    sign.sign.click()
    give_pin(qtbot, window, office.pin)
    assert {row.tone for row in sign.results.rows.rows} == {"warn"}
    assert all("Giờ của máy tính" in row.below for row in sign.results.rows.rows)


@pytest.mark.parametrize(
    ("question", "said", "field"),
    [
        (PinQuestion("token"), "khóa sau vài lần", True),
        (PinQuestion("token", Tries.LOW), "nhập sai gần đây", True),
        (PinQuestion("token", Tries.LAST), "Chỉ còn 1 lần thử", True),
        (PinQuestion("token", pad=True), "khóa sau vài lần", False),
    ],
)
def test_the_pin_dialog_tells_the_last_try_and_the_keypad_before_anything_is_typed(
    window: Frame, question: PinQuestion, said: str, field: bool
) -> None:
    dialog = PinDialog(question, None, window)
    assert said in dialog.tries.text()
    assert dialog.field.isVisibleTo(dialog) is field and dialog.ok.isEnabled() is question.pad
