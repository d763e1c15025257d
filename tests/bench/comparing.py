"""Runs the contenders in turn over the same pages and takes the middle of each figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.accuracy import Errors, errors_of
from tests.bench.contenders import Contender
from tests.bench.measuring import Usage, run
from tests.bench.pages import Workload

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one contender needed for one workload."""

    contender: str
    pages: int
    wall_s: float
    cpu_s: float
    peak_bytes: int
    file_bytes: int
    errors: Errors | None = None

    @property
    def pages_a_minute(self) -> float:
        return 60 * self.pages / self.wall_s

    @property
    def cpu_a_page(self) -> float:
        return self.cpu_s / self.pages

    @property
    def bytes_a_page(self) -> float:
        return self.file_bytes / self.pages


def compare(
    workload: Workload, contenders: Sequence[Contender], rounds: int, jobs: int, folder: Path, say: Say
) -> tuple[Figures, ...]:
    """Interleaved, A B A B: what else the machine does meets all of them alike."""
    runs: defaultdict[str, list[Usage]] = defaultdict(list)
    for number in range(rounds):
        for contender in contenders:
            usage = _run(contender, workload, jobs, folder)
            runs[contender.name].append(usage)
            say(f"{workload.name} {number + 1}/{rounds} {contender.name}: {usage.wall_s:.1f} s")
    return tuple(
        summarise(contender.name, workload, runs[contender.name], _target(contender, workload, folder))
        for contender in contenders
    )


def grow(
    workloads: Sequence[Workload], contenders: Sequence[Contender], jobs: int, folder: Path, say: Say
) -> tuple[Figures, ...]:
    """Each page count once for each contender; the text is not looked at."""
    found = []
    for workload in workloads:
        for contender in contenders:
            usage = _run(contender, workload, jobs, folder)
            say(f"{workload.page_count} pages, {contender.name}: {usage.wall_s:.1f} s")
            size = _target(contender, workload, folder).stat().st_size
            found.append(
                Figures(
                    contender.name,
                    workload.page_count,
                    usage.wall_s,
                    usage.cpu_s,
                    usage.peak_bytes,
                    size,
                )
            )
    return tuple(found)


def _target(contender: Contender, workload: Workload, folder: Path) -> Path:
    return folder / f"{workload.name}.{contender.name}.pdf"


def _run(contender: Contender, workload: Workload, jobs: int, folder: Path) -> Usage:
    target = _target(contender, workload, folder)
    target.unlink(missing_ok=True)
    command = contender.command(workload.pdf, target, jobs)
    return run(command, contender.environment(folder / "home"), target.with_suffix(".log"))


def summarise(name: str, workload: Workload, runs: Sequence[Usage], output: Path) -> Figures:
    """Medians of the runs; the text and the size of the last file (each run makes the same)."""
    return Figures(
        name,
        workload.page_count,
        median(usage.wall_s for usage in runs),
        median(usage.cpu_s for usage in runs),
        int(median(usage.peak_bytes for usage in runs)),
        output.stat().st_size,
        errors_of(output, workload.truths),
    )


def line_through(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Least squares: the fixed part and the part for each page of (pages, cost)."""
    if len({pages for pages, _ in points}) < 2:
        raise ValueError("a line needs two page counts")
    middle = sum(pages for pages, _ in points) / len(points)
    mean = sum(cost for _, cost in points) / len(points)
    spread = sum((pages - middle) ** 2 for pages, _ in points)
    slope = sum((pages - middle) * (cost - mean) for pages, cost in points) / spread
    return mean - slope * middle, slope
