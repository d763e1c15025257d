"""How the pages of a batch lie: which are in it, in what order, in which paper. Pure functions, no catalog.

Each gives a new arrangement; what differs from the old one is what an edit writes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from storage.catalog.ids import new_id
from storage.model import Document, DocumentState, Page

PagesChange = Callable[[tuple[str, ...]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Pages of a batch in their order, and its papers."""

    pages: tuple[Page, ...]
    papers: tuple[Document, ...]

    def owner(self, page_id: str) -> Document | None:
        """The paper that holds a page."""
        return next((paper for paper in self.papers if page_id in paper.page_ids), None)


def without(now: Arrangement, page_ids: Collection[str]) -> Arrangement:
    """Some pages taken out; a paper that loses its last page goes."""
    return Arrangement(
        tuple(replace(page, removed=True) if page.id in page_ids else page for page in now.pages),
        _with_pages(now.papers, lambda ids: tuple(id for id in ids if id not in page_ids)),
    )


def moved(now: Arrangement, page_ids: Collection[str], to: int) -> Arrangement:
    """Some pages moved together so that the first of them stands at place `to` (from 0)."""
    chosen = [page for page in now.pages if page.id in page_ids]
    rest = [page for page in now.pages if page.id not in page_ids]
    at = min(max(to, 0), len(rest))
    return ordered(now, [*rest[:at], *chosen, *rest[at:]])


def interleaved(now: Arrangement, page_ids: Sequence[str], backs_reversed: bool) -> Arrangement:
    """Two one-sided stacks, fronts first, as the sheets they are: the second half goes between the first.

    `backs_reversed` where the stack was turned over as a whole, so that the last back came first. A back
    belongs to the paper of its front.
    """
    chosen = [page for page in now.pages if page.id in page_ids]
    half = (len(chosen) + 1) // 2
    fronts, backs = chosen[:half], chosen[half:]
    if backs_reversed:
        backs.reverse()
    woven = [page for pair in zip(fronts, backs, strict=False) for page in pair]
    woven += fronts[len(backs) :]
    places = iter(woven)
    after = ordered(now, [next(places) if page.id in page_ids else page for page in now.pages])
    behind = {front.id: back.id for front, back in zip(fronts, backs, strict=False)}
    loose = _with_pages(after.papers, lambda ids: tuple(id for id in ids if id not in behind.values()))
    sheets = _with_pages(
        loose, lambda ids: tuple(each for id in ids for each in ((id, behind[id]) if id in behind else (id,)))
    )
    return Arrangement(after.pages, sheets)


def ordered(now: Arrangement, order: Sequence[Page]) -> Arrangement:
    """The same pages in this order; pages within papers follow."""
    positions = sorted(page.position for page in now.pages)
    placed = tuple(replace(page, position=position) for page, position in zip(order, positions, strict=True))
    place = {page.id: page.position for page in placed}
    papers = _with_pages(now.papers, lambda ids: tuple(sorted(ids, key=lambda id: place.get(id, -1))))
    return Arrangement(placed, papers)


def parted(now: Arrangement, page_id: str) -> Arrangement:
    """A new paper begins at this page."""
    paper = now.owner(page_id)
    if paper is None or paper.page_ids[0] == page_id:
        return now
    at = paper.page_ids.index(page_id)
    first, second = replace(paper, page_ids=paper.page_ids[:at]), _fresh(paper, paper.page_ids[at:])
    papers = [other for old in now.papers for other in ((first, second) if old is paper else (old,))]
    return Arrangement(now.pages, tuple(papers))


def joined(now: Arrangement, page_id: str) -> Arrangement:
    """The paper of this page joins the one before it."""
    paper = now.owner(page_id)
    before = _paper_before(now, paper) if paper else None
    if paper is None or before is None:
        return now
    whole = replace(before, page_ids=(*before.page_ids, *paper.page_ids))
    papers = tuple(whole if old is before else old for old in now.papers if old is not paper)
    return Arrangement(now.pages, papers)


def inserted(now: Arrangement, page_ids: Sequence[str], to: int) -> Arrangement:
    """Pages at the end of the batch moved to a place, into the paper they then stand within."""
    after = moved(now, page_ids, to)
    places = {page.id: number for number, page in enumerate(after.pages)}
    first, last = places[page_ids[0]] - 1, places[page_ids[-1]] + 1
    if first < 0 or last >= len(after.pages):
        return after
    around = after.owner(after.pages[first].id)
    if around is None or after.owner(after.pages[last].id) is not around:
        return after
    at = around.page_ids.index(after.pages[last].id)
    whole = replace(around, page_ids=(*around.page_ids[:at], *page_ids, *around.page_ids[at:]))
    loose = _with_pages(after.papers, lambda ids: tuple(id for id in ids if id not in page_ids))
    return Arrangement(after.pages, tuple(whole if paper.id == whole.id else paper for paper in loose))


def replaced(now: Arrangement, old_id: str, new_ids: Sequence[str]) -> Arrangement:
    """New pages stand where an old one stood, in its paper too; the old one is taken out."""
    place = next(number for number, page in enumerate(now.pages) if page.id == old_id)
    after = moved(now, new_ids, place + 1)
    put = {old_id: tuple(new_ids)}
    loose = _with_pages(after.papers, lambda ids: tuple(id for id in ids if id not in new_ids))
    papers = _with_pages(loose, lambda ids: tuple(new for id in ids for new in put.get(id, (id,))))
    pages = tuple(replace(page, removed=True) if page.id == old_id else page for page in after.pages)
    return Arrangement(pages, papers)


def changes(old: Arrangement, new: Arrangement) -> tuple[list[Page], list[Document], list[Document]]:
    """What an edit writes: changed pages, changed and new papers, dropped papers."""
    pages = {page.id: page for page in old.pages}
    papers = {paper.id: paper for paper in old.papers}
    kept = {paper.id for paper in new.papers}
    return (
        [page for page in new.pages if pages.get(page.id) != page],
        [paper for paper in new.papers if papers.get(paper.id) != paper],
        [paper for paper in old.papers if paper.id not in kept],
    )


def _with_pages(papers: Sequence[Document], change: PagesChange) -> tuple[Document, ...]:
    changed = (replace(paper, page_ids=change(paper.page_ids)) for paper in papers)
    return tuple(paper for paper in changed if paper.page_ids)


def _paper_before(now: Arrangement, paper: Document) -> Document | None:
    order = [page.id for page in now.pages]
    at = order.index(paper.page_ids[0])
    return next((owner for id in reversed(order[:at]) if (owner := now.owner(id)) not in (None, paper)), None)


def _fresh(paper: Document, page_ids: tuple[str, ...]) -> Document:
    return replace(
        paper, id=new_id(), page_ids=page_ids, state=DocumentState.RECOGNISED, fields=(), pdf_digest=None,
        dossier_id=None, component_code=None, version=1,
    )  # fmt: skip
