"""Turn images and PDFs into searchable PDF/A-2u without keeping anything else."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.problems import KNOWN, problem_of
from desktop.workflow.read import inspect_files
from desktop.workflow.services import Workers
from ocr.encoded import EncodedPage, Profile
from ocr.model import FileInfo
from ocr.page import read_page
from ocr.pdfa import encode_page, write


@dataclass(frozen=True, slots=True)
class ConvertFiles:
    """Make `outputs[i]` from `paths[i]`; with `sidecars`, the text goes into a file of its own too."""

    paths: tuple[Path, ...]
    outputs: tuple[Path, ...]
    profile: Profile = "archive"
    sidecars: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one file; a signed PDF is never rewritten, its text goes beside it."""

    path: Path
    output: Path | None
    pages: int = 0
    blank_pages: int = 0
    bytes: int = 0
    signed: bool = False
    problem: Problem | None = None


def convert_files(
    workers: Workers, command: ConvertFiles, context: Context
) -> Outcome[tuple[Converted, ...]]:
    """One entry per file in the order given; a bad file never stops the rest."""
    infos, problems = inspect_files(workers, command.paths, context)
    total = sum(info.page_count for info in infos.values())
    results: list[Converted] = []
    done = 0
    for index, path in enumerate(command.paths):
        if index in problems:
            results.append(Converted(path, None, problem=problems[index]))
            continue
        results.append(_convert(workers, command, index, infos[index], context, (done, total)))
        done += infos[index].page_count
    return Outcome(
        tuple(results), problems=tuple(entry.problem for entry in results if entry.problem is not None)
    )


def _convert(
    workers: Workers,
    command: ConvertFiles,
    index: int,
    info: FileInfo,
    context: Context,
    progress: tuple[int, int],
) -> Converted:
    path, output = command.paths[index], command.outputs[index]
    with tempfile.TemporaryDirectory(prefix="tramso-") as name:
        spool = Path(name)
        blank, texts = 0, [""] * info.page_count
        tasks = (
            Task(number, read_and_encode, (path, number, workers.engine, command.profile, spool))
            for number in range(1, info.page_count + 1)
        )
        for count, result in enumerate(workers.executor.run(tasks, context, workers.page_limit_s), 1):
            context.progress("progress.convert", progress[0] + count, progress[1], path.name)
            if result.problem:
                return Converted(path, None, problem=result.problem)
            texts[result.key - 1], is_blank = result.value
            blank += is_blank
        try:
            _write(output, spool, info, path, command.profile)
            if command.sidecars:
                command.sidecars[index].write_text("\f".join(texts), encoding="utf-8")
        except KNOWN as error:
            return Converted(path, None, problem=problem_of(error, str(output)))
    return Converted(path, output, info.page_count, blank, output.stat().st_size, info.signed)


def read_and_encode(path: Path, number: int, engine: str, profile: Profile, spool: Path) -> tuple[str, bool]:
    """Worker: read one page and leave it encoded in the spool folder, so that no page is held in memory."""
    reading = read_page(path, number, engine=engine)
    encoded = encode_page(path, number, reading, profile)
    (spool / f"{number:06}").write_bytes(pickle.dumps(encoded))
    return reading.text.text, reading.blank


def _write(output: Path, spool: Path, info: FileInfo, path: Path, profile: Profile) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    if info.signed:
        new = output.with_name(output.name + ".part")
        new.write_bytes(path.read_bytes())
        new.replace(output)
        return
    write(_encoded(spool, info.page_count), output, title=path.stem)


def _encoded(spool: Path, count: int) -> Iterator[EncodedPage]:
    for number in range(1, count + 1):
        yield pickle.loads((spool / f"{number:06}").read_bytes())  # noqa: S301 - our own worker wrote it
