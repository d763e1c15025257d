"""Scan pages into a folder; each is on disk before the next begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.problems import problem_of
from ocr.errors import OcrError
from ocr.locate import source
from ocr.ports import ScanOptions


@dataclass(frozen=True, slots=True)
class Scan:
    """Scan with the device at `address` into the folder `into`."""

    address: str
    into: Path
    options: ScanOptions


def scan(command: Scan, context: Context) -> Outcome[tuple[Path, ...]]:
    """The pages that came. A jam in the middle is a problem beside them, never instead of them."""
    pages: list[Path] = []
    problems: tuple[Problem, ...] = ()
    command.into.mkdir(parents=True, exist_ok=True)
    try:
        for page in source(command.address, command.options).pages(command.into):
            pages.append(page)
            context.progress("progress.scan", len(pages), 0, page.name)
    except OcrError as error:
        problem = problem_of(error)
        problems = (problem,) if problem else ()
    return Outcome(tuple(pages), problems=problems)
