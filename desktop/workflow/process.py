"""What follows every intake: read the batches, cut and name their papers, make the papers' files."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.workflow.copies import MakeCopies, make_copies
from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.recognise import Recognise, recognise
from desktop.workflow.services import Services


def process_batches(
    services: Services, batch_ids: Iterable[str], dossier_code: str | None, context: Context
) -> Outcome[tuple[str, ...]]:
    """Ids of all documents of the batches. Run again, only what is missing is done."""
    batches = tuple(sorted(batch_ids))
    found: list[str] = []
    problems = []
    for batch_id in batches:
        read = recognise(services, Recognise(batch_id, dossier_code), context)
        copies = make_copies(services, MakeCopies(read.value), context)
        found += read.value
        problems += [*read.problems, *copies.problems]
    return Outcome(tuple(found), Changes(frozenset(batches), frozenset(found)), tuple(problems))
