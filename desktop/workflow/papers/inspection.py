"""Look at files before anything is done with their pages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Problem
from desktop.workflow.papers.page_tasks import inspect
from desktop.workflow.services import Workers
from ocr.model import FileInfo

INSPECT_LIMIT_S = 60


def inspect_files(
    workers: Workers, paths: Sequence[Path], context: Context
) -> tuple[dict[int, FileInfo], dict[int, Problem]]:
    """What each file is, looked at in a worker since files from outside are hostile."""
    infos: dict[int, FileInfo] = {}
    problems = {index: problem for index, path in enumerate(paths) if (problem := _out_of_reach(path))}
    tasks = (
        Task(index, inspect, (path,), subject=str(path))
        for index, path in enumerate(paths)
        if index not in problems
    )
    for done in workers.executor.run(tasks, context, INSPECT_LIMIT_S):
        if done.problem:
            problems[done.key] = done.problem
        else:
            infos[done.key] = done.value
    return infos, problems


def _out_of_reach(path: Path) -> Problem | None:
    if not path.is_file():
        return Problem("file_missing", {"name": path.name}, str(path))
    return None if os.access(path, os.R_OK) else Problem("not_readable", {"name": path.name}, str(path))
