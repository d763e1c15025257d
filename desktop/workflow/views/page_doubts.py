"""Pages of a batch that a person should look at, the strangest first, each with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from desktop.workflow.services import Services
from desktop.workflow.views.rows import PageDoubt
from ocr.batch.outliers import (
    GAP_SCORE,
    PAGE_GAP,
    Measured,
    Strangeness,
    after_gaps,
    measured,
    strangeness,
)
from ocr.record import from_json
from storage.catalog import documents, pages


def page_doubts(services: Services, batch_id: str) -> tuple[PageDoubt, ...]:
    """Of the pages that were read: what the quality gate found, what is unlike the rest of the batch, and

    where page numbers jump within a paper.
    """
    with services.catalog.read() as connection:
        found = pages.of_batch(connection, batch_id)
        papers = documents.find(connection, batch_id=batch_id)
    read = {
        page.id: _measured(services.blobs.read, page.reading_digest) for page in found if page.reading_digest
    }
    strange = dict(zip(read, strangeness(list(read.values())), strict=True))
    for paper in papers:
        ids = [id for id in paper.page_ids if id in read]
        for place in after_gaps([read[id] for id in ids]):
            odd = strange[ids[place]]
            strange[ids[place]] = Strangeness(odd.score + GAP_SCORE, (PAGE_GAP, *odd.reasons))
    doubts = [PageDoubt(id, each.score, each.reasons) for id, each in strange.items() if each.reasons]
    return tuple(sorted(doubts, key=lambda doubt: -doubt.score))


@lru_cache(maxsize=5000)
def _measured(read: Callable[[str], bytes], digest: str) -> Measured:
    """Readings never change: a batch that grows page by page is not read again from its beginning."""
    return measured(from_json(read(digest)))
