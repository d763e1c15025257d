"""Turn images and PDFs into searchable PDF/A-2u without keeping anything else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.workflow import outputs
from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.papers.inspection import inspect_files
from desktop.workflow.papers.page_tasks import (
    PageMade,
    bind,
    encode_into,
    read_and_encode,
    read_only,
    spool_file,
)
from desktop.workflow.problems import KNOWN, problem_of
from desktop.workflow.services import Workers
from ocr.model import FileInfo
from ocr.pdf.encoded import Profile

_BIND_PAGES_A_SECOND = 20
"""Slower than any machine binds, so that the time limit grows with the file."""


@dataclass(frozen=True, slots=True)
class ConvertFiles:
    """Make `outputs[i]` from `paths[i]`; with `sidecars`, the text goes into a file of its own too."""

    paths: tuple[Path, ...]
    outputs: tuple[Path, ...]
    profile: Profile = "archive"
    sidecars: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Pictured:
    """A page that had text of its own and became a picture with hidden text; `reason` says why."""

    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one file. With an output, `problem` tells which page is there without its text."""

    path: Path
    output: Path | None
    pages: int = 0
    blank_pages: int = 0
    bytes: int = 0
    signed: bool = False
    """A signed PDF is never rewritten: its bytes are copied, its text goes beside it."""
    sidecar: Path | None = None
    """The file that holds the text, where one was asked for or needed."""
    pictured: tuple[Pictured, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to convert."""

    path: Path
    output: Path
    sidecar: Path | None
    info: FileInfo
    profile: Profile
    spool: Path

    @property
    def numbers(self) -> range:
        return range(1, self.info.page_count + 1)


def convert_files(
    workers: Workers, command: ConvertFiles, context: Context
) -> Outcome[tuple[Converted, ...]]:
    """One entry per file in the order given; a bad file never stops the rest."""
    infos, problems = inspect_files(workers, command.paths, context)
    total = sum(info.page_count for info in infos.values())
    count = 0

    def one_more(name: str) -> None:
        nonlocal count
        count += 1
        context.progress("progress.convert", count, total, name)

    results = tuple(
        Converted(path, None, problem=problems[index])
        if index in problems
        else _convert(workers, command, index, infos[index], context, one_more)
        for index, path in enumerate(command.paths)
    )
    return Outcome(results, problems=tuple(entry.problem for entry in results if entry.problem))


def _convert(
    workers: Workers,
    command: ConvertFiles,
    index: int,
    info: FileInfo,
    context: Context,
    one_more: Callable[[str], None],
) -> Converted:
    path, output = command.paths[index], command.outputs[index]
    sidecar = command.sidecars[index] if command.sidecars else None
    if info.signed and sidecar is None:
        sidecar = output.with_suffix(".txt")
    with tempfile.TemporaryDirectory(prefix="tramso-") as name:
        job = _Job(path, output, sidecar, info, command.profile, Path(name))
        made, problem = _pages(workers, job, context, one_more)
        missing = [number for number in job.numbers if not spool_file(job.spool, number).exists()]
        if missing and not info.signed:
            return Converted(path, None, problem=problem)
        failed = _write(workers, job, made, context)
    if failed:
        return Converted(path, None, problem=failed)
    found = tuple(Pictured(number, page.hindrance) for number, page in made.items() if page.hindrance)
    blank = sum(page.blank for page in made.values())
    size = output.stat().st_size
    return Converted(path, output, info.page_count, blank, size, info.signed, sidecar, found, problem)


def _pages(
    workers: Workers, job: _Job, context: Context, one_more: Callable[[str], None]
) -> tuple[dict[int, PageMade], Problem | None]:
    """What became of each page, and the first problem. A page that cannot be read goes in as a picture."""
    made: dict[int, PageMade] = {}
    failed: dict[int, Problem] = {}
    for done in workers.executor.run(
        (_task(workers, job, number) for number in job.numbers), context, workers.page_limit_s
    ):
        if done.problem:
            failed[done.key] = done.problem
        else:
            made[done.key] = done.value
        one_more(job.path.name)
    if failed and not job.info.signed:
        again = [
            Task(number, encode_into, (job.path, number, None, spool_file(job.spool, number), job.profile))
            for number in failed
        ]
        for _ in workers.executor.run(again, context, workers.page_limit_s):
            context.check()
    return dict(sorted(made.items())), failed[min(failed)] if failed else None


def _task(workers: Workers, job: _Job, number: int) -> Task:
    subject = f"{job.path.name} ({number})"
    if job.info.signed:
        return Task(number, read_only, (job.path, number, workers.engine), subject=subject)
    arguments = (job.path, number, workers.engine, job.profile, spool_file(job.spool, number))
    return Task(number, read_and_encode, arguments, subject=subject)


def _write(workers: Workers, job: _Job, made: dict[int, PageMade], context: Context) -> Problem | None:
    """The output and the text beside it, each complete or not at all."""
    try:
        job.output.parent.mkdir(parents=True, exist_ok=True)
        if job.info.signed:
            _put(job.output, job.path.read_bytes())
        else:
            arguments = (job.spool, job.info.page_count, job.output, job.path.stem)
            limit_s = workers.page_limit_s + job.info.page_count / _BIND_PAGES_A_SECOND
            for done in workers.executor.run(
                [Task("bind", bind, arguments, subject=job.path.name)], context, limit_s
            ):
                if done.problem:
                    return done.problem
        if job.sidecar:
            texts = (made[number].text if number in made else "" for number in job.numbers)
            job.sidecar.parent.mkdir(parents=True, exist_ok=True)
            _put(job.sidecar, "\f".join(texts).encode())
    except KNOWN as error:
        return problem_of(error, str(job.output))
    return None


def _put(path: Path, data: bytes) -> None:
    with outputs.whole(path) as part:
        part.write_bytes(data)
