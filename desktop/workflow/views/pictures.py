"""Pictures of pages for the screen, drawn in a worker; all raise StepFailed where a page cannot be drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.workflow.executor import Task
from desktop.workflow.job import Context
from desktop.workflow.papers.naming import page_name
from desktop.workflow.papers.screen_tasks import PagePart, Part, in_part, thumbnail, whole
from desktop.workflow.problems import StepFailed
from desktop.workflow.services import Services
from ocr.model import Recipe
from ocr.record import recipe_from
from storage.catalog import batches, documents, pages

LIMIT_S = 30


def page_thumbnail(services: Services, page_id: str, height_px: int) -> bytes:
    """A small JPEG of the upright page."""
    return bytes(_drawn(services, thumbnail, _page(services, page_id), height_px))


def page_picture(services: Services, page_id: str, dpi: float) -> bytes:
    """A JPEG of the upright page at `dpi`."""
    return bytes(_drawn(services, whole, _page(services, page_id), dpi))


def page_part(services: Services, page_id: str, part: Part, dpi: float) -> PagePart:
    """A part of the upright page, as fine as the page is or as `dpi` asks."""
    return _part(services, _page(services, page_id), part, dpi)


def original_picture(services: Services, page_id: str, dpi: float) -> bytes:
    """A JPEG of the page as it came, nothing turned, cut or cleaned."""
    return bytes(_drawn(services, whole, _page(services, page_id, original=True), dpi))


def original_part(services: Services, page_id: str, part: Part, dpi: float) -> PagePart:
    """A part of the page as it came."""
    return _part(services, _page(services, page_id, original=True), part, dpi)


def document_picture(services: Services, document_id: str, number: int, dpi: float) -> bytes:
    """A JPEG of page `number` of the document's newest PDF, marks included; empty before there is one."""
    page = _pdf(services, document_id, number)
    return b"" if page is None else bytes(_drawn(services, whole, page, dpi))


def document_part(services: Services, document_id: str, number: int, part: Part, dpi: float) -> PagePart:
    """A part of such a page."""
    page = _pdf(services, document_id, number)
    return PagePart(b"", part) if page is None else _part(services, page, part, dpi)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Where the page is that is to be drawn, and what a person calls it."""

    name: str
    path: Path
    number: int
    recipe: Recipe = field(default_factory=Recipe)


def _page(services: Services, page_id: str, original: bool = False) -> _Drawing:
    with services.catalog.read() as connection:
        page = pages.get(connection, page_id)
        name = page_name(page, batches.file(connection, page.file_digest))
    recipe = recipe_from(dict(page.recipe)) if page.recipe and not original else Recipe()
    return _Drawing(name, services.blobs.path(page.file_digest), page.number, recipe)


def _pdf(services: Services, document_id: str, number: int) -> _Drawing | None:
    with services.catalog.read() as connection:
        document = documents.get(connection, document_id)
    digest = document.pdf_digest
    return None if digest is None else _Drawing(document.name, services.blobs.path(digest), number)


def _part(services: Services, page: _Drawing, part: Part, dpi: float) -> PagePart:
    found: PagePart = _drawn(services, in_part, page, part, dpi)
    return found


def _drawn(services: Services, draw: Callable[..., Any], page: _Drawing, *how: Any) -> Any:
    """What a task of `screen_tasks` gives."""
    task = Task("", draw, (page.path, page.number, page.recipe, *how), subject=page.name)
    [done] = services.workers.executor.run([task], Context(), LIMIT_S)
    if done.problem:
        raise StepFailed(done.problem)
    return done.value
