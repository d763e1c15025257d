"""Check signed files: each by itself, in a worker, within its limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.services import Workers
from signing.model import FileVerdict
from signing.trust import TrustStore, load
from signing.verify import verify


@dataclass(frozen=True, slots=True)
class VerifyFiles:
    """Check these files against the certificates in the `trust` folders, as of `at` (None: now)."""

    paths: tuple[Path, ...]
    trust: tuple[Path, ...]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileVerified:
    """The verdict on one file, or the problem that kept it from one."""

    path: Path
    verdict: FileVerdict | None = None
    problem: Problem | None = None


def verify_files(
    workers: Workers,
    command: VerifyFiles,
    context: Context,
    each: Callable[[FileVerified], object] = lambda found: None,
) -> Outcome[tuple[FileVerified, ...]]:
    """One entry per file in the order given; a bad file never stops the rest. `each` hears them come."""
    tasks = (
        Task(index, verify_one, (path, command.trust, command.at), subject=str(path))
        for index, path in enumerate(command.paths)
    )
    found: dict[int, FileVerified] = {}
    for count, done in enumerate(workers.executor.run(tasks, context, workers.verify_limit_s), 1):
        path = command.paths[done.key]
        found[done.key] = FileVerified(path, done.value, done.problem)
        each(found[done.key])
        context.progress("progress.verify", count, len(command.paths), path.name)
    results = tuple(found[index] for index in range(len(command.paths)))
    return Outcome(results, problems=tuple(entry.problem for entry in results if entry.problem))


def verify_one(path: Path, trust: tuple[Path, ...], at: datetime | None) -> FileVerdict:
    """Worker: the trust folders are read once per process."""
    return verify(path, _trust(trust), at)


@cache
def _trust(folders: tuple[Path, ...]) -> TrustStore:
    return load(folders)
