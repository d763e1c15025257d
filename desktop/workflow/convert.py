"""Turn images and PDFs into searchable PDF/A-2u without keeping anything else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.page_tasks import encode_into, encoded_pages, read_and_encode, spool_file
from desktop.workflow.problems import KNOWN, problem_of
from desktop.workflow.read import inspect_files
from desktop.workflow.services import Workers
from ocr.encoded import Profile
from ocr.model import FileInfo
from ocr.pdfa import write


@dataclass(frozen=True, slots=True)
class ConvertFiles:
    """Make `outputs[i]` from `paths[i]`; with `sidecars`, the text goes into a file of its own too."""

    paths: tuple[Path, ...]
    outputs: tuple[Path, ...]
    profile: Profile = "archive"
    sidecars: tuple[Path, ...] = ()


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
    problem: Problem | None = None


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
    with tempfile.TemporaryDirectory(prefix="tramso-") as name:
        spool = Path(name)
        texts, blank, problem = _pages(workers, path, info, command.profile, spool, context, one_more)
        if problem and not all(
            spool_file(spool, number).exists() for number in range(1, info.page_count + 1)
        ):
            return Converted(path, None, problem=problem)
        try:
            _write(output, spool, info, path)
            if command.sidecars:
                command.sidecars[index].parent.mkdir(parents=True, exist_ok=True)
                command.sidecars[index].write_text("\f".join(texts), encoding="utf-8")
        except KNOWN as error:
            return Converted(path, None, problem=problem_of(error, str(output)))
    return Converted(path, output, info.page_count, blank, output.stat().st_size, info.signed, problem)


def _pages(
    workers: Workers,
    path: Path,
    info: FileInfo,
    profile: Profile,
    spool: Path,
    context: Context,
    one_more: Callable[[str], None],
) -> tuple[list[str], int, Problem | None]:
    """Texts, number of blank pages, first problem. A page that cannot be read goes in as a picture."""
    texts, blank, failed = [""] * info.page_count, 0, dict[int, Problem]()
    tasks = (
        Task(
            number,
            read_and_encode,
            (path, number, workers.engine, profile, spool_file(spool, number)),
            subject=f"{path.name} ({number})",
        )
        for number in range(1, info.page_count + 1)
    )
    for done in workers.executor.run(tasks, context, workers.page_limit_s):
        if done.problem:
            failed[done.key] = done.problem
        else:
            texts[done.key - 1], is_blank = done.value
            blank += is_blank
        one_more(path.name)
    again = [
        Task(number, encode_into, (path, number, None, spool_file(spool, number), profile))
        for number in failed
    ]
    for _ in workers.executor.run(again, context, workers.page_limit_s):
        context.check()
    return texts, blank, next(iter(failed.values()), None)


def _write(output: Path, spool: Path, info: FileInfo, path: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    if info.signed:
        new = output.with_name(output.name + ".part")
        new.write_bytes(path.read_bytes())
        new.replace(output)
        return
    write(encoded_pages(spool, info.page_count), output, title=path.stem)
