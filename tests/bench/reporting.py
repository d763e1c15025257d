"""The figures as a table and as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict

from tests.bench.comparing import Figures, line_through
from tests.bench.contenders import BASELINE

HEADER = ("pages/min", "CPU s/page", "peak MB", "kB/page", "CER %", "CER_line %", "WER %")
NAME_WIDTH = 20
WIDTH = 11


def rates(figures: Figures) -> tuple[float | None, ...]:
    """The columns of HEADER."""
    errors = figures.errors
    return (
        figures.pages_a_minute,
        figures.cpu_a_page,
        figures.peak_bytes / 1e6,
        figures.bytes_a_page / 1e3,
        errors.cer if errors else None,
        errors.line_cer if errors else None,
        errors.wer if errors else None,
    )


def ratios(figures: Figures, baseline: Figures) -> tuple[float | None, ...]:
    """How many times better than the baseline: more pages a minute, less of everything else."""
    better: list[float | None] = []
    for place, (mine, theirs) in enumerate(zip(rates(figures), rates(baseline), strict=True)):
        if mine is None or theirs is None or not mine or not theirs:
            better.append(None)
        else:
            better.append(mine / theirs if place == 0 else theirs / mine)
    return tuple(better)


def table(title: str, found: Sequence[Figures]) -> str:
    """A row for each contender, and under it how many times better than the baseline it is."""
    lines = [title, _row("", HEADER)]
    baseline = next((figures for figures in found if figures.contender == BASELINE), None)
    for figures in found:
        lines.append(_row(figures.contender, [_number(value) for value in rates(figures)]))
        if baseline and figures is not baseline:
            better = ratios(figures, baseline)
            lines.append(_row("  times better", [_number(value, "x") for value in better]))
    return "\n".join(lines)


def growth_table(found: Sequence[Figures]) -> str:
    """A row for each contender and page count, and the line through them."""
    lines = [_row("", ("pages", "wall s", "s/page", "CPU s/page", "peak MB", "kB/page"))]
    for name in dict.fromkeys(figures.contender for figures in found):
        mine = [figures for figures in found if figures.contender == name]
        for figures in mine:
            cells = (
                figures.pages,
                figures.wall_s,
                figures.wall_s / figures.pages,
                figures.cpu_a_page,
                figures.peak_bytes / 1e6,
                figures.bytes_a_page / 1e3,
            )
            lines.append(_row(name, [_number(cell) for cell in cells]))
        lines += [f"  {words}" for words in _trends(mine)]
    return "\n".join(lines)


def _trends(found: Sequence[Figures]) -> list[str]:
    if len({figures.pages for figures in found}) < 2:
        return []
    wall = line_through([(figures.pages, figures.wall_s) for figures in found])
    cpu = line_through([(figures.pages, figures.cpu_s) for figures in found])
    peak = line_through([(figures.pages, figures.peak_bytes / 1e6) for figures in found])
    return [
        f"time {wall[0]:.1f} s + {wall[1]:.2f} s a page; processor {cpu[0]:.1f} s + {cpu[1]:.2f} s a page; "
        f"memory {peak[0]:.0f} MB + {peak[1]:.2f} MB a page"
    ]


def as_json(found: Sequence[Figures]) -> list[dict[str, object]]:
    """Every raw figure, and the rates that follow from it."""
    return [asdict(figures) | {"rates": dict(zip(HEADER, rates(figures), strict=True))} for figures in found]


def machine() -> dict[str, object]:
    """Where it was measured; figures of two machines do not compare."""
    return {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name:<{NAME_WIDTH}}" + "".join(f"{cell:>{WIDTH}}" for cell in cells)


def _number(value: float | None, unit: str = "") -> str:
    return "-" if value is None else f"{value:.2f}{unit}" if value < 100 else f"{value:.0f}{unit}"
