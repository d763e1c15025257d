"""Papers that may have been scanned twice, in a batch and against what is on file: said, never dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from desktop.workflow.executor import Task
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.papers.naming import readings_of
from desktop.workflow.papers.page_tasks import hash_of_page
from desktop.workflow.papers.recognise import SEPARATOR
from desktop.workflow.services import Services
from ocr.batch.duplicates import FEW_WORDS, SAME, Inscription, inscription, likeness, same_picture
from ocr.record import recipe_from
from storage.catalog import documents, pages
from storage.model import Document

_TELLING = ("so_ky_hieu", "so_dinh_danh", "ho_ten", "trich_yeu")
"""Fields by which a paper on file may be the same as a new one."""
_HASH_LIMIT_S = 30


@dataclass(frozen=True, slots=True)
class FindTwins:
    """Look for papers of this batch, or for these of them, that are somewhere else a second time."""

    batch_id: str
    papers: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Twins:
    """Two papers that may be one: the newer one, the other, and how alike they are (0-1)."""

    paper: Document
    other: Document
    likeness: float


def find_twins(services: Services, command: FindTwins, context: Context) -> Outcome[tuple[Twins, ...]]:
    """Pairs of papers, each with a Problem that names both; a person decides, nothing is taken out."""
    with services.catalog.read() as connection:
        mine = [
            paper
            for paper in documents.find(connection, batch_id=command.batch_id)
            if paper.kind_code != SEPARATOR
        ]
        others = _on_file(connection, mine)
        written = {paper.id: inscription(readings_of(services, connection, paper)) for paper in mine}
        written |= {paper.id: inscription(readings_of(services, connection, paper)) for paper in others}
    sparse = [paper for paper in mine if len(written[paper.id].words.all) < FEW_WORDS]
    hashes = _hashes(services, sparse, context)
    found: list[Twins] = []
    for place, paper in enumerate(mine):
        context.progress("progress.twins", place + 1, len(mine), paper.name)
        if command.papers is None or paper.id in command.papers:
            found += _twins_of(paper, [*mine[:place], *others], written, hashes)
    with services.catalog.read() as connection:
        problems = tuple(_problem(connection, twins) for twins in found)
    return Outcome(tuple(found), Changes(), problems)


def _twins_of(
    paper: Document,
    others: Sequence[Document],
    written: Mapping[str, Inscription],
    hashes: Mapping[str, Sequence[int]],
) -> Iterator[Twins]:
    for other in others:
        alike = likeness(written[paper.id], written[other.id])
        if paper.id in hashes and other.id in hashes:
            alike = 1.0 if _same_pictures(hashes[paper.id], hashes[other.id]) else 0.0
        if alike >= SAME:
            yield Twins(paper, other, round(alike, 2))


def _same_pictures(ones: Sequence[int], others: Sequence[int]) -> bool:
    return len(ones) == len(others) and all(map(same_picture, ones, others))


def _on_file(connection: Connection, mine: Sequence[Document]) -> list[Document]:
    """Papers of other batches that share a telling value with one of these."""
    values = {
        field.value for paper in mine for field in paper.fields if field.name in _TELLING and field.value
    }
    known = {paper.id for paper in mine}
    return [paper for paper in documents.with_values(connection, _TELLING, values) if paper.id not in known]


def _hashes(services: Services, papers: Sequence[Document], context: Context) -> dict[str, list[int]]:
    """Hashes of the pages of papers on which too little is written to compare."""
    with services.catalog.read() as connection:
        tasks = [
            Task(
                (paper.id, place),
                hash_of_page,
                (services.blobs.path(page.file_digest), page.number, recipe_from(dict(page.recipe or {}))),
            )
            for paper in papers
            for place, page in enumerate(pages.of_document(connection, paper.id))
            if page.recipe is not None and not page.blank
        ]
    found: dict[str, list[tuple[int, int]]] = {}
    for done in services.workers.executor.run(tasks, context, _HASH_LIMIT_S):
        if done.problem is None:
            paper_id, place = done.key
            found.setdefault(paper_id, []).append((place, done.value))
    return {id: [value for _, value in sorted(values)] for id, values in found.items()}


def _problem(connection: Connection, twins: Twins) -> Problem:
    """Names both papers by file and by the place of their first page in its batch."""
    page, other = (_place(connection, paper.page_ids[0]) for paper in (twins.paper, twins.other))
    facts = {
        "page": page,
        "kind": twins.paper.kind_name,
        "other": twins.other.name,
        "other_page": other,
        "other_kind": twins.other.kind_name,
        "percent": round(100 * twins.likeness),
    }
    return Problem("perhaps_twice", facts, twins.paper.name)


def _place(connection: Connection, page_id: str) -> int:
    return pages.places(connection, pages.get(connection, page_id).batch_id)[page_id]
