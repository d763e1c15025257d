"""The facts on papers about a person: values behind printed labels ("Họ, chữ đệm, tên: ...")."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.model import FieldValue, Kind, PageReading


def citizen_fields(readings: Sequence[PageReading], kind: Kind) -> dict[str, FieldValue]:
    """Name, number, birth, residence, issue and expiry of the person the paper is about."""
    return {}
