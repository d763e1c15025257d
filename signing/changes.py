"""What was done to a file after each signature, and whether it may be (the difference policy).

Registry clerks lawfully go on after the leader has signed: each number, date and seal is a further signature
with a mark, as an incremental update (NĐ 30/2020; SIGNATURES 6). Pages, fonts, tags and scripts are never
theirs to change. What a permission of the signature (DocMDP, FieldMDP) forbids is an alteration, whatever it is.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from dataclasses import dataclass

from signing import changes_catalog, changes_document, changes_form, changes_pages, opening
from signing.changes_compare import Comparison
from signing.changes_model import Edit, Grade
from signing.enumeration import FoundSignature
from signing.errors import FileUnreadable, TooComplex
from signing.model import Change, Content, Reason


@dataclass(frozen=True, slots=True)
class Step:
    """What lies between two states of a file."""

    start: int
    """Length of the older state in bytes."""
    end: int
    edits: tuple[Edit, ...] = ()
    problem: Reason | None = None
    """Why it could not be compared."""
    repaired: bool = False
    """One of the states had to be repaired: viewers may disagree on it."""


def between(data: mmap.mmap | bytes, start: int, end: int) -> Step:
    """Compare the state of `start` bytes with that of `end` bytes."""
    try:
        with opening.opened(data, start) as before, opening.opened(data, end) as after:
            repaired = before.repaired or after.repaired
            return Step(start, end, _edits(before, after), repaired=repaired)
    except TooComplex as problem:
        return Step(start, end, problem=Reason(problem.code, problem.facts))
    except FileUnreadable as problem:
        return Step(start, end, problem=Reason("revision_unreadable", problem.facts))


def _edits(before: opening.Opened, after: opening.Opened) -> tuple[Edit, ...]:
    old, new = changes_document.lay_out(before.pdf), changes_document.lay_out(after.pdf)
    comparison = Comparison(before.pdf, after.pdf, changes_document.boundary(old, new))
    return (
        *changes_pages.edits(old, new, comparison),
        *changes_form.edits(old, new, comparison),
        *changes_catalog.edits(old, new, comparison),
    )


def permitted(edit: Edit, by: FoundSignature) -> bool:
    """Whether the signature allows this to be done after it (ISO 32000-2 table 257, 12.8.2.4)."""
    if edit.grade is Grade.UPKEEP:
        return True
    if edit.grade is Grade.CONTENT or by.permission == 1:
        return False
    locked = by.lock is not None and edit.field_name is not None and by.lock.locks(edit.field_name)
    if locked and edit.grade is not Grade.SIGNATURE:
        return False
    return edit.grade is not Grade.ANNOTATION or by.permission != 2


def content_after(edits: Sequence[Edit], by: FoundSignature) -> Content:
    """What a reader must be told: values and notes that others added are allowed, but not what was signed."""
    if any(not permitted(edit, by) for edit in edits):
        return Content.ALTERED
    gravest = max((edit.grade for edit in edits), default=None)
    if gravest is None:
        return Content.AS_SIGNED
    return Content.WARN if gravest >= Grade.FORM else Content.ALLOWED_CHANGES


def told(edits: Sequence[Edit], by: FoundSignature) -> tuple[Change, ...]:
    """The changes as the verdict lists them."""
    return tuple(Change(edit.what, edit.page, permitted(edit, by), edit.facts) for edit in edits)
