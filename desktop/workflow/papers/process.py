"""What follows every intake: read the batches, cut and name their papers, make the papers' files."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.papers.copies import MakeCopies, make_copies
from desktop.workflow.papers.recognise import Recognise, recognise
from desktop.workflow.services import Services


def read_batches(
    services: Services, batch_ids: Iterable[str], dossier_code: str | None, context: Context
) -> Outcome[tuple[str, ...]]:
    """Ids of all documents of the batches, read, cut and named. Run again, only what is missing is done."""
    batches = tuple(sorted(batch_ids))
    found: list[str] = []
    problems: list[Problem] = []
    for batch_id in batches:
        read = recognise(services, Recognise(batch_id, dossier_code), context)
        found += read.value
        problems += read.problems
    return Outcome(tuple(found), Changes(frozenset(batches), frozenset(found)), tuple(problems))


def process_batches(
    services: Services, batch_ids: Iterable[str], dossier_code: str | None, context: Context
) -> Outcome[tuple[str, ...]]:
    """The same, and the papers' files are made: they wait to be signed then."""
    read = read_batches(services, batch_ids, dossier_code, context)
    copies = make_copies(services, MakeCopies(read.value), context)
    return Outcome(read.value, read.changes, (*read.problems, *copies.problems))
