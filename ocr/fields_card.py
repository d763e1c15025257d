"""The facts on an identity card: QR code first, then the machine-readable zone, then the printed front."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.fields_citizen import citizen_fields
from ocr.identity_card import card_problems, cards_on, mrz_on
from ocr.model import FieldValue, PageReading

_MRZ_SURE = 0.97
_DOUBTFUL_CODE = 0.6


def card_fields(readings: Sequence[PageReading]) -> dict[str, FieldValue]:
    """QR values have source "code" and confidence 1 when everything on the card fits together."""
    found = citizen_fields(readings)
    for reading in readings:
        found |= _from_mrz(reading)
    for reading in readings:
        found |= _from_code(reading)
    return found


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
