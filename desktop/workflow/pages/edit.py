"""What a person does to the pages and papers of a batch; each step can be undone, also after a restart.

Pages whose picture changes are unread then: `recognise` reads them again and names their papers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.pages import arrangement
from desktop.workflow.pages.arrangement import Arrangement
from desktop.workflow.pages.edit_commands import Adjust, Rearrange, TakeBack
from desktop.workflow.papers.naming import make_findable, named
from desktop.workflow.review.learning import learn
from desktop.workflow.services import Services, now
from ocr.model import Box, Recipe, Turn
from ocr.record import recipe_from, recipe_to
from storage.catalog import documents, edits, journal, pages
from storage.errors import NotFound
from storage.model import Document, Edit, Page

TURNS: tuple[Turn, ...] = (0, 90, 180, 270)
Corners = tuple[tuple[float, float], ...]
_LEFT, _RIGHT = (0.0, 0.0, 0.5, 1.0), (0.5, 0.0, 1.0, 1.0)
_UPPER, _LOWER = (0.0, 0.0, 1.0, 0.5), (0.0, 0.5, 1.0, 1.0)
_HALVES = {0: (_LEFT, _RIGHT), 90: (_LOWER, _UPPER), 180: (_RIGHT, _LEFT), 270: (_UPPER, _LOWER)}
"""Of the picture as it came: the parts that stand left and right once it is turned so far clockwise."""


def rearrange(services: Services, command: Rearrange, context: Context) -> Outcome[Edit | None]:
    """The edit, None when nothing changed. Raises Conflict when a paper is signed."""
    with services.catalog.write() as connection:
        before = arrangement_of(connection, command.batch_id)
        if command.action == "spread":
            after = before
            for page_id in command.page_ids:
                after = _spread(connection, after, page_id)
        else:
            after = _REARRANGED[command.action](before, command)
        return record(services, connection, command.batch_id, command.action, before, after)


def adjust(services: Services, command: Adjust, context: Context) -> Outcome[Edit | None]:
    """The edit, None when nothing changed. Raises Conflict when a paper is signed."""
    with services.catalog.write() as connection:
        before = arrangement_of(connection, command.batch_id)
        drawn = tuple(
            _redrawn(page, command) if page.id in command.page_ids else page for page in before.pages
        )
        after = replace(before, pages=drawn)
        return record(services, connection, command.batch_id, "adjust", before, after)


def take_back(services: Services, command: TakeBack, context: Context) -> Outcome[Edit | None]:
    """The edit that was undone or done again; None when there was none."""
    with services.catalog.write() as connection:
        try:
            edit = (edits.redo if command.again else edits.undo)(connection, command.batch_id)
        except NotFound:
            return Outcome(None)
        details = {"number": edit.number, "action": edit.action}
        done = "edit_redone" if command.again else "edit_undone"
        journal.append(connection, now(), services.actor, done, command.batch_id, details)
        papers = documents.find(connection, batch_id=command.batch_id)
        for paper in papers:
            make_findable(services, connection, paper)
            learn(services, connection, paper)
    return Outcome(edit, _changes(command.batch_id, papers))


def record(
    services: Services, connection: Connection, batch_id: str, action: str, old: Arrangement, new: Arrangement
) -> Outcome[Edit | None]:
    """Write the difference as one edit, its papers named anew."""
    changed, papers, dropped = arrangement.changes(old, new)
    if not (changed or papers or dropped):
        return Outcome(None)
    papers = [named(services, connection, paper) for paper in papers]
    edit = edits.record(
        connection, batch_id, action, now(), services.actor, changed=changed, papers=papers, dropped=dropped
    )
    for paper in papers:
        make_findable(services, connection, paper)
    details = {"number": edit.number, "action": action, "pages": [page.id for page in changed][:20]}
    journal.append(connection, edit.at, services.actor, "batch_edited", batch_id, details)
    return Outcome(edit, _changes(batch_id, [*papers, *dropped]))


def arrangement_of(connection: Connection, batch_id: str) -> Arrangement:
    """How the batch lies now."""
    return Arrangement(pages.of_batch(connection, batch_id), documents.find(connection, batch_id=batch_id))


_REARRANGED: Mapping[str, Callable[[Arrangement, Rearrange], Arrangement]] = {
    "remove": lambda now, by: arrangement.without(now, by.page_ids),
    "move": lambda now, by: arrangement.moved(now, by.page_ids, by.to),
    "interleave": lambda now, by: arrangement.interleaved(now, by.page_ids, backs_reversed=False),
    "interleave_reversed": lambda now, by: arrangement.interleaved(now, by.page_ids, backs_reversed=True),
    "part": lambda now, by: arrangement.parted(now, by.page_ids[0]),
    "join": lambda now, by: arrangement.joined(now, by.page_ids[0]),
    "insert": lambda now, by: arrangement.inserted(now, by.page_ids, by.to),
    "replace": lambda now, by: arrangement.replaced(now, by.page_ids[0], by.page_ids[1:]),
}


def _spread(connection: Connection, before: Arrangement, page_id: str) -> Arrangement:
    """Two pages that lie side by side in one picture become two pages of the same paper."""
    at = next(place for place, page in enumerate(before.pages) if page.id == page_id)
    left = before.pages[at]
    right = pages.double(connection, left)
    shown = recipe_from(dict(left.recipe)) if left.recipe else Recipe()
    halves = {}
    for page, half in zip((left, right), _HALVES[shown.turn], strict=True):
        recipe = Recipe(_part_of(shown.corners, half), shown.turn)
        halves[page.id] = replace(_unread(page), recipe=recipe_to(recipe), removed=False)
    apart = tuple(
        replace(page, position=page.position + (place > at)) for place, page in enumerate(before.pages)
    )
    both = (halves[left.id], replace(halves[right.id], position=left.position + 1))
    papers = tuple(
        replace(
            paper,
            page_ids=tuple(
                id for old in paper.page_ids for id in ((old, right.id) if old == page_id else (old,))
            ),
        )
        for paper in before.papers
    )
    return Arrangement((*apart[:at], *both, *apart[at + 1 :]), papers)


def _part_of(corners: Corners, part: tuple[float, float, float, float]) -> Corners:
    """The corners of a part (left, top, right, bottom, as fractions) of what these corners hold."""
    top_left, top_right, bottom_right, bottom_left = corners or (
        (0.0, 0.0),
        (1.0, 0.0),
        (1.0, 1.0),
        (0.0, 1.0),
    )

    def between(one: tuple[float, float], other: tuple[float, float], at: float) -> tuple[float, float]:
        return (one[0] + (other[0] - one[0]) * at, one[1] + (other[1] - one[1]) * at)

    def point(x: float, y: float) -> tuple[float, float]:
        return between(between(top_left, top_right, x), between(bottom_left, bottom_right, x), y)

    x0, y0, x1, y1 = part
    return (point(x0, y0), point(x1, y0), point(x1, y1), point(x0, y1))


def _redrawn(page: Page, by: Adjust) -> Page:
    if by.reset:
        return replace(_unread(page), recipe=None)
    old = recipe_from(dict(page.recipe)) if page.recipe else Recipe()
    turn: Turn = TURNS[(TURNS.index(old.turn) + TURNS.index(by.turn)) % 4]
    new = replace(old, turn=turn, skew_deg=old.skew_deg + by.skew_deg, crop=_crop(old, by))
    return page if new == old else replace(_unread(page), recipe=recipe_to(new))


def _crop(old: Recipe, by: Adjust) -> Box | None:
    """A new crop is drawn on what was shown, which an older crop had cut; a turn needs a new one."""
    if by.crop is None:
        return None if by.turn else old.crop
    x, y = (old.crop.x0, old.crop.y0) if old.crop else (0.0, 0.0)
    x0, y0, x1, y1 = by.crop
    return Box(x0 + x, y0 + y, x1 + x, y1 + y)


def _unread(page: Page) -> Page:
    return replace(page, reading_digest=None, blank=False, problem=None)


def _changes(batch_id: str, papers: list[Document] | tuple[Document, ...]) -> Changes:
    return Changes(frozenset({batch_id}), frozenset(paper.id for paper in papers))
