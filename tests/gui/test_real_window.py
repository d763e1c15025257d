"""The window over a real profile: a scan goes in, is read, signed, checked and found again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from pytestqt.qtbot import QtBot

from desktop.ui.app import make_window
from desktop.ui.frame import Frame
from desktop.ui.office.opening import OpeningOffice
from desktop.workflow.doctor import examine
from tests.gui.conftest import settle, type_vietnamese

LINES = (
    "UBND XÃ MẪU SƠN ĐÔNG          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 12/TB-UBND                      Độc lập - Tự do - Hạnh phúc",
    "",
    "THÔNG BÁO",
    "Về việc tiếp nhận hồ sơ tại Trạm Số (MẪU - KHÔNG CÓ GIÁ TRỊ)",
    "",
    "Ủy ban nhân dân xã Mẫu Sơn Đông thông báo lịch tiếp nhận hồ sơ",
    "đăng ký khai sinh của các thôn trong tháng này.",
)


@pytest.fixture
def scan(tmp_path: Path, root: Path) -> Path:
    """A page as a scanner at 200 dpi gives it."""
    page = Image.new("RGB", (1654, 2339), "#fbfaf5")
    draw = ImageDraw.Draw(page)
    font = root / "resources" / "fonts" / "tinos-regular.ttf"
    letters = ImageFont.truetype(str(font), 38)
    for number, line in enumerate(LINES):
        draw.text((150, 200 + 70 * number), line, fill="#151515", font=letters)
    path = tmp_path / "thong-bao.jpg"
    page.save(path, dpi=(200, 200), quality=90)
    return path


AREAS = ("scan", "sign", "verify", "archive")


@pytest.mark.slow
def test_from_scan_to_search(qtbot: QtBot, tmp_path: Path, scan: Path) -> None:
    if not any(check.part.startswith("tesseract") and check.state == "ok" for check in examine()):
        pytest.skip("Tesseract with vie is not installed")
    office = OpeningOffice(tmp_path / "home")
    window = make_window(office, office.home)
    window.show()
    office.open()
    try:
        walk(qtbot, window, scan)
    finally:
        window.close()
        office.close()


def walk(qtbot: QtBot, window: Frame, scan: Path) -> None:
    capture, sign, verify, archive = (visit(qtbot, window, name) for name in AREAS)
    capture.take([scan])
    wait(qtbot, window)
    assert [row.title for row in capture.papers.papers.rows.rows] == ["Thông báo"]
    assert capture.page.canvas.words.text.words
    capture.finish.click()
    wait(qtbot, window)
    assert window.problems.problems() == ()
    assert window.area() == "sign"
    sign.practice.click()
    wait(qtbot, window)
    sign.sign.click()
    wait(qtbot, window)
    assert [row.mark for row in sign.results.rows.rows] == ["Đã ký"], window.problems.problems()
    [kept] = [path for path in (window.office.home / "blobs").rglob("*") if b"ETSI.CAdES" in read(path)]
    verify.take([kept])
    wait(qtbot, window)
    qtbot.waitUntil(lambda: len(verify.files.results.rows) == 1)  # results are shown in beats
    assert verify.files.results.rows[0].mark.startswith("Hợp lệ")
    window.go("archive")
    type_vietnamese(archive.field, "tiep nhan ho so")
    wait(qtbot, window)
    assert [row.title for row in archive.hits.rows.rows] == ["Thông báo - thong-bao.jpg"]


def visit(qtbot: QtBot, window: Frame, name: str) -> Any:
    """Areas are made when they are first looked at."""
    window.go(name)
    wait(qtbot, window)
    return window.areas[name]


def read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def wait(qtbot: QtBot, window: Frame) -> None:
    qtbot.wait(300)
    qtbot.waitUntil(window.runner.idle, timeout=60_000)
    settle(qtbot, window)
