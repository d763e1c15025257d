"""What is on file: batches, their pages and papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from desktop.workflow.papers.naming import reading_of
from desktop.workflow.review.findings import findings_of
from desktop.workflow.review.second_check import RESCAN, last_verdict
from desktop.workflow.services import Services
from desktop.workflow.views.rows import BatchRow, PageRow, PaperRow
from ocr.model import PageText, Recipe
from ocr.papers.kinds import SEPARATOR
from ocr.record import recipe_from
from storage.catalog import batches, documents, dossiers, pages, search
from storage.model import Document, Page, SearchHit


def list_batches(services: Services) -> tuple[BatchRow, ...]:
    """Every batch, newest first."""
    with services.catalog.read() as connection:
        return tuple(
            BatchRow(
                batch.id,
                batch.name,
                batch.opened_at,
                len(of_batch := pages.of_batch(connection, batch.id)),
                len(documents.find(connection, batch_id=batch.id)),
                sum(page.problem is not None for page in of_batch),
            )
            for batch in batches.find(connection)
        )


def batch_pages(services: Services, batch_id: str) -> tuple[PageRow, ...]:
    """Pages of a batch in their order."""
    with services.catalog.read() as connection:
        files = batches.files_of_pages(connection, batch_id)
        owners = {
            page_id: document.id
            for document in documents.find(connection, batch_id=batch_id)
            for page_id in document.page_ids
        }
        return tuple(
            _page_row(connection, page, place, files[page.file_digest].name, owners.get(page.id))
            for place, page in enumerate(pages.of_batch(connection, batch_id))
        )


def _page_row(connection: Connection, page: Page, place: int, name: str, document_id: str | None) -> PageRow:
    return PageRow(
        page.id,
        place,
        page.number,
        name,
        document_id,
        page.blank,
        page.problem,
        _recipe(page).turn,
        page.reading_digest is not None,
        page.version,
        last_verdict(connection, document_id)[1] if document_id and page.problem == RESCAN else "",
    )


def batch_papers(services: Services, batch_id: str) -> tuple[PaperRow, ...]:
    """Papers of a batch in the order of their pages."""
    with services.catalog.read() as connection:
        found = documents.find(connection, batch_id=batch_id)
        rows = paper_rows(connection, found)
        return tuple(
            replace(row, findings=findings_of(services, connection, document))
            for row, document in zip(rows, found, strict=True)
        )


def paper(services: Services, document_id: str) -> PaperRow:
    """Raises NotFound."""
    with services.catalog.read() as connection:
        return paper_rows(connection, [documents.get(connection, document_id)])[0]


def batch_of(services: Services, document_id: str) -> str | None:
    """The batch a document came in with. Raises NotFound."""
    with services.catalog.read() as connection:
        return documents.get(connection, document_id).batch_id


def unattached_papers(services: Services) -> tuple[PaperRow, ...]:
    """Papers that are in no dossier yet; a separator sheet is none."""
    with services.catalog.read() as connection:
        loose = documents.find(connection, loose=True)
        return paper_rows(connection, [paper for paper in loose if paper.kind_code != SEPARATOR])


def paper_rows(connection: Connection, found: Sequence[Document]) -> tuple[PaperRow, ...]:
    """Documents as rows, with the codes of their dossiers."""
    codes = {dossier.id: dossier.code for dossier in dossiers.find(connection)}
    return tuple(
        PaperRow(
            document.id,
            document.name,
            document.kind_code,
            document.kind_name,
            document.kind_confidence,
            document.page_ids,
            document.state,
            codes.get(document.dossier_id) if document.dossier_id else None,
            document.component_code,
            document.fields,
            document.version,
        )
        for document in found
    )


def page_words(services: Services, page_id: str) -> tuple[float, float, PageText]:
    """Width and height of the page in points and what was read on it; zeros for an unread page."""
    reading = reading_of(services, _page(services, page_id))
    return (reading.width, reading.height, reading.text) if reading else (0.0, 0.0, PageText())


def search_papers(services: Services, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """Papers that say this, typed with or without accents."""
    with services.catalog.read() as connection:
        return search.find(connection, text, limit)


def _page(services: Services, page_id: str) -> Page:
    with services.catalog.read() as connection:
        return pages.get(connection, page_id)


def _recipe(page: Page) -> Recipe:
    return recipe_from(dict(page.recipe)) if page.recipe else Recipe()
