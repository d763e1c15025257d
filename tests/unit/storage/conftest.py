"""A real catalog, real blobs, and rows to work with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import locate
from storage.adapters.blobs_folder import FolderBlobs
from storage.catalog import batches, pages
from storage.catalog.database import Catalog
from storage.catalog.ids import new_id
from storage.model import Document, DocumentState, Page

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = locate.catalog("sqlite:", tmp_path)
    yield opened
    opened.close()


def scan(catalog: Catalog, *, digest: str = "a" * 64, page_count: int = 3) -> tuple[Page, ...]:
    """A batch with one file and its pages."""
    with catalog.write() as connection:
        batch = batches.create(connection, "Lô 1", "Trần Thị Mẫu", NOW)
        file = batches.add_file(
            connection,
            batch.id,
            digest,
            name="quét.pdf",
            media_type="application/pdf",
            size=5,
            page_count=page_count,
        )
        return pages.add(connection, file)


def draft(page_ids: tuple[str, ...], kind: str = "quyet_dinh", name: str = "Quyết định") -> Document:
    """A document over some pages that is not kept yet."""
    return Document(
        id=new_id(),
        batch_id=None,
        page_ids=page_ids,
        kind_code=kind,
        kind_name=name,
        kind_confidence=0.75,
        state=DocumentState.DRAFT,
        name="quét.pdf",
    )
