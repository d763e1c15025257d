"""What the verification bench shows of a file's revisions: the page that was signed beside the newest one."""

from __future__ import annotations

from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Context
from desktop.workflow.problems import StepFailed
from desktop.workflow.services import Workers
from signing.changes.revision_view import RevisionPage, draw

_LIMIT_S = 40.0


def revision_page(
    workers: Workers, path: Path, end: int, number: int, dpi: float, other: int
) -> RevisionPage:
    """As `signing.changes.revision_view.draw`, in a worker: the file may be hostile. Raises StepFailed."""
    task = Task(path, draw, (path, end, number, dpi, other), subject=str(path))
    [done] = workers.executor.run([task], Context(), _LIMIT_S)
    if done.problem:
        raise StepFailed(done.problem)
    page: RevisionPage = done.value
    return page
