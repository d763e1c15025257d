"""Renew the proof of signed files, and say which need it first; each file in a worker, within its limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.services import Workers
from desktop.workflow.verify.files import FileVerified, VerifyFiles, verified
from signing import locate
from signing.model import OnlineAccess
from signing.renewal import expiry
from signing.renewal.expiry import Renewal
from signing.renewal.extend import Extended, extend
from signing.trust.store import TrustStore, load

PATIENCE_S = 400
"""For one file: time-stamp servers take minutes at times."""


@dataclass(frozen=True, slots=True)
class ExtendFiles:
    """Renew each of `paths` into the `outputs` of the same place with the time-stamp authority `tsa`."""

    paths: tuple[Path, ...]
    outputs: tuple[Path, ...]
    tsa: str
    trust: tuple[Path, ...]
    home: Path
    access: OnlineAccess | None = None


@dataclass(frozen=True, slots=True)
class FileExtended:
    """What was added to one file, or the problem that left it as it was."""

    path: Path
    extended: Extended | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One signature of one file in the queue."""

    path: Path
    renewal: Renewal


def extend_files(
    workers: Workers, command: ExtendFiles, context: Context
) -> Outcome[tuple[FileExtended, ...]]:
    """One entry per file in the order given; a file that cannot be renewed stays as it was."""
    tasks = (
        Task(index, extend_one, (path, out, command), subject=str(path))
        for index, (path, out) in enumerate(zip(command.paths, command.outputs, strict=True))
    )
    found: dict[int, FileExtended] = {}
    for count, done in enumerate(workers.executor.run(tasks, context, PATIENCE_S), 1):
        path = command.paths[done.key]
        found[done.key] = FileExtended(path, done.value, done.problem)
        context.progress("progress.extend", count, len(command.paths), path.name)
    results = tuple(found[index] for index in range(len(command.paths)))
    return Outcome(results, problems=tuple(entry.problem for entry in results if entry.problem))


def extend_one(path: Path, out: Path, command: ExtendFiles) -> Extended:
    """Worker: one file."""
    authority = locate.tsa(command.tsa, command.home)
    return extend(path, out, authority, _trust(command.trust), command.access)


def renewal_queue(
    workers: Workers,
    command: VerifyFiles,
    context: Context,
    each: Callable[[FileVerified], object] = lambda found: None,
) -> Outcome[tuple[Due, ...]]:
    """Every signature of these files by the day on which it loses its proof, the earliest first."""
    at = command.at or datetime.now(UTC)
    queue: list[Due] = []
    problems: list[Problem] = []
    for _, entry in verified(workers, command, context):
        each(entry)
        if entry.verdict is not None:
            queue += [Due(entry.path, item) for item in expiry.of_file(entry.verdict, at)]
        elif entry.problem is not None:
            problems.append(entry.problem)
    queue.sort(key=lambda due: (due.renewal.due, str(due.path)))
    return Outcome(tuple(queue), problems=tuple(problems))


@cache
def _trust(folders: tuple[Path, ...]) -> TrustStore:
    return load(folders)
