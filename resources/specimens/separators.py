"""The separator sheet that a clerk lays between two papers in the feeder."""

from __future__ import annotations

from resources.specimens.qr import draw_qr
from resources.specimens.sheet import Sheet


def separator_sheet(dossier: str) -> Sheet:
    """A sheet whose QR code says that a new paper begins, and to which dossier it belongs (may be empty)."""
    sheet = Sheet()
    sheet.y = 110
    sheet.centred("PHIẾU PHÂN CÁCH", "sans_bold", 30, x=sheet.width / 2)
    sheet.skip(18)
    for row in (
        "Đặt phiếu này giữa hai giấy tờ khi quét hàng loạt.",
        "Giấy tờ mới bắt đầu ngay sau phiếu này.",
    ):
        sheet.centred(row, "sans", 15, x=sheet.width / 2, gap=1.6)
    side = 210.0
    sheet.skip(46)
    draw_qr(sheet, f"tramso:separator?dossier={dossier}", (sheet.width - side) / 2, sheet.y, side, "H")
    sheet.y += side + 30
    if dossier:
        sheet.centred("Hồ sơ số", "sans", 15, x=sheet.width / 2)
        sheet.centred(dossier, "sans_bold", 24, x=sheet.width / 2, gap=1.4)
    sheet.skip(40)
    sheet.centred(
        "Phiếu chỉ dùng để quét, không lưu vào hồ sơ. Dùng lại được nhiều lần.", "sans", 12, x=sheet.width / 2
    )
    return sheet


def separator(dossier: str = "") -> bytes:
    """The separator sheet as a one-page A4 PDF to print."""
    data: bytes = separator_sheet(dossier).pdf().tobytes(no_new_id=True, garbage=3, deflate=True)
    return data
