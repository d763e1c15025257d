"""The five work areas, driven as their people drive them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.ui.dossier.attach_dialog import AttachDialog
from desktop.ui.dossier.new_dialog import NewDossierDialog
from desktop.ui.frame import Frame
from desktop.ui.page.canvas import LEVELS
from desktop.ui.review.rows import doubts as doubtful_fields
from desktop.workflow.job import Problem
from tests.gui.conftest import press, settle, type_vietnamese
from tests.gui.sample_office import CODE, SampleOffice

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


# -- Quét


def test_files_chosen_in_the_dialog_are_brought_in(
    qtbot: QtBot, window: Frame, office: SampleOffice, tmp_path: Path
) -> None:
    (tmp_path / "giấy.pdf").write_bytes(b"%PDF")
    window.areas["scan"].open_files.click()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.setDirectory(str(tmp_path))
    dialog.filesSelected.emit([str(tmp_path / "giấy.pdf")])
    dialog.reject()
    settle(qtbot, window)
    assert office.taken == [tmp_path / "giấy.pdf"]


def test_what_could_not_be_read_is_told_and_the_rest_is_in(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    window.areas["scan"].take([Path("/x/mot.pdf"), Path("/x/khoa.pdf"), Path("/x/ba.pdf")])
    settle(qtbot, window)
    assert [problem.subject for problem in window.problems.problems()] == ["/x/khoa.pdf"]
    assert len(office.taken) == 3


def test_paging_shows_each_page_and_follows_its_paper(qtbot: QtBot, window: Frame) -> None:
    scan = window.areas["scan"]
    for _ in range(4):
        press(qtbot, scan.page.canvas, Qt.Key.Key_PageDown)
    settle(qtbot, window)
    assert scan.strip.page().id == "p4"
    assert scan.papers.papers.key() == "d1"
    assert scan.page.canvas._page == ("p4", 1)
    scan.papers.papers.choose("d3")
    settle(qtbot, window)
    assert scan.strip.page().id == "p9"


def test_choosing_a_field_marks_its_place(qtbot: QtBot, window: Frame) -> None:
    scan = window.areas["scan"]
    scan.papers.fields.choose("so_dinh_danh")
    settle(qtbot, window)
    assert scan.page.canvas.words.place is not None
    assert scan.page.canvas.words.place[0] == 180


def test_rotating_makes_a_new_recipe_and_shows_it(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    scan = window.areas["scan"]
    before = scan.page.canvas.sceneRect()
    press(qtbot, scan.strip, Qt.Key.Key_Right, CTRL, SHIFT)
    settle(qtbot, window)
    assert office.pages("b1")[0].turn == 90
    assert scan.page.canvas.sceneRect().width() == before.height()
    press(qtbot, scan.strip, Qt.Key.Key_Left, CTRL, SHIFT)
    settle(qtbot, window)
    assert office.pages("b1")[0].turn == 0


def test_zoom_by_wheel_and_keys_and_a_sharper_picture(qtbot: QtBot, window: Frame) -> None:
    canvas = window.areas["scan"].page.canvas
    fitted = canvas.transform().m11()
    middle = canvas.viewport().rect().center()
    none = Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        middle, canvas.mapToGlobal(middle), QPoint(), QPoint(0, 120), none, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), wheel)
    assert canvas.transform().m11() > fitted
    for _ in range(8):
        press(qtbot, window, Qt.Key.Key_Equal, CTRL)
    settle(qtbot, window)
    assert canvas._level == LEVELS[1]
    press(qtbot, window, Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(lambda: abs(canvas.transform().m11() - fitted) < 0.01)


def test_doubtful_words_are_visited_by_one_key_least_sure_first(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    scan = window.areas["scan"]
    for _ in doubtful_fields(office.papers("b1")):  # fields come before words
        press(qtbot, window, Qt.Key.Key_F8)
        settle(qtbot, window)
    here = scan.strip.page().position
    doubts = [word.box for word in scan.page.canvas.words.text.words if word.doubtful]
    seen = []
    for _ in doubts:
        press(qtbot, window, Qt.Key.Key_F8)
        seen.append(scan.page.canvas.words.place)
    assert seen == doubts
    press(qtbot, window, Qt.Key.Key_F8)
    settle(qtbot, window)
    assert scan.strip.page().position == here + 1


# -- Hồ sơ


def test_a_missing_component_is_filled_by_a_paper(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    window.go("dossier")
    dossier = window.areas["dossier"]
    assert not dossier.deposit.isEnabled()
    dossier.checklist.choose("uy_quyen")
    press(qtbot, dossier.checklist, Qt.Key.Key_T, CTRL)
    qtbot.waitUntil(lambda: window.findChild(AttachDialog) is not None)
    dialog = window.findChild(AttachDialog)
    dialog.list.choose("d3")
    dialog.ok.click()
    settle(qtbot, window)
    marks = {row.key: row.mark for row in dossier.checklist.rows.rows}
    assert marks["uy_quyen"] == "Đã có"
    assert dossier.deposit.isEnabled()
    dossier.deposit.click()
    settle(qtbot, window)
    assert f"deposit {CODE}" in office.asked


def test_a_dossier_is_opened_with_vietnamese_typing(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    window.go("dossier")
    press(qtbot, window, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: window.findChild(NewDossierDialog) is not None)
    dialog = window.findChild(NewDossierDialog)
    assert not dialog.ok.isEnabled()
    type_vietnamese(dialog.applicant, "Đặng Thị Hường")
    dialog.ok.click()
    settle(qtbot, window)
    assert "new 1.001193 Đặng Thị Hường" in office.asked


def test_opening_a_paper_goes_to_its_page(qtbot: QtBot, window: Frame) -> None:
    window.go("dossier")
    dossier = window.areas["dossier"]
    dossier.papers.choose("d1")
    dossier.papers.activated.emit(dossier.papers.currentIndex())
    settle(qtbot, window)
    assert window.area() == "scan"
    assert window.areas["scan"].strip.page().id == "p3"


# -- Ký số


def look_at_all(qtbot: QtBot, window: Frame) -> None:
    sign = window.areas["sign"]
    for row in list(sign.list.rows.rows):
        sign.list.choose(row.key)
        settle(qtbot, window)
        for _ in range(3):
            press(qtbot, sign.page.canvas, Qt.Key.Key_PageDown)
            settle(qtbot, window)


def test_pages_count_as_seen_only_when_they_were_on_screen(qtbot: QtBot, window: Frame) -> None:
    window.go("sign")
    sign = window.areas["sign"]
    settle(qtbot, window)
    assert [row.mark for row in sign.list.rows.rows] == [
        "1 trang chưa xem",
        "1 trang chưa xem",
        "3 trang chưa xem",
    ]
    look_at_all(qtbot, window)
    assert {row.mark for row in sign.list.rows.rows} == {"đã xem hết"}
    assert sign.banner.accessibleName() == "Đã xem hết các trang sẽ ký."


def give_pin(qtbot: QtBot, window: Frame, pin: str) -> None:
    qtbot.waitUntil(lambda: window.pins.dialog is not None and window.pins.dialog.isVisible())
    dialog = window.pins.dialog
    type_vietnamese(dialog.field, pin)
    dialog.ok.click()
    settle(qtbot, window)


def test_one_pin_signs_all_and_only_failures_are_retried(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    office.refuse["d1"] = Problem("mark_no_room", {}, "quet-002.pdf")
    window.go("sign")
    sign = window.areas["sign"]
    press(qtbot, sign.list, Qt.Key.Key_Return, CTRL)
    give_pin(qtbot, window, office.pin)
    assert office.signed == ["d0", "d2"]
    assert {row.key: row.mark for row in sign.results.rows.rows} == {
        "d0": "Đã ký", "d1": "Chưa ký", "d2": "Đã ký",
    }  # fmt: skip
    office.refuse.clear()
    sign.retry.click()
    give_pin(qtbot, window, office.pin)
    assert office.signed == ["d0", "d2", "d1"]
    assert not sign.retry.isVisible()


def test_a_wrong_pin_stops_at_once_and_says_how_many_tries_are_left(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    window.go("sign")
    sign = window.areas["sign"]
    sign.sign.click()
    give_pin(qtbot, window, "00000000")
    assert office.signed == []
    assert office.tries == 2
    assert [problem.code for problem in window.problems.problems()] == ["pin_wrong"]
    assert sign.retry.isVisible()
    assert sign.sign.isEnabled()
    sign.sign.click()
    qtbot.waitUntil(lambda: window.pins.dialog is not None)
    assert "2" in window.pins.dialog.tries.text()
    window.pins.dialog.reject()
    settle(qtbot, window)
    assert office.tries == 2


def test_the_pin_dialog_warns_and_forgets(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    window.go("sign")
    window.areas["sign"].sign.click()
    qtbot.waitUntil(lambda: window.pins.dialog is not None)
    dialog = window.pins.dialog
    assert not dialog.ok.isEnabled()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(
            dialog.field, QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
        )
    assert dialog.warning.text() == "Phím Caps Lock đang bật."
    dialog.field.clear()
    type_vietnamese(dialog.field, "mật")
    assert "bộ gõ" in dialog.warning.text()
    assert dialog.take().reveal() == "mật"
    assert dialog.field.text() == ""
    dialog.reject()
    settle(qtbot, window)
    assert office.tries == 3


def test_a_role_without_identity_says_so(qtbot: QtBot, window: Frame) -> None:
    window.go("sign")
    sign = window.areas["sign"]
    sign.role.setCurrentIndex(sign.role.findData("dong_dau"))
    settle(qtbot, window)
    assert not sign.sign.isEnabled()
    assert "Chưa có chứng thư số" in sign.banner.accessibleName()


# -- Kho lưu trữ


def test_a_search_that_finds_nothing_says_what_to_try(qtbot: QtBot, window: Frame) -> None:
    window.go("archive")
    archive = window.areas["archive"]
    type_vietnamese(archive.field, "kết hôn")
    press(qtbot, archive.field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "Không giấy nào có «kết hôn»" in archive.hits.empty.text()
    archive.packages.choose("k2")
    assert "Đóng gói và nộp lưu" in archive._receipt.text()


def test_searching_finds_and_opens_the_paper(qtbot: QtBot, window: Frame) -> None:
    window.go("archive")
    archive = window.areas["archive"]
    press(qtbot, archive.hits, Qt.Key.Key_Slash)
    type_vietnamese(archive.field, "khai sinh")
    press(qtbot, archive.field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert archive.hits.key() == "d0"
    archive.hits.activated.emit(archive.hits.currentIndex())
    settle(qtbot, window)
    assert window.area() == "scan"


def test_this_years_figures_stand_in_the_archive(qtbot: QtBot, window: Frame) -> None:
    window.go("archive")
    settle(qtbot, window)
    assert "tiếp nhận 12 hồ sơ, 11 có giấy tờ số hóa" in window.areas["archive"].figures.text()


def test_the_archive_is_checked(qtbot: QtBot, window: Frame) -> None:
    window.go("archive")
    archive = window.areas["archive"]
    archive.check.click()
    assert not archive.check.isEnabled()
    settle(qtbot, window)
    assert archive.banner.property("tone") == "ok"
    assert "của 1 gói tin" in archive.banner.accessibleName()  # the other one waits
    assert "2026/H01" in archive._receipt.text()
