"""Small specimen papers for signing tests: a decision with its signature block, in an embedded font."""

from __future__ import annotations

import subprocess
from importlib.resources import files
from pathlib import Path

import pymupdf

AGENCY = "ỦY BAN NHÂN DÂN XÃ MẪU SƠN ĐÔNG"


def decision(
    path: Path,
    rotation: int = 0,
    crop: tuple[float, float, float, float] | None = None,
    titles: tuple[str, str] = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
) -> Path:
    """One page with number and day left blank, and room for a signature."""
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    font = pymupdf.Font(fontbuffer=files("resources").joinpath("fonts", "tinos-regular.ttf").read_bytes())
    writer = pymupdf.TextWriter(page.rect)
    rows = [
        (90, 80, "UBND XÃ MẪU SƠN ĐÔNG"),
        (310, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (110, 110, "Số:        /QĐ-UBND"),
        (310, 110, "Mẫu Sơn Đông, ngày       tháng       năm 2026"),
        (250, 150, "QUYẾT ĐỊNH"),
        *((85, 190 + 20 * row, f"Nội dung dòng {row}: mẫu, không có giá trị pháp lý.") for row in range(18)),
        (85, 590, "Nơi nhận:"),
        (85, 605, "- Lưu: VT."),
        (370, 590, titles[0]),
        (410, 608, titles[1]),
        (390, 710, "Nguyễn Văn Mẫu"),
    ]
    for x, y, text in rows:
        writer.append((x, y), text, font=font, fontsize=12)
    writer.write_text(page)
    if crop is not None:
        page.set_cropbox(pymupdf.Rect(*crop))
    page.set_rotation(rotation)
    document.save(path)
    document.close()
    return path


def poppler_says(path: Path) -> list[str]:
    """pdfsig's word on every signature, in order; it does not check document time stamps."""
    result = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
    lines = [line.strip(" -") for line in result.stdout.splitlines()]
    return [
        line.removeprefix("Signature Validation: ")
        for line in lines
        if line.startswith("Signature Validation")
    ]
