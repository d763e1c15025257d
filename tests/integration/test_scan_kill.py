"""Kill -9 while scanning and mending: no page lost, none doubled, the history of edits whole.

TRAMSO_KILLS sets at how many moments (make kills: 50); the suite takes a few.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop import bootstrap
from desktop.workflow.job import Context
from desktop.workflow.pages.edit import take_back
from desktop.workflow.pages.edit_commands import TakeBack
from desktop.workflow.scan import batch as scan_batch
from desktop.workflow.services import Services
from storage.catalog import documents, edits, journal, pages, tables
from storage.model import Page
from tests.fakes import sane_device

KILLS = int(os.environ.get("TRAMSO_KILLS", "3"))
LONGEST_S = 2.5

WORK = """
import os, random, sys
from dataclasses import replace
from pathlib import Path
from desktop import bootstrap
from desktop.workflow.scan import batch as scan_batch
from desktop.workflow.pages.edit import adjust, rearrange, take_back
from desktop.workflow.pages.edit_commands import Adjust, Rearrange, TakeBack
from desktop.workflow.executor import open_executor
from desktop.workflow.job import Context
from desktop.workflow.scan.orders import ScanOrder
from desktop.workflow.scan_profiles import ScanProfile
from storage.catalog import pages

def work(home, seed):
    chance = random.Random(seed)
    profile = ScanProfile("Lo", "sane:test:0", "adf", 50, "grey", "a5")
    with bootstrap.open_services(home) as opened:
        services = replace(opened, workers=replace(opened.workers, executor=open_executor("inline:")))
        print("ready", os.getpid(), flush=True)
        def told(changes):
            with services.catalog.read() as connection:
                for batch_id in changes.batches:
                    for page in pages.of_batch(connection, batch_id):
                        print("page", page.arrival, flush=True)
        while True:
            done = scan_batch.scan_batch(services, ScanOrder(profile), Context(changed=told)).value
            for _ in range(12):
                some = tuple(chance.sample(done.page_ids, 2))
                action = chance.choice(["remove", "move", "part", "join", "turn", "undo", "redo"])
                if action == "turn":
                    edit = adjust(services, Adjust(done.batch_id, some, turn=90), Context()).value
                elif action in ("undo", "redo"):
                    edit = take_back(services, TakeBack(done.batch_id, action == "redo"), Context()).value
                else:
                    order = Rearrange(done.batch_id, action, some, chance.randrange(10))
                    edit = rearrange(services, order, Context()).value
                if edit:
                    print("edit", done.batch_id, edit.number, flush=True)

for seed in sys.stdin:  # the libraries are loaded once, each piece of work is a process of its own
    child = os.fork()
    if child == 0:
        work(Path(sys.argv[1]), int(seed))
    os.waitpid(child, 0)
    print("dead", flush=True)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")


def killed(worker: subprocess.Popen[str], seed: int) -> list[list[str]]:
    """Scan and mend until the moment that the seed gives; what the program said it had done."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"{seed}\n")
    worker.stdin.flush()
    _, pid = worker.stdout.readline().split()
    time.sleep(random.Random(seed).uniform(0.05, LONGEST_S))
    os.kill(int(pid), signal.SIGKILL)
    return [line.split() for line in iter(worker.stdout.readline, "dead\n")]


def test_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sane_device.configure(tmp_path / "sane.d", monkeypatch)
    home = tmp_path / "home"
    said: list[list[str]] = []
    seen: set[str] = set()
    command = [sys.executable, "-c", WORK, str(home)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as worker:
        for seed in range(KILLS):
            said += killed(worker, seed)
            seen |= look_over(home, said, seen)
        worker.communicate()
    assert any(words[0] == "page" for words in said)


def look_over(home: Path, said: list[list[str]], seen: set[str]) -> set[str]:
    """The next start: what was left is brought in, and everything that was said is there, once."""
    with bootstrap.open_services(home) as services:
        scan_batch.sweep(services)
        scans = services.home / "scans"
        for folder in sorted(scans.iterdir()) if scans.is_dir() else ():
            waiting = {f"{folder.name}/{path.name}" for path in scan_batch._files(folder)}
            scan_batch._left(services, folder.name)
            said += [["page", arrival] for arrival in waiting]
        with services.catalog.read() as connection:
            batches = {page.batch_id for page in every_page(connection)}
            arrivals = Counter(page.arrival for page in every_page(connection))
            held = Counter(id for paper in documents.find(connection) for id in paper.page_ids)
            history = {batch_id: edits.history(connection, batch_id) for batch_id in batches}
            journal.verify(connection)
        assert {words[1] for words in said if words[0] == "page"} <= set(arrivals)
        assert set(arrivals.values()) <= {1}
        assert set(held.values()) <= {1}
        for batch_id, found in history.items():
            assert [edit.number for edit in found] == list(range(1, len(found) + 1))
            assert [edit.undone for edit in found] == sorted(edit.undone for edit in found)
            if batch_id not in seen:
                unwind_and_back(services, batch_id, len([edit for edit in found if not edit.undone]))
    return set(history)


def every_page(connection: sa.Connection) -> list[Page]:
    ids = connection.scalars(sa.select(tables.pages.c.id))
    return [pages.get(connection, id) for id in ids]


def unwind_and_back(services: Services, batch_id: str, standing: int) -> None:
    """Every edit can be taken back, to the pages as they came, and done again."""
    with services.catalog.read() as connection:
        now = [(page.id, page.recipe) for page in pages.of_batch(connection, batch_id)]
    for _ in range(standing):
        assert take_back(services, TakeBack(batch_id), Context()).value
    assert take_back(services, TakeBack(batch_id), Context()).value is None
    with services.catalog.read() as connection:
        came = pages.of_batch(connection, batch_id)
        assert [page.arrival for page in came] == sorted(page.arrival or "" for page in came)
        assert pages.of_batch(connection, batch_id, removed=True) == ()
        assert all(page.recipe is None for page in came)
    for _ in range(standing):
        assert take_back(services, TakeBack(batch_id, again=True), Context()).value
    with services.catalog.read() as connection:
        assert [(page.id, page.recipe) for page in pages.of_batch(connection, batch_id)] == now
