"""The verification bench, driven as an archivist drives it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.frame import Frame
from desktop.ui.shell.watchdog import LIMIT_S
from desktop.ui.verify.decision import DecisionDialog
from desktop.ui.verify.file import CARDS, PAGES
from desktop.ui.verify.offer import OfferDialog
from desktop.ui.verify.trust import TrustDialog
from tests.gui.conftest import Beats, press, settle, type_vietnamese
from tests.gui.sample_office import SampleOffice

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAMES = ("dung", "luu-y", "chua-ro", "sua", "hong", "khong-ky")


def check(qtbot: QtBot, window: Frame, *names: str) -> QWidget:
    """The area, once these files were dropped on it and all their verdicts stand there."""
    window.go("verify")
    area = window.areas["verify"]
    area.take([Path(f"/x/{name}.pdf") for name in names])
    qtbot.waitUntil(lambda: len(area.files.results.rows) == len(names), timeout=10_000)
    settle(qtbot, window)
    return area


def marks(area: QWidget) -> list[str]:
    order = area.files.order
    return [order.index(place, 0).data() for place in range(order.rowCount())]


def test_every_verdict_has_its_own_banner(qtbot: QtBot, window: Frame) -> None:
    verify = check(qtbot, window, *NAMES)
    assert [(row.mark, row.tone) for row in verify.files.results.rows] == [
        ("Hợp lệ", "ok"),
        ("Hợp lệ, có lưu ý", "note"),
        ("Chưa kết luận được", "warn"),
        ("Bị sửa sau khi ký", "bad"),
        ("Không hợp lệ", "bad"),
        ("Không có chữ ký", "neutral"),
    ]
    assert (
        "6 tệp: 2 hợp lệ, 1 chưa kết luận được, 2 không hợp lệ, 1 không có" in verify.summary.accessibleName()
    )


def test_results_show_while_the_check_still_runs(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[SampleOffice], Frame]
) -> None:
    window = open_window(SampleOffice(tmp_path, slow=0.15))
    window.go("verify")
    verify = window.areas["verify"]
    verify.take([Path(f"/x/dung-{number}.pdf") for number in range(12)])
    qtbot.waitUntil(lambda: len(verify.files.results.rows) >= 2, timeout=5_000)
    assert window.runner.running()
    assert verify.file.cards
    window.runner.running()[0].cancel()
    settle(qtbot, window)


def test_the_list_is_filtered_and_sorted_by_what_archivists_ask(qtbot: QtBot, window: Frame) -> None:
    verify = check(qtbot, window, *NAMES)
    filters = verify.filters
    filters.sort.setCurrentIndex(filters.sort.findData("verdict"))
    assert marks(verify)[:2] == ["sua.pdf", "hong.pdf"]
    filters.banner.setCurrentIndex(filters.banner.findData("undetermined"))
    assert marks(verify) == ["chua-ro.pdf"]
    assert "Đang hiện 1 trong 6" in verify.summary.accessibleName()
    filters.banner.setCurrentIndex(0)
    filters.year.setCurrentIndex(filters.year.findData("2026"))
    assert "khong-ky.pdf" not in marks(verify)
    filters.year.setCurrentIndex(0)
    filters.signer.setCurrentIndex(filters.signer.findData("Trần Văn Mẫu"))
    assert len(marks(verify)) == 5
    press(qtbot, verify.files, Qt.Key.Key_F, CTRL)
    type_vietnamese(filters.text, "tran van HONG")
    qtbot.waitUntil(lambda: marks(verify) == ["hong.pdf"])
    assert verify.file.name.text() == "hong.pdf"
    type_vietnamese(filters.text, " khong ai")
    qtbot.waitUntil(lambda: marks(verify) == [])
    assert "Không tệp nào khớp" in verify.files.empty.text() and verify.files.empty.isVisible()


def test_all_details_are_copied(qtbot: QtBot, window: Frame) -> None:
    verify = check(qtbot, window, "sua")
    press(qtbot, verify.files, Qt.Key.Key_C, CTRL, SHIFT)
    copied = QGuiApplication.clipboard().text()
    for part in (
        "/x/sua.pdf",
        "Bị sửa sau khi ký",
        "Trần Văn Mẫu",
        "Chữ ký 2",
        "ab" * 32,
        "cd" * 32,
        "0a1b2c",
    ):
        assert part in copied


def test_an_undecided_file_is_never_called_valid(qtbot: QtBot, window: Frame) -> None:
    verify = check(qtbot, window, "chua-ro")
    assert verify.file.banner.property("tone") == "warn"
    assert "Chưa thể kết luận" in verify.file.banner.accessibleName()


def test_the_page_is_drawn_from_what_was_signed(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    verify = check(qtbot, window, "sua")
    assert not [call for call in office.asked if call.startswith("page")]
    press(qtbot, verify.files, Qt.Key.Key_T, CTRL)
    settle(qtbot, window)
    assert verify.file.tabs.currentIndex() == PAGES
    assert {"page 4000 1", "page 0 1"} <= set(office.asked)
    assert "khác bản hiện tại ở 1 chỗ" in verify.file.pages.differences.accessibleName()
    press(qtbot, verify.file.pages.signed, Qt.Key.Key_PageDown)
    settle(qtbot, window)
    assert {"page 4000 2", "page 0 2"} <= set(office.asked)


def test_the_timeline_chooses_the_revision(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    verify = check(qtbot, window, "dung")
    timeline = verify.file.timeline
    assert [revision.end for revision in timeline.revisions] == [4000, 9000]
    verify.file.cards[1].page.click()
    settle(qtbot, window)
    assert timeline.place() == 1
    assert "page 9000 1" in office.asked
    assert verify.file.pages._newest_side.isHidden()
    timeline.buttons[1].setFocus()
    press(qtbot, timeline.buttons[1], Qt.Key.Key_Left)
    settle(qtbot, window)
    assert timeline.place() == 0
    assert not verify.file.pages._newest_side.isHidden()


def test_details_show_the_chain_with_fingerprints(qtbot: QtBot, window: Frame) -> None:
    verify = check(qtbot, window, "dung")
    assert verify.file.tabs.currentIndex() == CARDS
    card = verify.file.cards[0]
    card.more.click()
    words = [label.text() for label in card.details.findChildren(QLabel)]
    assert "└ Gốc thực hành" in words
    assert " ".join(["cdcd"] * 16) in words


def test_a_decision_needs_grounds_and_shows_in_the_list(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    verify = check(qtbot, window, "chua-ro", "dung")
    verify.files.selectAll()
    press(qtbot, verify.files, Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: window.findChild(DecisionDialog) is not None)
    dialog = window.findChild(DecisionDialog)
    assert not dialog.ok.isEnabled()
    type_vietnamese(dialog.reason, "Đã gọi điện xác nhận")
    dialog.ok.click()
    settle(qtbot, window)
    assert {decision.reason for decision in office.decided.values()} == {"Đã gọi điện xác nhận"}
    assert all("Đã kết luận: đạt" in row.below for row in verify.files.results.rows)
    assert "Đã gọi điện xác nhận" in verify.file.decision.text()
    window.actions_["verify.repeat"].trigger()
    settle(qtbot, window)
    assert {"repeat k0", "repeat k1"} & set(office.asked)
    assert "giống hệt" in verify.file.decision.text()


def test_a_valid_file_passes_without_a_reason(qtbot: QtBot, window: Frame, office: SampleOffice) -> None:
    verify = check(qtbot, window, "dung")
    verify.work.passed.click()
    qtbot.waitUntil(lambda: window.findChild(DecisionDialog) is not None)
    window.findChild(DecisionDialog).ok.click()
    settle(qtbot, window)
    assert [decision.passed for decision in office.decided.values()] == [True]


def test_a_report_on_the_chosen_files(
    qtbot: QtBot, window: Frame, office: SampleOffice, tmp_path: Path
) -> None:
    verify = check(qtbot, window, "dung", "sua")
    press(qtbot, verify.files, Qt.Key.Key_A, CTRL)
    verify.work.report.click()
    dialog = window.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "r.xlsx"))
    dialog.reject()
    settle(qtbot, window)
    assert "report 2 r.xlsx" in office.asked


def test_the_renewal_queue_and_one_action_for_many_files(
    qtbot: QtBot, window: Frame, office: SampleOffice, tmp_path: Path
) -> None:
    verify = check(qtbot, window, "khong-ky", "dung", "chua-ro")
    verify.filters.sort.setCurrentIndex(verify.filters.sort.findData("due"))
    assert marks(verify) == ["dung.pdf", "chua-ro.pdf", "khong-ky.pdf"]
    assert verify.files.results.rows[1].below.startswith("Cần gia hạn trước")
    verify.files.choose(0)
    assert verify.file.renewal.text().startswith("Cần gia hạn trước")
    verify.files.selectAll()
    verify.work.renew.click()
    dialog = window.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    settle(qtbot, window)
    assert "extend 3" in office.asked
    qtbot.waitUntil(lambda: len(verify.files.results.rows) == 6)


def test_everything_is_in_sight_on_a_small_screen(qtbot: QtBot, window: Frame) -> None:
    window.resize(1366, 768)
    verify = check(qtbot, window, *NAMES, "chua-ro-2", "chua-ro-3", "chua-ro-4")
    qtbot.waitUntil(lambda: not verify.work.renew.visibleRegion().isEmpty())
    assert verify.work.visibleRegion().boundingRect().height() == verify.work.height()


def test_trusted_authorities_are_listed_added_and_removed(
    qtbot: QtBot, window: Frame, office: SampleOffice, tmp_path: Path
) -> None:
    window.go("verify")
    press(qtbot, window, Qt.Key.Key_T, CTRL | SHIFT)
    settle(qtbot, window)
    dialog = window.findChild(TrustDialog)
    shown = dialog.list.item(0).text()
    assert "CA Thực hành" in shown and "CA gốc" in shown and "chưa biết" in shown
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == office.authorities[0].certificate.fingerprint
    dialog.add_files.click()
    chooser = dialog.findChild(QFileDialog)
    chooser.filesSelected.emit([str(tmp_path / "Cơ quan mới.crt")])
    chooser.reject()
    settle(qtbot, window)
    offer = dialog.findChild(OfferDialog)
    assert "Cơ quan mới" in offer.list.item(0).text() and offer.leave.isDefault()
    assert [each.certificate.subject for each in office.authorities] == ["CA Thực hành"]
    offer.trust.click()
    settle(qtbot, window)
    assert [each.certificate.subject for each in office.authorities] == ["CA Thực hành", "Cơ quan mới"]
    assert "Đã thêm 1" in dialog.told.accessibleName()
    dialog.list.setCurrentRow(1)
    dialog.remove.click()
    settle(qtbot, window)
    assert dialog.list.count() == 1
    assert "Đã bỏ 1" in dialog.told.accessibleName()


def test_an_authority_is_added_from_its_address_after_a_look_at_the_fingerprint(
    qtbot: QtBot, window: Frame, office: SampleOffice
) -> None:
    window.go("verify")
    settle(qtbot, window)
    window.areas["verify"].trust.click()
    settle(qtbot, window)
    dialog = window.findChild(TrustDialog)
    qtbot.keyClicks(dialog.address, "rootca.example")
    assert not dialog.add_address.isEnabled()
    for answer in ("leave", "trust"):
        dialog.address.setText("http://rootca.example/moi.crt")
        press(qtbot, dialog.address, Qt.Key.Key_Return)
        settle(qtbot, window)
        [offer] = [found for found in dialog.findChildren(OfferDialog) if found.isVisible()]
        getattr(offer, answer).click()
        settle(qtbot, window)
        added = [each.certificate.subject for each in office.authorities[1:]]
        assert added == (["moi"] if answer == "trust" else [])
    assert "seek http://rootca.example/moi.crt" in office.asked
    dialog.address.setText("http://rootca.example/trống")
    dialog.add_address.click()
    settle(qtbot, window)
    assert "không có chứng thư số nào" in dialog.told.accessibleName()


def test_a_folder_of_500_files_never_stalls_the_window(
    qtbot: QtBot, tmp_path: Path, open_window: Callable[[SampleOffice], Frame]
) -> None:
    window = open_window(SampleOffice(tmp_path, slow=0.002))
    window.go("verify")
    settle(qtbot, window)
    verify, beats = window.areas["verify"], Beats()
    kinds = [name.split("-")[0] for name in NAMES]
    verify.take([Path(f"/x/{kinds[number % 6]}-{number}.pdf") for number in range(500)])
    filters = verify.filters
    qtbot.waitUntil(lambda: len(verify.files.results.rows) > 50)
    filters.sort.setCurrentIndex(filters.sort.findData("verdict"))
    for _ in range(10):
        press(qtbot, verify.files, Qt.Key.Key_Down)
        qtbot.wait(20)
    filters.banner.setCurrentIndex(filters.banner.findData("altered"))
    qtbot.waitUntil(lambda: len(verify.files.results.rows) == 500, timeout=20_000)
    filters.banner.setCurrentIndex(0)
    settle(qtbot, window)
    assert beats.worst_s < LIMIT_S
    assert verify.files.order.rowCount() == 500
