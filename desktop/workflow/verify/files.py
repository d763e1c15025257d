"""Check signed files: each by itself, in a worker, within its limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.services import Workers
from signing.model import FileVerdict, OnlineAccess
from signing.trust.store import TrustStore, load, stamps
from storage.files.hashing import digest_of


@dataclass(frozen=True, slots=True)
class VerifyFiles:
    """Check these files against the certificates in the `trust` folders, as of `at` (None: now)."""

    paths: tuple[Path, ...]
    trust: tuple[Path, ...]
    at: datetime | None = None
    access: OnlineAccess | None = None
    """What may be asked of the network, and where its earlier answers are; None: neither."""
    ades: bool = False
    """Whether ETSI EN 319 102-1 is to be asked too."""


@dataclass(frozen=True, slots=True)
class FileVerified:
    """The verdict on one file, or the problem that kept it from one."""

    path: Path
    verdict: FileVerdict | None = None
    problem: Problem | None = None
    digest: str = ""
    """SHA-256 of the file as it was checked, in lower-case hex."""
    size: int = 0
    """In bytes."""


def verify_files(
    workers: Workers,
    command: VerifyFiles,
    context: Context,
    each: Callable[[FileVerified], object] = lambda found: None,
) -> Outcome[tuple[FileVerified, ...]]:
    """One entry per file in the order given; a bad file never stops the rest. `each` hears them come."""
    found: dict[int, FileVerified] = {}
    for index, entry in verified(workers, command, context):
        found[index] = entry
        each(entry)
    results = tuple(found[index] for index in range(len(command.paths)))
    return Outcome(results, problems=tuple(entry.problem for entry in results if entry.problem))


def verified(workers: Workers, command: VerifyFiles, context: Context) -> Iterator[tuple[int, FileVerified]]:
    """(place in the order given, entry) as they come: nothing is held, however large the folder."""
    alike = replace(command, paths=())
    tasks = (
        Task(index, check_one, (path, alike), subject=str(path)) for index, path in enumerate(command.paths)
    )
    limit = workers.verify_limit_s
    if command.access is not None and command.access.fetch:
        limit += command.access.total_s
    for count, done in enumerate(workers.executor.run(tasks, context, limit), 1):
        path = command.paths[done.key]
        yield done.key, done.value or FileVerified(path, problem=done.problem)
        context.progress("progress.verify", count, len(command.paths), path.name)


def check_one(path: Path, command: VerifyFiles) -> FileVerified:
    """Worker: the verdict on a file, with the digest that says which file it was."""
    verdict = verify_one(path, command.trust, command.at, command.access)
    if command.ades:
        from signing.verify import ades  # its XML bindings take half a second to load, and few ask for it

        verdict = replace(verdict, ades=ades.validate(path, _trust(command.trust), command.access))
    try:
        return FileVerified(path, verdict, None, digest_of(path), path.stat().st_size)
    except OSError:  # the verdict says that it cannot be read
        return FileVerified(path, verdict)


def verify_one(
    path: Path, trust: tuple[Path, ...], at: datetime | None, access: OnlineAccess | None = None
) -> FileVerdict:
    """Worker: the trust folders are read when they have changed."""
    from signing.verify.file import verify  # over a second to load: workers need it, who starts them does not

    return verify(path, _trust(trust), at, access)


def _trust(folders: tuple[Path, ...]) -> TrustStore:
    return _loaded(folders, stamps(folders))


@lru_cache(maxsize=2)
def _loaded(folders: tuple[Path, ...], _stamps: object) -> TrustStore:
    """Read once per process, and again when a certificate was added or removed."""
    return load(folders)
