"""The job runner: results arrive, in order, on the GUI thread; nothing is lost or left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.ui import job_runner
from desktop.ui.job_runner import Job, JobRunner, State
from desktop.workflow.job import Changes, Context, Outcome, Problem
from storage.errors import DiskFull


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.close()


def test_a_value_arrives_on_the_gui_thread(qtbot: QtBot, runner: JobRunner) -> None:
    seen: list[tuple[object, threading.Thread]] = []
    runner.submit("t", lambda context: 42, lambda value: seen.append((value, threading.current_thread())))
    qtbot.waitUntil(runner.idle)
    assert seen == [(42, threading.main_thread())]


def test_two_hundred_results_all_arrive(qtbot: QtBot, runner: JobRunner) -> None:
    owner = QObject()
    seen: list[int] = []
    for number in range(200):
        runner.read(owner, f"p{number}", lambda number=number: number, seen.append)
    qtbot.waitUntil(runner.idle)
    assert sorted(seen) == list(range(200))


def test_of_several_reads_only_the_newest_arrives(qtbot: QtBot, runner: JobRunner) -> None:
    owner = QObject()
    seen: list[int] = []
    for number in range(20):
        runner.read(owner, "same", lambda number=number: (time.sleep(0.002), number)[1], seen.append)
    qtbot.waitUntil(runner.idle)
    assert seen == [19]


def test_a_read_for_a_view_that_is_gone_is_dropped(qtbot: QtBot, runner: JobRunner) -> None:
    owner = QObject()
    seen: list[int] = []
    runner.read(owner, "p", lambda: 1, seen.append)
    delete(owner)
    qtbot.waitUntil(runner.idle)
    assert seen == []


def test_progress_and_cancel(qtbot: QtBot, runner: JobRunner) -> None:
    steps: list[int] = []
    ended: list[Job] = []
    runner.progressed.connect(lambda job: steps.append(job.progress.done))
    runner.ended.connect(ended.append)

    def work(context: Context) -> None:
        for number in range(1000):
            context.progress("progress.read", number, 1000)
            time.sleep(0.005)

    job = runner.submit("t", work)
    qtbot.waitUntil(lambda: len(steps) >= 2)
    job.cancel()
    qtbot.waitUntil(lambda: bool(ended), timeout=1000)
    assert ended[0].state is State.CANCELLED
    assert runner.running() == ()


def test_a_known_error_becomes_its_problem(qtbot: QtBot, runner: JobRunner) -> None:
    told: list[Problem] = []
    runner.failed.connect(told.append)

    def work(context: Context) -> None:
        raise DiskFull(name="D:")

    runner.submit("t", work)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "disk_full"
    assert told[0].facts["name"] == "D:"


def test_a_bug_becomes_an_incident_and_the_runner_goes_on(
    qtbot: QtBot, runner: JobRunner, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Problem] = []
    runner.failed.connect(told.append)
    runner.submit("t", lambda context: {}["Đặng Thị Hường"])
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "bug"
    assert str(told[0].facts["incident"]) in caplog.text
    assert "Hường" not in caplog.text
    seen: list[object] = []
    runner.submit("t", lambda context: "still here", seen.append)
    qtbot.waitUntil(lambda: seen == ["still here"])


def test_changes_and_problems_of_an_outcome_are_passed_on(qtbot: QtBot, runner: JobRunner) -> None:
    changed: list[Changes] = []
    runner.changed.connect(changed.append)
    outcome = Outcome(1, Changes(batches=frozenset({"b"})), (Problem("input_bad"),))
    job = runner.submit("t", lambda context: outcome)
    qtbot.waitUntil(runner.idle)
    assert changed == [outcome.changes]
    assert job.problems == outcome.problems


def test_closing_waits_for_what_runs(qtbot: QtBot) -> None:
    runner = JobRunner()
    running = threading.Event()

    def work(context: Context) -> None:
        running.set()
        while True:
            context.check()
            time.sleep(0.01)

    runner.submit("t", work)
    assert running.wait(2)
    runner.close()
    assert not any(thread.name.startswith("job") for thread in threading.enumerate())


def test_what_a_running_job_changes_is_told_at_once_and_then_together(
    qtbot: QtBot, runner: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_runner, "CHANGES_S", 0.2)
    told: list[frozenset[str]] = []
    runner.changed.connect(lambda changes: told.append(changes.batches))

    def work(context: Context) -> None:
        for number in range(4):
            context.changed(Changes(batches=frozenset({str(number)})))
        time.sleep(0.3)
        context.changed(Changes(batches=frozenset({"last"})))

    runner.submit("t", work)
    qtbot.waitUntil(runner.idle)
    assert told == [frozenset({"0"}), frozenset({"1", "2", "3", "last"})]
