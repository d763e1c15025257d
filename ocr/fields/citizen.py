"""The facts on papers about a person: values behind printed labels ("Họ, chữ đệm, tên: ...").

The first person named counts: applicant on a declaration, holder on a certificate. Values on forms are
often written by hand, so OCR values never pass 0.8 unless a check holds (number against birth date).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ocr.fields.number import PRINTED, UNSURE, WRITTEN, date_field
from ocr.layout.text_lines import lines_of
from ocr.model import FieldValue, PageReading
from ocr.papers.heading import Heading
from ocr.papers.identity_card import number_problems
from ocr.papers.labels import Labelled, labelled_values
from ocr.vietnamese.patterns import calendar_day, fold, person_name, short_date

_LONG_DATE = re.compile(r"(\d{1,2})\s*th\w{1,3}g?\s*(\d{1,2})\s*n\w{1,2}\s*((?:19|20)\d\d)")
_DIGITS = re.compile(r"(?<!\d)\d(?:[ .]?\d){11}(?!\d)|(?<!\d)\d{9}(?!\d)")
_MOST_OCR = 0.8
_CHECKED = 0.9
_LEGIBLE = 0.3
"""Below this a value is only a place on the page: shown empty, for typing."""
_SIGNED_DATE = re.compile(r"ng[a-z]?y.{0,9}\s*th[a-z]{1,3}.{0,8}n[a-z]{1,2}\s*[12]\d{3}")


def citizen_fields(readings: Sequence[PageReading]) -> dict[str, FieldValue]:
    """Facts about the first person named, and the day the paper was signed."""
    found: dict[str, FieldValue] = {}
    for reading in readings:
        for value in labelled_values(reading):
            field = _field(value, reading)
            if value.name == "ho_ten" and found.get("ho_ten", field).value != field.value:
                break  # what follows is about somebody else
            if not (value.name in found and found[value.name].value):
                found[value.name] = field
    _check_number(found)
    signed = _signed_on(readings)
    return ({"ngay_ban_hanh": signed} if signed else {}) | found


def _field(value: Labelled, reading: PageReading) -> FieldValue:
    text, sure = _value(value) if value.confidence >= _LEGIBLE else ("", 0.0)
    if reading.text_source == "ocr":
        sure = min(sure, _MOST_OCR, value.confidence)
    return FieldValue(text, round(sure, 2), reading.number, value.box, reading.text_source)


def _value(value: Labelled) -> tuple[str, float]:
    """The value in its own form and how well it fits; what does not fit stays as read, barely believed."""
    if value.name == "ho_ten":
        name = person_name(value.text)
        return (name, PRINTED) if name else (value.text, WRITTEN)
    if value.name == "so_dinh_danh":
        digits = _DIGITS.search(value.text)
        return (re.sub(r"\D", "", digits[0]), UNSURE) if digits else ("", 0.0)
    if value.name in ("ngay_sinh", "ngay_cap", "thoi_han"):
        day = any_date(value.text)
        return (day.isoformat(), PRINTED) if day else ("", 0.0)
    return value.text, PRINTED


def any_date(text: str) -> date | None:
    """A day written 12/03/1985 or "12 tháng 3 năm 1985"."""
    found = _LONG_DATE.search(fold(text))
    return short_date(text) or (calendar_day(found[3], found[2], found[1]) if found else None)


def _check_number(found: dict[str, FieldValue]) -> None:
    """A number that agrees with the birth date is surely read; one that contradicts it surely not."""
    number, birth = found.get("so_dinh_danh"), found.get("ngay_sinh")
    if number is None or len(number.value) != 12:
        return
    problems = number_problems(
        number.value, date.fromisoformat(birth.value) if birth and birth.value else None
    )
    sure = WRITTEN if problems else (_CHECKED if birth and birth.value else number.confidence)
    for name in ("so_dinh_danh", "ngay_sinh"):
        field = found.get(name)
        if field and field.value and (problems or (birth and birth.value)):
            best = max(field.confidence, sure) if not problems else min(field.confidence, sure)
            found[name] = FieldValue(field.value, best, field.page, field.box, field.source)


def _signed_on(readings: Sequence[PageReading]) -> FieldValue | None:
    """ "Mẫu Sơn Đông, ngày 16 tháng 11 năm 2026" over the signature at the lower right."""
    for reading in reversed(readings):
        for line in reversed(lines_of(reading)):
            right = line.middle > 0.45 * reading.width and len(line.words) <= 14
            if right and _SIGNED_DATE.search(fold(line.text)) and "sinh" not in fold(line.text):
                return date_field(reading, Heading(None, date=line))
    return None
