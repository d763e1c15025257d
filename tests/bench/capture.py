"""From the last page out of the feeder to named and readable: `python -m tests.bench.capture [pages]`.

A network scanner of our own hands out scans of the specimen office over eSCL; they are kept, read, cut into
papers and named as the window does it. Beside it: the time that recognising the same pages takes alone, in
the same workers. Prints JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from desktop import bootstrap
from desktop.ui.scan.editing import READ_AFTER_MS
from desktop.workflow.executor import Task
from desktop.workflow.job import Context
from desktop.workflow.papers.process import read_batches
from desktop.workflow.review.duplicates import FindTwins, find_twins
from desktop.workflow.scan.batch import scan_batch
from desktop.workflow.scan.orders import ScanOrder
from desktop.workflow.scan_profiles import ScanProfile
from desktop.workflow.services import Services
from ocr.page import read_page
from tests.bench.pages import specimen_pages
from tests.fakes.escl_scanner import Behaviour, scanner

PAGES = 30


def recognition(services: Services, jpegs: list[Path]) -> float:
    """Seconds to recognise the pages and do nothing else; workers are warm before and after."""
    tasks = [Task(number, read_page, (path, 1)) for number, path in enumerate(jpegs)]
    executor, limit = services.workers.executor, services.workers.page_limit_s
    list(executor.run(tasks[:2], Context(), limit))
    start = time.perf_counter()
    for done in executor.run(tasks, Context(), limit):
        assert done.problem is None, done.problem
    return time.perf_counter() - start


def capture(services: Services, jpegs: list[Path]) -> tuple[float, int]:
    """Seconds after the last page came until all papers are named, and how many papers there are."""
    with scanner(Behaviour(tuple(path.read_bytes() for path in jpegs))) as address:
        scanned = scan_batch(services, ScanOrder(ScanProfile("Đo", address)), Context())
    assert len(scanned.value.page_ids) == len(jpegs), scanned.problems
    batch = scanned.value.batch_id or ""
    start = time.perf_counter()
    papers = read_batches(services, [batch], None, Context()).value
    find_twins(services, FindTwins(batch, frozenset(papers)), Context())
    return time.perf_counter() - start + READ_AFTER_MS / 1000, len(papers)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jpegs = [page.jpeg for page in specimen_pages(folder / "pages", count)]
        with bootstrap.open_services(folder / "home") as services:
            alone = recognition(services, jpegs)
            named, papers = capture(services, jpegs)
    figures = {
        "pages": count, "papers": papers,
        "recognition_s": round(alone, 1), "named_s": round(named, 1), "ratio": round(named / alone, 2),
    }  # fmt: skip
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
