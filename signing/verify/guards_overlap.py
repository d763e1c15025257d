"""Annotations that lie over one another: what a reader sees of the lower one is for the upper one to decide.

The "evil annotation" attack covers a signed field with another; two signatures may overlap, for the agency's
seal covers a third of the leader's signature by law (NĐ 30/2020 PL I.II.8a).
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from signing.changes.compare import Ident
from signing.changes.document import Page, lay_out, rectangle
from signing.changes.model import Rect
from signing.errors import TooComplex
from signing.model import Reason
from signing.pdf import enumeration

_NOT_SEEN = frozenset({"/Link", "/Popup"})
_HIDDEN = 2
_MAX_PER_PAGE = 400
_TOUCH = 1.0
"""Points: frames that share a border do not overlap."""


def find(pdf: pikepdf.Pdf) -> Iterator[Reason]:
    """One reason for each page on which something lies over something else."""
    try:
        layout = lay_out(pdf)
    except TooComplex:
        return
    signatures = {
        widget.objgen
        for _, field, _ in enumeration.filled(pdf)
        for widget in (field, *enumeration.widgets(field))
        if widget.is_indirect
    }
    for page in layout.pages:
        if _overlaps(_seen(page, signatures)):
            yield Reason("annotations_overlap", {"page": page.number})


def _seen(page: Page, signatures: set[Ident]) -> list[tuple[Rect, bool]]:
    """(rectangle, whether it is a signature) of what shows on the page, from left to right."""
    seen = []
    for note in list(page.annotations.values())[:_MAX_PER_PAGE]:
        flags = note.get("/F", 0)
        hidden = isinstance(flags, int) and flags & _HIDDEN
        rect = rectangle(note)
        if rect is not None and not hidden and str(note.get("/Subtype")) not in _NOT_SEEN:
            seen.append((rect, note.is_indirect and note.objgen in signatures))
    return sorted(seen)


def _overlaps(seen: list[tuple[Rect, bool]]) -> bool:
    for index, (one, one_signs) in enumerate(seen):
        for other, other_signs in seen[index + 1 :]:
            if other[0] >= one[2] - _TOUCH:
                break
            across = min(one[2], other[2]) - max(one[0], other[0])
            up = min(one[3], other[3]) - max(one[1], other[1])
            if across > _TOUCH and up > _TOUCH and not (one_signs and other_signs):
                return True
    return False
