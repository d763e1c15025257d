"""What a further signature put on the page: a number, a day, a seal, an incoming stamp.

Registry software makes a signature of each (NĐ 30/2020 PL I): saying which turns "changed after
signing" into what happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pymupdf

from signing.changes import viewing
from signing.changes.model import Edit, Grade

_SHORT = re.compile(r"[\dA-Za-z/.-]{1,12}")
_MAX_PARTS = 4
"""Number, day, month, year."""
_BESIDE = 60
"""Points to the left of a mark in which the words before it stand."""
_SEAL_MIN_POINTS = 50


def name(edits: Sequence[Edit], before: pymupdf.Document, after: pymupdf.Document) -> tuple[Edit, ...]:
    """The same edits, with signatures named after their marks."""
    return tuple(
        _named(edit, before, after)
        if edit.grade is Grade.SIGNATURE and edit.what == "signature_added"
        else edit
        for edit in edits
    )


def _named(edit: Edit, before: pymupdf.Document, after: pymupdf.Document) -> Edit:
    if edit.page is None or edit.rect is None:
        return edit
    old, new = viewing.page(before, edit.page), viewing.page(after, edit.page)
    if old is None or new is None:
        return edit
    place = viewing.on_page(new, edit.rect)
    text = " ".join(_added(viewing.words(old, place), viewing.words(new, place)))
    return replace(edit, what=_kind(text, place, new), facts={**edit.facts, "text": text[:60]})


def _kind(text: str, place: pymupdf.Rect, page: pymupdf.Page) -> str:
    if not text:
        square = 0.75 <= place.width / max(1.0, place.height) <= 1.33
        return "seal_added" if square and place.width >= _SEAL_MIN_POINTS else "signature_added"
    if "ĐẾN" in text.split():
        return "incoming_stamp_added"
    parts = text.split()
    if len(parts) > _MAX_PARTS or not all(_SHORT.fullmatch(part) for part in parts):
        return "signature_added"
    if len(parts) > 1:
        return "number_date_added"
    beside = pymupdf.Rect(place.x0 - _BESIDE, place.y0, place.x0 + 2, place.y1)
    words = [word.lower().strip(":.,") for word in viewing.words(page, beside)]
    if (words and words[-1] in {"ngày", "tháng", "/"}) or "ngày" in words or "tháng" in words:
        return "date_added"
    return "number_added"


def _added(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Words that are there now and were not: marks come after the words of the page."""
    left = list(before)
    added = []
    for word in after:
        if word in left:
            left.remove(word)
        else:
            added.append(word)
    return added
