"""What was done to a file after each signature, and whether it may be (the difference policy).

Registry clerks lawfully go on after the leader has signed: each number, date and seal is a further signature
with a mark, as an incremental update (NĐ 30/2020 PL I). Pages, fonts, tags and scripts are never
theirs to change. What the signature itself forbids (DocMDP, FieldMDP) is an alteration, whatever it is.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise

from signing.changes import catalog, document, faults, form, marks, pages, view, viewing
from signing.changes.compare import Comparison
from signing.changes.document import Layout
from signing.changes.model import Edit, Grade
from signing.errors import FileUnreadable, TooComplex
from signing.model import Change, Content, Reason
from signing.pdf import opening
from signing.pdf.enumeration import FoundSignature


@dataclass(frozen=True, slots=True)
class Step:
    """What lies between two states of a file."""

    start: int
    """Length of the older state in bytes."""
    end: int
    edits: tuple[Edit, ...] = ()
    problem: Reason | None = None
    """Why it could not be compared."""
    looked_at: bool = True
    """Whether every page was also compared as a viewer draws it."""


def review(data: mmap.mmap | bytes, ends: Sequence[int]) -> tuple[Step, ...]:
    """Compare the states of a file that end at these bytes, each with the next one.

    What a viewer shows is compared once, between the first state and the newest: what lies between was
    compared object by object.
    """
    if len(ends) < 2:
        return ()
    steps = _all_steps(data, ends)
    known = [edit for step in steps for edit in step.edits]
    if any(step.problem for step in steps) or any(each.grade is Grade.CONTENT for each in known):
        return tuple(steps)
    seen, complete = view.differences(data, ends[0], ends[-1], known)
    first = replace(steps[0], edits=(*steps[0].edits, *seen), looked_at=complete)
    return (first, *steps[1:])


def _all_steps(data: mmap.mmap | bytes, ends: Sequence[int]) -> list[Step]:
    """Each state is opened once: it is the newer one of a step and the older one of the next."""
    steps = []
    with ExitStack() as older:
        before = _state(data, ends[0], older)
        for start, end in pairwise(ends):
            newer = ExitStack()
            after = _state(data, end, newer)
            steps.append(_step(data, start, end, before, after))
            older.close()
            older.push(newer)
            before = after
    return steps


def _state(data: mmap.mmap | bytes, end: int, stack: ExitStack) -> Layout | Reason:
    """The state that ends at byte `end`, laid out; or why it cannot be."""
    try:
        pdf = stack.enter_context(opening.opened(data, end)).pdf
        return replace(document.lay_out(pdf, end), faults=faults.find(pdf))
    except TooComplex as problem:
        return Reason(problem.code, problem.facts)
    except FileUnreadable as problem:
        return Reason("revision_unreadable", problem.facts)


def _step(
    data: mmap.mmap | bytes, start: int, end: int, before: Layout | Reason, after: Layout | Reason
) -> Step:
    if isinstance(before, Reason):
        return Step(start, end, problem=before)
    if isinstance(after, Reason):
        return Step(start, end, problem=after)
    try:
        edits = _edits(before, after)
    except TooComplex as problem:
        return Step(start, end, problem=Reason(problem.code, problem.facts))
    return Step(start, end, _with_marks(data, start, end, edits))


def _with_marks(data: mmap.mmap | bytes, start: int, end: int, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    if not any(edit.grade is Grade.SIGNATURE and edit.rect for edit in edits):
        return edits
    with viewing.shown(data, start) as before, viewing.shown(data, end) as after:
        if before is None or after is None or before.needs_pass or after.needs_pass:
            return edits
        return marks.name(edits, before, after)


def _edits(old: Layout, new: Layout) -> tuple[Edit, ...]:
    comparison = Comparison(document.boundary(old, new))
    edits = (
        *pages.edits(old, new, comparison),
        *form.edits(old, new, comparison),
        *catalog.edits(old, new, comparison),
        *(Edit("ambiguous_object", Grade.ANNOTATION) for _ in sorted(new.faults - old.faults)[:1]),
    )
    return edits or (Edit("nothing_visible", Grade.UPKEEP),)


def permitted(edit: Edit, by: FoundSignature) -> bool:
    """Whether the signature allows this to be done after it (ISO 32000-2 table 257, 12.8.2.4)."""
    if edit.grade is Grade.UPKEEP:
        return True
    if edit.grade is Grade.CONTENT or by.permission == 1:
        return False
    if edit.grade is Grade.SIGNED_ANNOTATION:
        return by.permission == 3
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
