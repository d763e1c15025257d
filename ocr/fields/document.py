"""The facts of an official paper in the frame of NĐ 30/2020: agency, number, date, subject, urgency..."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from ocr.fields.agency import agency_field
from ocr.fields.number import date_field, number_field
from ocr.fields.signer import signer_fields
from ocr.fields.subject import subject_field
from ocr.layout.text_lines import lines_of
from ocr.model import FieldValue, Kind, PageReading
from ocr.papers.heading import heading_of
from ocr.papers.kinds import entry
from ocr.papers.titles import Title, title_of
from ocr.reading.stamped_words import SECRECY, URGENCY
from ocr.vietnamese.patterns import letters, upper_share

_STAMP_SHARE = 0.6
_STAMP_ALIKE = 85


def document_fields(readings: Sequence[PageReading], kind: Kind, confidence: float) -> dict[str, FieldValue]:
    """Every field that was found; a field that is not on the paper is not in the mapping."""
    first = next((reading for reading in readings if not reading.blank), None)
    if first is None:
        return {}
    heading = heading_of(first)
    title = title_of(first, heading) if kind.code != "cong_van" else None
    found = {
        "co_quan": agency_field(first, heading),
        "so_ky_hieu": number_field(first, heading, entry(kind.code).symbol),
        "ngay_ban_hanh": date_field(first, heading),
        "loai_vb": _kind_field(first, kind, title, confidence),
        "trich_yeu": subject_field(first, heading, title),
        "do_khan": _stamp(first, URGENCY),
        "do_mat": _stamp(first, SECRECY),
    }
    return {name: value for name, value in found.items() if value} | signer_fields(readings)


def _kind_field(
    reading: PageReading, kind: Kind, title: Title | None, confidence: float
) -> FieldValue | None:
    if kind.code == "chua_ro":
        return None
    name = title.printed.capitalize() if title and title.kind.code == kind.code and title.alone else kind.name
    box = title.lines[0].box if title else None
    return FieldValue(name, confidence, reading.number, box, reading.text_source)


def _stamp(reading: PageReading, stamps: dict[str, str]) -> FieldValue | None:
    """A stamp of urgency or secrecy: capitals alone on a line in the upper part of the first page (ô 10)."""
    for line in lines_of(reading):
        if line.box.y0 > _STAMP_SHARE * reading.height or upper_share(line.text) < 0.8:
            continue
        read = letters(line.text)
        for words, value in stamps.items():
            same = read == words or (len(words) > 5 and fuzz.ratio(read, words) >= _STAMP_ALIKE)
            if same:
                sure = 0.97 if reading.text_source == "text_layer" else min(0.95, line.confidence)
                return FieldValue(value, round(sure, 2), reading.number, line.box, reading.text_source)
    return None
