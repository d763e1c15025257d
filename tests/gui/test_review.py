"""Reviewing by keyboard: places lit, words that fill fields, doubts in order, few keystrokes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.frame import Frame
from desktop.ui.review.rows import doubts
from desktop.ui.scan.area import ScanArea
from desktop.workflow.job import Context
from desktop.workflow.views.rows import PaperRow
from ocr.fields.checks import findings
from ocr.model import Box
from storage.model import Field
from tests.gui.conftest import press, settle, type_vietnamese
from tests.gui.sample_office import NOW, SampleOffice

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FIELDS = (
    ("ho_ten", "ĐẶNG THỊ HƯỜNG", 0.97),
    ("so_dinh_danh", "001199900001", 0.99),
    ("ngay_sinh", "1999-02-20", 0.95),
)


MISREAD = {
    ("d0", "ho_ten"): ("ĐẶNG TH! HUỜNG", 0.55, "Đặng Thị Hường"),
    ("d0", "ngay_sinh"): ("1999-02", 0.3, "20/02/1999"),
    ("d1", "so_dinh_danh"): ("00119990001", 0.75, "001199900001"),
    ("d2", "ngay_sinh"): ("1999-02-28", 0.45, "20/02/1999"),
    ("d3", "ho_ten"): ("ĐANG THỊ HƯƠNG", 0.62, "Đặng Thị Hường"),
}
DOUBTFUL = ("d1", "ngay_sinh")


class TenPages(SampleOffice):
    """A dossier of ten pages in four papers: five fields misread, one right but doubtful, the rest sure."""

    def __init__(self, home: Path) -> None:
        super().__init__(home, pages=10)
        self.kinds = {f"d{number}": "to_khai_khai_sinh" for number in range(4)}

    def paper(self, document_id: str) -> PaperRow:
        row = super().paper(document_id)
        fields = []
        for line, (name, value, confidence) in enumerate(FIELDS):
            if (document_id, name) in MISREAD:
                value, confidence = MISREAD[document_id, name][:2]
            if (document_id, name) == DOUBTFUL:
                confidence = 0.8
            box = (180.0, 220.0 + 30 * line, 380.0, 240.0 + 30 * line)
            fields.append(self.typed.get((document_id, name), Field(name, value, confidence, 1, box, "ocr")))
        values = {field.name: field.value for field in fields}
        found = findings(values, row.kind_code, NOW.date())
        return replace(row, fields=tuple(fields), confidence=0.97, findings=found)


def scan_of(qtbot: QtBot, window: Frame) -> ScanArea:
    window.go("scan")
    settle(qtbot, window)
    area = window.areas["scan"]
    assert isinstance(area, ScanArea)
    return area


class Typist:
    """Presses keys on whatever has the focus, and counts those that are no part of a new value."""

    def __init__(self, qtbot: QtBot, window: Frame) -> None:
        self.qtbot, self.window, self.extra = qtbot, window, 0

    def key(self, key: Qt.Key) -> None:
        self.extra += 1
        QTest.keyClick(QApplication.focusWidget(), key)
        settle(self.qtbot, self.window)

    def value(self, text: str) -> None:
        type_vietnamese(QApplication.focusWidget(), text)


def test_a_dossier_with_five_wrong_fields_takes_few_keystrokes(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[SampleOffice], Frame]
) -> None:
    office = TenPages(tmp_path)
    window = open_window(office)
    window.activateWindow()
    scan = scan_of(qtbot, window)
    scan.take_focus()
    typist = Typist(qtbot, window)
    typist.key(Qt.Key.Key_F8)
    met = []
    while scan.papers.review.value.hasFocus() and len(met) < 20:
        place = (scan.papers.papers.key(), scan.papers.fields.key())
        met.append(place)
        if place in MISREAD:
            typist.value(MISREAD[place][2])
        typist.key(Qt.Key.Key_Return)
        if len(met) == len(MISREAD) + 1:
            break
    right = {name: value for name, value, _ in FIELDS}
    kept = {place: field.value for place, field in office.typed.items()}
    assert set(kept) == {*MISREAD, DOUBTFUL}
    assert all(value.upper() == right[name].upper() for (_, name), value in kept.items())
    assert typist.extra <= 12
    assert typist.extra == 7  # F8, then Enter for each of five wrong fields and the doubtful one
    assert met[0] == ("d0", "ngay_sinh")  # the least sure first


def test_doubts_come_in_order_and_what_a_clerk_said_is_none(tmp_path: Path) -> None:
    office = TenPages(tmp_path)
    order = doubts(office.papers("b1"))
    assert order[0] == ("d0", "ngay_sinh")
    assert set(order) == {*MISREAD, DOUBTFUL}
    office.typed["d0", "ngay_sinh"] = Field("ngay_sinh", "1999-02-20", 1.0, 1, None, "clerk")
    assert ("d0", "ngay_sinh") not in doubts(office.papers("b1"))


def test_choosing_a_field_lights_its_place_also_on_another_page(qtbot: QtBot, window: Frame) -> None:
    scan = scan_of(qtbot, window)
    scan.papers.papers.choose("d2")
    settle(qtbot, window)
    scan.strip.go_to("p7")
    settle(qtbot, window)
    scan.papers.fields.choose("ngay_sinh")
    settle(qtbot, window)
    shown = scan.strip.page()
    assert shown is not None
    assert (shown.id, scan.page.canvas.words.place) == ("p6", Box(180, 280, 260, 298))


def test_clicking_words_on_the_page_fills_the_field(qtbot: QtBot, window: Frame) -> None:
    scan = scan_of(qtbot, window)
    scan.papers.papers.choose("d0")
    scan.papers.fields.choose("ho_ten")
    settle(qtbot, window)
    canvas, review = scan.page.canvas, scan.papers.review
    words = canvas.words.text.words[:2]
    orders: list[object] = []
    review.corrected.connect(orders.append)
    for word in words:
        middle = QPointF((word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2)
        canvas.centerOn(middle)
        at = canvas.mapFromScene(middle)
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert review.value.text() == f"{words[0].text} {words[1].text}"
    assert review.value.hasFocus()
    QTest.keyClick(review.value, Qt.Key.Key_Return)
    settle(qtbot, window)
    (order,) = orders
    (typed,) = order.fields  # type: ignore[attr-defined]
    assert (typed.name, typed.page) == ("ho_ten", 1)
    assert typed.box[0] == pytest.approx(words[0].box.x0)
    assert typed.box[2] == pytest.approx(words[1].box.x1)


def test_escape_gives_up_and_a_refresh_keeps_what_is_being_typed(qtbot: QtBot, window: Frame) -> None:
    scan = scan_of(qtbot, window)
    scan.papers.papers.choose("d0")
    review = scan.papers.review
    review.edit("ho_ten")
    type_vietnamese(review.value, "Đặng")
    scan.refresh()
    settle(qtbot, window)
    assert (review.value.text(), review.value.hasFocus()) == ("Đặng", True)
    QTest.keyClick(review.value, Qt.Key.Key_Escape)
    assert review.value.text() == "ĐẶNG THỊ HƯỜNG (MẪU)"
    assert scan.papers.fields.hasFocus()


def test_a_kind_is_chosen_by_keyboard(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    scan = scan_of(qtbot, window)
    scan.papers.papers.choose("d4")
    review = scan.papers.review
    review.edit("kind")
    assert review.kind.currentData() == "chua_ro"
    review.kind.setCurrentIndex(review.kind.findData("giay_bao_tu"))
    QTest.keyClick(review.kind, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert office.kinds["d4"] == "giay_bao_tu"
    assert review.kind.currentData() == "giay_bao_tu"


def test_pages_to_look_at_say_why_and_come_first_when_wanted(qtbot: QtBot, window: Frame) -> None:
    scan = window.areas["scan"]
    scan.strip.go_to("p7")
    assert "nhòe" in scan.gate.banner.accessibleName()
    assert "Nghiêng khác thường" in scan.gate.banner.accessibleName()
    assert "Nên xem" in scan.strip.pages.index(7).data(Qt.ItemDataRole.AccessibleTextRole)
    press(qtbot, window, Qt.Key.Key_F, CTRL, SHIFT)
    settle(qtbot, window)
    assert [page.id for page in scan.strip.pages.pages[:4]] == ["p9", "p7", "p3", "p0"]
    scan.strip.go_to("p9")
    assert "hỏng một phần" in scan.gate.banner.accessibleName()
    scan.strip.go_to("p0")
    assert scan.gate.banner.isHidden()


def test_a_page_sent_back_says_the_second_persons_reason(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    office.check_paper("d1", "rescan", "cut_off", Context())
    window.refresh()
    settle(qtbot, window)
    scan = window.areas["scan"]
    scan.strip.go_to("p4")
    assert "Người kiểm thứ hai yêu cầu quét lại" in scan.gate.banner.accessibleName()
    assert "Lý do: bị cắt mất một phần." in scan.gate.banner.accessibleName()


def test_moving_a_page_means_its_place_in_the_batch_whatever_order_is_shown(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    press(qtbot, window, Qt.Key.Key_F, CTRL, SHIFT)
    settle(qtbot, window)
    window.areas["scan"].strip.go_to("p7")
    press(qtbot, window, Qt.Key.Key_Up, CTRL)
    settle(qtbot, window)
    assert "move p7 6" in office.asked


def test_the_original_stands_beside_the_page(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    scan = window.areas["scan"]
    assert "original" not in office.asked
    press(qtbot, window, Qt.Key.Key_B, CTRL, SHIFT)
    settle(qtbot, window)
    assert scan.original.isVisible()
    assert not scan.original.canvas.scene().sceneRect().isEmpty()
    asked = office.asked.count("original")
    scan.strip.step(1)
    settle(qtbot, window)
    assert office.asked.count("original") == asked + 1
