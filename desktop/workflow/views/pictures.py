"""Pictures of pages for the screen, drawn in a worker; all raise StepFailed where a page cannot be drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.workflow.executor import Task
from desktop.workflow.job import Context
from desktop.workflow.papers.screen_tasks import PagePart, Part, in_part, thumbnail, whole
from desktop.workflow.problems import StepFailed
from desktop.workflow.services import Services
from ocr.model import Recipe
from ocr.record import recipe_from
from storage.catalog import documents, pages

LIMIT_S = 30


def page_thumbnail(services: Services, page_id: str, height_px: int) -> bytes:
    """A small JPEG of the upright page."""
    return bytes(_drawn(services, thumbnail, *_page(services, page_id), height_px))


def page_picture(services: Services, page_id: str, dpi: float) -> bytes:
    """A JPEG of the upright page at `dpi`."""
    return bytes(_drawn(services, whole, *_page(services, page_id), dpi))


def page_part(services: Services, page_id: str, part: Part, dpi: float) -> PagePart:
    """A part of the upright page, as fine as the page is or as `dpi` asks."""
    return _part(services, *_page(services, page_id), part, dpi)


def original_picture(services: Services, page_id: str, dpi: float) -> bytes:
    """A JPEG of the page as it came, nothing turned, cut or cleaned."""
    path, number, _ = _page(services, page_id)
    return bytes(_drawn(services, whole, path, number, Recipe(), dpi))


def original_part(services: Services, page_id: str, part: Part, dpi: float) -> PagePart:
    """A part of the page as it came."""
    path, number, _ = _page(services, page_id)
    return _part(services, path, number, Recipe(), part, dpi)


def document_picture(services: Services, document_id: str, number: int, dpi: float) -> bytes:
    """A JPEG of page `number` of the document's newest PDF, marks included; empty before there is one."""
    path = _pdf(services, document_id)
    return b"" if path is None else bytes(_drawn(services, whole, path, number, Recipe(), dpi))


def document_part(services: Services, document_id: str, number: int, part: Part, dpi: float) -> PagePart:
    """A part of such a page."""
    path = _pdf(services, document_id)
    return PagePart(b"", part) if path is None else _part(services, path, number, Recipe(), part, dpi)


def _page(services: Services, page_id: str) -> tuple[Path, int, Recipe]:
    with services.catalog.read() as connection:
        page = pages.get(connection, page_id)
    recipe = recipe_from(dict(page.recipe)) if page.recipe else Recipe()
    return services.blobs.path(page.file_digest), page.number, recipe


def _pdf(services: Services, document_id: str) -> Path | None:
    with services.catalog.read() as connection:
        digest = documents.get(connection, document_id).pdf_digest
    return None if digest is None else services.blobs.path(digest)


def _part(services: Services, path: Path, number: int, recipe: Recipe, part: Part, dpi: float) -> PagePart:
    found: PagePart = _drawn(services, in_part, path, number, recipe, part, dpi)
    return found


def _drawn(services: Services, draw: Callable[..., Any], *arguments: Any) -> Any:
    """What a task of `screen_tasks` gives."""
    [done] = services.workers.executor.run([Task("", draw, arguments)], Context(), LIMIT_S)
    if done.problem:
        raise StepFailed(done.problem)
    return done.value
