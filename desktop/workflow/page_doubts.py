"""Pages of a batch that a person should look at, the strangest first, each with its reasons."""

from __future__ import annotations

from desktop.workflow.naming import reading_of
from desktop.workflow.services import Services
from desktop.workflow.views import PageDoubt
from ocr.outliers import strangeness
from storage import pages


def page_doubts(services: Services, batch_id: str) -> tuple[PageDoubt, ...]:
    """Of the pages that were read: what the quality gate found, and what is unlike the rest of the batch."""
    with services.catalog.read() as connection:
        found = [(page.id, reading_of(services, page)) for page in pages.of_batch(connection, batch_id)]
    read = [(page_id, reading) for page_id, reading in found if reading is not None]
    strange = strangeness([reading for _, reading in read])
    doubts = [
        PageDoubt(page_id, each.score, each.reasons)
        for (page_id, _), each in zip(read, strange, strict=True)
        if each.reasons
    ]
    return tuple(sorted(doubts, key=lambda doubt: -doubt.score))
