"""The last line of defence: is the page that a viewer shows still the one that was signed?

The object comparison and the viewer use different parsers; an attack on the difference between two readers
shows here, as pixels that changed where nobody was allowed to change anything.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from time import monotonic

import cv2
import numpy as np
import pymupdf

from signing.changes import viewing
from signing.changes.model import Edit, Grade

_MARGIN = 4
"""Points around a mark that its border may touch."""
_STEP = 40
"""Grey levels by which a pixel must differ."""
_FEW_PIXELS = 6
_DARK = 110
_LEGIBLE, _FAINT = 80, 40
"""Grey levels between words and the paper around them: readable, and no longer so."""
_AROUND = np.ones((5, 5), np.uint8)
_HIDDEN_PIXELS = 120
"""About a word at 72 dpi."""
_MAX_PAGES = 400
_MAX_SECONDS = 10.0


def differences(
    data: mmap.mmap | bytes, start: int, end: int, edits: Sequence[Edit]
) -> tuple[list[Edit], bool]:
    """(what a reader sees changed beside the known `edits`, whether every page could be looked at)."""
    with viewing.shown(data, start) as before, viewing.shown(data, end) as after:
        if before is None or after is None or before.needs_pass or after.needs_pass:
            return [], False
        if before.page_count != after.page_count:
            return [Edit("view_changed", Grade.CONTENT)], True
        return _pages(before, after, edits)


def _pages(
    before: pymupdf.Document, after: pymupdf.Document, edits: Sequence[Edit]
) -> tuple[list[Edit], bool]:
    found: list[Edit] = []
    complete = before.page_count <= _MAX_PAGES
    deadline = monotonic() + _MAX_SECONDS
    for index in range(min(before.page_count, _MAX_PAGES)):
        if monotonic() > deadline:
            return found, False
        known = [edit for edit in edits if edit.page in (None, index + 1) and edit.rect is not None]
        old, new = viewing.page(before, index + 1), viewing.page(after, index + 1)
        seen = _page(old, new, known) if old is not None and new is not None else None
        if seen is None:
            complete = False
            continue
        found += [Edit(what, Grade.CONTENT, index + 1) for what in seen]
    return found, complete


def _page(before: pymupdf.Page, after: pymupdf.Page, known: Sequence[Edit]) -> list[str] | None:
    old, new = viewing.grey(before), viewing.grey(after)
    if old is None or new is None:
        return None
    if old.shape != new.shape:
        return ["view_changed"]
    found = []
    changed = np.abs(old.astype(np.int16) - new) > _STEP
    for edit in known:
        if edit.rect is not None:
            changed[_window(after, edit, old.shape)] = False
    if int(changed.sum()) > _FEW_PIXELS:
        found.append("view_changed")
    laid_on = [edit for edit in known if edit.grade in (Grade.SIGNATURE, Grade.ANNOTATION)]
    if laid_on and _hidden(before, after, new, laid_on) > _HIDDEN_PIXELS:
        found.append("content_covered")
    return found


def _hidden(before: pymupdf.Page, after: pymupdf.Page, new: viewing.Grey, laid_on: Sequence[Edit]) -> int:
    """How many points of the page's own words no longer stand out from what is around them."""
    bare = viewing.grey(before, annotations=False)
    if bare is None or bare.shape != new.shape:
        return 0
    words = (bare < _DARK) & (_around(bare) - bare > _LEGIBLE)
    hidden = words & (_around(new) - new < _FAINT)
    counts = [int(hidden[_window(after, edit, bare.shape)].sum()) for edit in laid_on]
    return max(counts)


def _around(grey: viewing.Grey) -> viewing.Grey:
    """The lightest point within two points of each."""
    return np.asarray(cv2.dilate(grey, _AROUND), np.uint8)


def _window(page: pymupdf.Page, edit: Edit, shape: tuple[int, ...]) -> tuple[slice, slice]:
    assert edit.rect is not None
    place = viewing.on_page(page, edit.rect)
    x0, y0 = int(place.x0 - page.rect.x0) - _MARGIN, int(place.y0 - page.rect.y0) - _MARGIN
    x1, y1 = int(place.x1 - page.rect.x0) + _MARGIN, int(place.y1 - page.rect.y0) + _MARGIN
    return slice(max(0, y0), max(0, min(shape[0], y1))), slice(max(0, x0), max(0, min(shape[1], x1)))
