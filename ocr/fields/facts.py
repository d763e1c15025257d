"""The facts on a paper, each with its place and an honest confidence, by the names of the `read` command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ocr.fields.card import card_fields
from ocr.fields.citizen import citizen_fields
from ocr.fields.document import document_fields
from ocr.model import FieldValue, Kind, PageReading
from ocr.papers.kinds import SEPARATOR, entry

_ABOUT_A_PERSON = ("giay_uy_quyen", "giay_gioi_thieu", "giay_nghi_phep")


def fields_of(
    readings: Sequence[PageReading], kind: Kind, confidence: float = 0.9
) -> Mapping[str, FieldValue]:
    """Every fact found on the pages of one paper; what is not on the paper is not in the mapping.

    `confidence` is that of the kind; it becomes the confidence of `loai_vb`. A value below 0.5 may be partial
    (a handwritten number) and is meant for typing over.
    """
    if kind.code == SEPARATOR:
        return {}
    if kind.code == "the_can_cuoc":
        first = readings[0]
        named = FieldValue(kind.name, confidence, first.number, None, first.text_source)
        return {"loai_vb": named} | card_fields(readings)
    found = document_fields(readings, kind, confidence)
    if entry(kind.code).group == "commune" or kind.code in _ABOUT_A_PERSON:
        person = citizen_fields(readings)
        found = person | found
    return found
