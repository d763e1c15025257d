"""python -m tests.bench: our conversion beside OCRmyPDF's. See --help."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.comparing import Figures, compare, grow
from tests.bench.contenders import BASELINE, CONTENDERS, ROOT, Contender
from tests.bench.pages import Workload, bind, shared_pages, specimen_pages
from tests.bench.reporting import as_json, growth_table, machine, table

COUNTS = (1, 2, 5, 10, 20, 50, 100, 200)
USUAL = (BASELINE, "tramso", "tramso-compact")


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--pages", type=int, default=12, help="pages of the specimen office (default 12)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds, of which the median counts (default 3)"
    )
    parser.add_argument("--jobs", type=int, default=2, help="jobs for each program (default 2)")
    parser.add_argument("--contenders", nargs="+", choices=CONTENDERS, default=USUAL, metavar="NAME")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="real papers, if there")
    parser.add_argument(
        "--levels", nargs="*", default=["office"], help="their levels of damage (default office)"
    )
    parser.add_argument(
        "--per-kind", type=int, default=4, help="of the real papers, of each kind (default 4)"
    )
    parser.add_argument("--growth", action="store_true", help="how cost grows with pages instead")
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, help="page counts of --growth")
    parser.add_argument("--json", type=Path, help="write every figure there")
    parser.add_argument("--keep", type=Path, help="leave pages and results in this folder")
    return parser.parse_args(arguments)


def main() -> int:
    """Every program must be there: a comparison with nobody is none."""
    # so that a stopped comparison takes the programs it started with it
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = options()
    contenders = [CONTENDERS[name] for name in given.contenders]
    if absent := [str(one.program) for one in contenders if not one.program.is_file()]:
        _tell(f"not here: {', '.join(absent)} (run: make bench)")
        return 2
    with tempfile.TemporaryDirectory(prefix="tramso-bench-") as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = _growth(given, contenders, folder) if given.growth else _comparison(given, contenders, folder)
    if given.json:
        report = {"machine": machine(), "jobs": given.jobs, "rounds": 1 if given.growth else given.rounds}
        entries = {name: as_json(figures) for name, figures in found.items()}
        given.json.write_text(json.dumps(report | {"figures": entries}, indent=1), encoding="utf-8")
    return 0


def _comparison(
    given: argparse.Namespace, contenders: Sequence[Contender], folder: Path
) -> dict[str, tuple[Figures, ...]]:
    found = {}
    for workload in _workloads(given, folder):
        figures = compare(workload, contenders, given.rounds, given.jobs, folder, _tell)
        source = workload.pdf.stat().st_size / workload.page_count / 1e3
        title = f"\n{workload.name}: {workload.page_count} pages of {source:.0f} kB, {given.rounds} rounds"
        sys.stdout.write(table(title, figures) + "\n")
        found[workload.name] = figures
    return found


def _workloads(given: argparse.Namespace, folder: Path) -> list[Workload]:
    _tell("drawing the pages")
    workloads = [bind("specimens", specimen_pages(folder / "specimens", given.pages), folder)]
    if given.levels:
        levels = shared_pages(given.shared, folder / "shared", given.per_kind)
        workloads += [bind(level, levels[level], folder) for level in given.levels if level in levels]
    return workloads


def _growth(
    given: argparse.Namespace, contenders: Sequence[Contender], folder: Path
) -> dict[str, tuple[Figures, ...]]:
    _tell("drawing the pages")
    pages = specimen_pages(folder / "specimens", max(given.counts))
    workloads = [bind(f"pages-{count}", pages[:count], folder) for count in sorted(given.counts)]
    figures = grow(workloads, contenders, given.jobs, folder, _tell)
    sys.stdout.write(growth_table(figures) + "\n")
    return {"growth": figures}


def _tell(words: str) -> None:
    sys.stderr.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
