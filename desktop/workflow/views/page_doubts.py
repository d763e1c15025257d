"""Pages of a batch that a person should look at, the strangest first, each with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from desktop.workflow.services import Services
from desktop.workflow.views.rows import PageDoubt
from ocr.batch.outliers import Measured, measured, strangeness
from ocr.record import from_json
from storage.catalog import pages


def page_doubts(services: Services, batch_id: str) -> tuple[PageDoubt, ...]:
    """Of the pages that were read: what the quality gate found, and what is unlike the rest of the batch."""
    with services.catalog.read() as connection:
        found = pages.of_batch(connection, batch_id)
    read = [
        (page.id, _measured(services.blobs.read, page.reading_digest))
        for page in found
        if page.reading_digest
    ]
    strange = strangeness([each for _, each in read])
    doubts = [
        PageDoubt(page_id, each.score, each.reasons)
        for (page_id, _), each in zip(read, strange, strict=True)
        if each.reasons
    ]
    return tuple(sorted(doubts, key=lambda doubt: -doubt.score))


@lru_cache(maxsize=5000)
def _measured(read: Callable[[str], bytes], digest: str) -> Measured:
    """Readings never change: a batch that grows page by page is not read again from its beginning."""
    return measured(from_json(read(digest)))
