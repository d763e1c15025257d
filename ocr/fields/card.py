"""The facts on an identity card: QR code first, then the machine-readable zone, then the printed front."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from ocr.fields.citizen import citizen_fields
from ocr.layout.text_lines import Line, lines_of, union
from ocr.model import FieldValue, PageReading
from ocr.papers.identity_card import card_problems, cards_on, mrz_on
from ocr.vietnamese.patterns import letters

_NAMES = ("Căn cước công dân", "Căn cước", "Thẻ căn cước", "Giấy chứng minh nhân dân")
_ISSUERS = (
    "Cục trưởng Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    "Cục trưởng Cục Cảnh sát đăng ký quản lý cư trú và dữ liệu quốc gia về dân cư",
    "Bộ Công an",
)
_ALIKE = 85
_MRZ_SURE = 0.97
_DOUBTFUL_CODE = 0.6


def card_fields(readings: Sequence[PageReading]) -> dict[str, FieldValue]:
    """QR values have source "code" and confidence 1 when everything on the card fits together."""
    found = citizen_fields(readings) | _printed(readings)
    for reading in readings:
        found |= _from_mrz(reading)
    for reading in readings:
        found |= _from_code(reading)
    return found


def _printed(readings: Sequence[PageReading]) -> dict[str, FieldValue]:
    """The card's own name on the front, and who issued it on the back."""
    found: dict[str, FieldValue] = {}
    for reading in readings:
        lines = lines_of(reading)
        for index, line in enumerate(lines):
            read = letters(line.text)
            name = next((name for name in _NAMES if fuzz.ratio(read, letters(name)) >= _ALIKE), None)
            if name:
                found.setdefault("loai_vb", _as_field(name, [line], reading))
            issuer = next(
                (issuer for issuer in _ISSUERS if fuzz.ratio(read, letters(issuer)[: len(read)]) >= _ALIKE),
                None,
            )
            if issuer and len(read) > 5:
                below = [
                    x
                    for x in lines[index : index + 2]
                    if letters(x.text) and letters(x.text) in letters(issuer)
                ]
                found.setdefault("co_quan_cap", _as_field(issuer, below or [line], reading))
    return found


def _as_field(value: str, lines: Sequence[Line], reading: PageReading) -> FieldValue:
    sure = min(_MRZ_SURE, *(line.confidence for line in lines))
    return FieldValue(value, round(sure, 2), reading.number, union(x.box for x in lines), reading.text_source)


def _from_code(reading: PageReading) -> dict[str, FieldValue]:
    for card, box in cards_on(reading):
        sure = _DOUBTFUL_CODE if card_problems(card) else 1.0
        values = {
            "so_dinh_danh": card.number,
            "ho_ten": card.name,
            "ngay_sinh": card.birth.isoformat(),
            "noi_cu_tru": card.address,
            "ngay_cap": card.issued.isoformat() if card.issued else "",
        }
        return {
            name: FieldValue(value, sure, reading.number, box, "code")
            for name, value in values.items()
            if value
        }
    return {}


def _from_mrz(reading: PageReading) -> dict[str, FieldValue]:
    found = mrz_on(reading)
    if not found:
        return {}
    mrz, box = found
    values = {"so_dinh_danh": mrz.number, "ngay_sinh": mrz.birth.isoformat()}
    if mrz.expires:
        values["thoi_han"] = mrz.expires.isoformat()
    return {
        name: FieldValue(value, _MRZ_SURE, reading.number, box, reading.text_source)
        for name, value in values.items()
    }
