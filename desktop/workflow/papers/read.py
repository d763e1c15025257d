"""Read files without keeping anything: text, kind and fields of every paper in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.papers.inspection import inspect_files
from desktop.workflow.services import Workers
from ocr.batch.documents import split
from ocr.model import DocumentReading, FileInfo, PageReading
from ocr.page import read_page


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Read these files, each by itself."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one file said; `problem` tells why pages are missing."""

    path: Path
    pages: tuple[PageReading, ...] = ()
    documents: tuple[DocumentReading, ...] = ()
    problem: Problem | None = None


def read_files(workers: Workers, command: ReadFiles, context: Context) -> Outcome[tuple[FileRead, ...]]:
    """One entry per file in the order given; a bad file or page never stops the rest."""
    infos, problems = inspect_files(workers, command.paths, context)
    pages: dict[int, list[PageReading]] = {index: [] for index in infos}
    tasks = _page_tasks(command.paths, infos, workers.engine)
    total = sum(info.page_count for info in infos.values())
    for done, result in enumerate(workers.executor.run(tasks, context, workers.page_limit_s), 1):
        index, _ = result.key
        if result.problem:
            problems.setdefault(index, result.problem)
        else:
            pages[index].append(result.value)
        context.progress("progress.read", done, total, command.paths[index].name)
    files = tuple(
        _file_read(path, sorted(pages.get(index, ()), key=lambda page: page.number), problems.get(index))
        for index, path in enumerate(command.paths)
    )
    return Outcome(files, problems=tuple(problems.values()))


def _page_tasks(paths: tuple[Path, ...], infos: dict[int, FileInfo], engine: str) -> Iterator[Task]:
    for index, info in sorted(infos.items()):
        for number in range(1, info.page_count + 1):
            subject = f"{paths[index].name} ({number})"
            yield Task((index, number), read_page, (paths[index], number), {"engine": engine}, subject)


def _file_read(path: Path, pages: list[PageReading], problem: Problem | None) -> FileRead:
    return FileRead(path, tuple(pages), split(pages) if pages else (), problem)


def page_as_json(page: PageReading) -> dict[str, Any]:
    """A page as `read --json` prints it (stable)."""
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "text": page.text.text,
        "words": [_word_as_json(word) for word in page.text.words],
        "orientation": page.recipe.turn,
        "skew_deg": page.recipe.skew_deg,
        "blank": page.blank,
        "text_source": page.text_source,
        "quality": {"dpi": page.quality.dpi, "problems": list(page.quality.problems)},
    }


def _word_as_json(word: Any) -> dict[str, Any]:
    entry = {"text": word.text, "confidence": round(word.confidence, 3), "box": list(word.box)}
    if word.raw is not None:
        entry["raw"] = word.raw
    if word.doubtful:
        entry["doubtful"] = True
    return entry


def document_as_json(document: DocumentReading) -> dict[str, Any]:
    """A paper as `read --json` prints it."""
    return {
        "pages": list(document.pages),
        "kind": {
            "code": document.kind.code,
            "name": document.kind.name,
            "confidence": round(document.confidence, 3),
        },
        "fields": {
            name: {
                "value": value.value,
                "confidence": round(value.confidence, 3),
                "page": value.page,
                "box": list(value.box) if value.box else None,
                "source": value.source,
            }
            for name, value in document.fields.items()
        },
    }
