"""Rules for marks: those that are on the paper, and the one that is about to be put there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from signing.law.clauses import CORNERS, finding
from signing.law.model import Area, Finding, Paper, PaperPage
from signing.marks.signature_block import SignatureBlock, find_block
from signing.model import Placement, SigningRole

_THIRD = (0.1, 0.6)
"""Share of the signature picture that the seal may cover; about a third is meant."""
_TOUCH = 1.5
"""Points by which boxes of letters may overlap a mark without covering a letter."""


def check_marks(paper: Paper) -> Iterator[Finding]:
    """Corners of text marks; block, seal and free room for the planned one."""
    for mark in paper.marks:
        if mark.role is not None and mark.role.value in CORNERS:
            yield from _corner(paper, mark.role, mark.place)
    if paper.role is not None and paper.planned is not None:
        yield from _planned(paper, paper.role, paper.planned)


def _corner(paper: Paper, role: SigningRole, place: Placement) -> Iterator[Finding]:
    """Text marks stand at the top of page 1: the clerk's on the left, the agency's on the right."""
    page = _page(paper, place.page)
    if page is None:
        return
    across = (place.x0 + place.x1) / 2 / page.layout.width
    high = place.y1 < page.layout.height / 3
    left = role is SigningRole.SO_HOA
    if place.page != 1 or not high or (across < 0.5) is not left:
        found = finding("mark_corner", place.page, Area(*place[1:]), role=role.value)
        yield replace(found, clause=CORNERS[role.value])


def _planned(paper: Paper, role: SigningRole, place: Placement) -> Iterator[Finding]:
    page, area = _page(paper, place.page), Area(*place[1:])
    if page is None:
        return
    layout = page.layout
    if place.x0 < 0 or place.y0 < 0 or place.x1 > layout.width + 1 or place.y1 > layout.height + 1:
        yield finding("mark_outside", place.page, area)
        return
    if role.value in CORNERS:
        yield from _corner(paper, role, place)
    block = find_block(entry.layout for entry in paper.pages)
    if role is SigningRole.KY_DUYET and block is not None and not _in_block(place, block):
        yield finding("mark_off_block", place.page, area)
    if role is SigningRole.DONG_DAU:
        yield from _seal(paper, place, area)
    elif _covers(page, place):
        yield finding("mark_covers_text", place.page, area, sure=page.printed)


def _in_block(place: Placement, block: SignatureBlock) -> bool:
    middle = (place.y0 + place.y1) / 2
    across = place.x0 - 40 < block.centre < place.x1 + 40
    return place.page == block.page and across and block.title_top - 20 < middle < block.name_top + 40


def _seal(paper: Paper, place: Placement, area: Area) -> Iterator[Finding]:
    """Over about a third of the signature picture, from its left."""
    signatures = [mark.place for mark in paper.marks if mark.role is SigningRole.KY_DUYET]
    if not signatures:
        return
    signed = signatures[-1]
    covered = (min(place.x1, signed.x1) - max(place.x0, signed.x0)) / (signed.x1 - signed.x0)
    level = place.y0 < signed.y1 and signed.y0 < place.y1
    leftward = place.x0 + place.x1 < signed.x0 + signed.x1
    if place.page != signed.page or not level or not leftward or not _THIRD[0] <= covered <= _THIRD[1]:
        yield finding("seal_place", place.page, area)


def _covers(page: PaperPage, place: Placement) -> bool:
    return any(
        word.x0 < place.x1 - _TOUCH
        and place.x0 + _TOUCH < word.x1
        and word.y0 < place.y1 - _TOUCH
        and place.y0 + _TOUCH < word.y1
        for word in page.layout.words
    )


def _page(paper: Paper, number: int) -> PaperPage | None:
    return next((page for page in paper.pages if page.layout.number == number), None)
