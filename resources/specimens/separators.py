"""The separator sheet that a clerk lays between two papers in the feeder."""

from __future__ import annotations

from collections.abc import Sequence

from resources.specimens.qr import draw_qr
from resources.specimens.sheet import BLACK, MM, Sheet

_INCH = 72.0
_PATCH_T = (0.08, 0.20, 0.08, 0.20)
"""Widths of the bars of Patch T in inches, the gaps are 0.08 (Kodak A-61599)."""
_GAP = 0.08
_BAR_LENGTH = 2.5
_ROWS = (
    "Đặt phiếu này giữa hai giấy tờ khi quét hàng loạt.",
    "Giấy tờ mới bắt đầu ngay sau phiếu này.",
)
_FOOT = "Phiếu chỉ dùng để quét, không lưu vào hồ sơ. Dùng lại được nhiều lần."


def separator_sheet(code: str, named: Sequence[tuple[str, str]] = ()) -> Sheet:
    """A sheet whose QR code `code` says that a new paper begins; `named` are what it belongs to, in words.

    Patch T stands at both short edges, for scanners that divide by it and for a QR code that cannot be read.
    """
    sheet = Sheet()
    _patch_t(sheet, 12 * MM)
    _patch_t(sheet, sheet.height - 12 * MM - 0.8 * _INCH)
    sheet.y = 150
    sheet.centred("PHIẾU PHÂN CÁCH", "sans_bold", 30, x=sheet.width / 2)
    sheet.skip(18)
    for row in _ROWS:
        sheet.centred(row, "sans", 15, x=sheet.width / 2, gap=1.6)
    side = 210.0
    sheet.skip(36)
    draw_qr(sheet, code, (sheet.width - side) / 2, sheet.y, side, "H")
    sheet.y += side + 30
    for label, value in named:
        sheet.centred(label, "sans", 15, x=sheet.width / 2)
        sheet.centred(value, "sans_bold", 24 if len(value) <= 28 else 15, x=sheet.width / 2, gap=1.4)
    sheet.skip(24)
    sheet.centred(_FOOT, "sans", 12, x=sheet.width / 2)
    return sheet


def _patch_t(sheet: Sheet, top: float) -> None:
    """Bars across the page, parallel to the edge that enters the scanner first."""
    left = (sheet.width - _BAR_LENGTH * _INCH) / 2
    for thick in _PATCH_T:
        sheet.page.draw_rect(
            (left, top, left + _BAR_LENGTH * _INCH, top + thick * _INCH), color=None, fill=BLACK
        )
        top += (thick + _GAP) * _INCH


def dossier_separator(dossier: str) -> Sheet:
    """The sheet of one dossier; of none where `dossier` is empty."""
    named = [("Hồ sơ số", dossier)] if dossier else []
    return separator_sheet(f"tramso:separator?dossier={dossier}", named)


def separator(dossier: str = "") -> bytes:
    """The separator sheet as a one-page A4 PDF to print."""
    return as_pdf(dossier_separator(dossier))


def as_pdf(sheet: Sheet) -> bytes:
    """The same sheet always gives the same bytes."""
    data: bytes = sheet.pdf().tobytes(no_new_id=True, garbage=3, deflate=True)
    return data
