"""Worker processes: one that dies, hangs or fails never takes the others with it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from desktop.workflow.executor import Executor, Processes, Task, open_executor
from desktop.workflow.job import Cancelled, Context
from ocr.files.importing import look
from tests.unit.desktop import worker_tasks as work


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    processes = Processes(2)
    yield processes
    processes.close()


def values(executor: Executor, tasks: list[Task], limit_s: float = 30) -> dict[object, object]:
    return {
        done.key: done.problem.code if done.problem else done.value
        for done in executor.run(tasks, Context(), limit_s)
    }


def test_every_task_answers(executor: Executor) -> None:
    tasks = [Task(number, work.double, (number,)) for number in range(20)]
    assert values(executor, tasks) == {number: 2 * number for number in range(20)}


def test_a_file_of_the_store_is_told_by_the_name_a_person_knows(tmp_path: Path) -> None:
    blob = tmp_path / ("5e" * 32)
    blob.write_bytes(b"\xff\xd8\xff")
    [done] = open_executor("inline:").run([Task(1, look, (blob,), subject="don.jpg, trang 2")], Context(), 9)
    assert done.problem is not None
    assert done.problem.facts["name"] == "don.jpg, trang 2"


def test_a_worker_keeps_to_one_core(executor: Executor) -> None:
    assert values(executor, [Task("threads", work.threads, ())]) == {"threads": 1}


def test_a_dead_worker_costs_only_its_own_task(executor: Executor) -> None:
    tasks = [Task("dies", work.die, ()), *(Task(number, work.double, (number,)) for number in range(5))]
    assert values(executor, tasks) == {"dies": "worker_died", 0: 0, 1: 2, 2: 4, 3: 6, 4: 8}


def test_a_task_whose_worker_died_is_tried_once_more(executor: Executor, tmp_path: Path) -> None:
    assert values(executor, [Task("once", work.die_once, (tmp_path / "died",))]) == {"once": "alive"}


def kill(workers: list[psutil.Process]) -> None:
    """As the kernel does when memory runs out."""
    for worker in workers:
        with contextlib.suppress(psutil.NoSuchProcess):  # died of an earlier kill
            worker.kill()


def idle_workers() -> list[psutil.Process]:
    """The processes of the executors in this process; Python's own resource tracker is none."""
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("pause_s", [0, 0.5])
def test_workers_that_died_while_idle_are_replaced(count: int, pause_s: float) -> None:
    before = set(idle_workers())
    processes = Processes(2)
    tasks = [Task(number, work.sleep, (0.05,)) for number in range(6)]  # long enough for both to have some
    context = Context(stop=threading.Event())
    threading.Timer(30, context.stop.set).start()
    try:
        for _ in range(4):
            done = list(processes.run(tasks, context, 30))
            assert {task.key: task.value for task in done} == dict.fromkeys(range(6), 0.05)
            workers = [worker for worker in idle_workers() if worker not in before]
            assert len(workers) == 2
            kill(workers[:count])
            time.sleep(pause_s)
    finally:
        processes.close()


def test_a_worker_killed_in_the_middle_of_a_task_loses_nothing(executor: Executor, tmp_path: Path) -> None:
    """Both workers, as soon as each has begun."""
    marks = [tmp_path / "0", tmp_path / "1"]

    def killer() -> None:
        for mark in marks:
            while not (mark.exists() and mark.read_text()):
                time.sleep(0.02)
            kill([psutil.Process(int(mark.read_text()))])

    thread = threading.Thread(target=killer)
    thread.start()
    tasks = [Task(mark.name, work.linger_once, (mark,)) for mark in marks]
    assert values(executor, tasks) == {"0": "second try", "1": "second try"}
    thread.join()


def test_an_answer_that_cannot_travel_is_the_problem_of_its_task_alone(executor: Executor) -> None:
    tasks = [Task("lock", threading.Lock, ()), Task("good", work.double, (2,))]
    assert values(executor, tasks) == {"lock": "bug", "good": 4}


def test_closing_ends_what_still_runs() -> None:
    processes = Processes(1)
    results = processes.run(
        [Task("quick", work.double, (1,)), Task("slow", work.sleep, (60,))], Context(), 90
    )
    assert next(results).key == "quick"
    started = time.monotonic()
    processes.close()
    assert time.monotonic() - started < 5
    with pytest.raises(Cancelled):
        list(results)


def test_a_hung_task_ends_at_its_limit(executor: Executor) -> None:
    tasks = [Task("hangs", work.sleep, (60,)), Task("quick", work.double, (1,))]
    started = time.monotonic()
    assert values(executor, tasks, limit_s=2) == {"hangs": "time_limit", "quick": 2}
    assert time.monotonic() - started < 30


def test_workers_outlive_the_job_that_started_them() -> None:
    """Linux ends a child with the thread that started it: a later job would meet dead workers."""
    processes = Processes(1)
    seen: list[object] = []

    def job() -> None:
        seen.extend(values(processes, [Task("pid", os.getpid, ())]).values())

    for _ in range(2):
        thread = threading.Thread(target=job)
        thread.start()
        thread.join()
    processes.close()
    assert len(seen) == 2 and seen[0] == seen[1]


def test_a_worker_is_ready_before_its_first_task(tmp_path: Path) -> None:
    processes = Processes(2, partial(work.leave_pid, tmp_path))
    values(processes, [Task(1, work.double, (1,))])
    deadline = time.monotonic() + 30
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    processes.close()
    assert len(list(tmp_path.iterdir())) == 2  # the one without a task too


def test_a_worker_that_cannot_get_ready_still_works() -> None:
    processes = Processes(1, work.refuse)
    assert values(processes, [Task(1, work.double, (1,))]) == {1: 2}
    processes.close()


def test_an_expected_failure_is_a_problem(executor: Executor) -> None:
    [done] = executor.run([Task("small", work.refuse, (), subject="a.png")], Context(), 30)
    assert done.problem is not None
    assert (done.problem.code, done.problem.subject) == ("input_too_small", "a.png")
    assert done.problem.facts == {"width": 1, "height": 1}


def test_a_bug_is_the_problem_of_its_task_alone(executor: Executor, caplog: pytest.LogCaptureFixture) -> None:
    tasks = [Task("bug", work.stumble, ()), Task("good", work.double, (2,))]
    found = {done.key: done for done in executor.run(tasks, Context(), 30)}
    problem = found["bug"].problem
    assert problem is not None and problem.code == "bug"
    assert found["good"].value == 4
    assert f"{problem.facts['incident']} ZeroDivisionError" in caplog.text
    assert ":stumble" in caplog.text  # where in the worker it was


def test_cancelling_stops_within_a_second(executor: Executor) -> None:
    context = Context(stop=threading.Event())
    threading.Timer(0.5, context.stop.set).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        list(executor.run([Task(1, work.sleep, (30,)), Task(2, work.sleep, (30,))], context, 60))
    assert time.monotonic() - started < 1.5 + 5  # the first call may have to start the workers


def test_inline_gives_the_same(tmp_path: Path) -> None:
    inline = open_executor("inline:")
    assert values(inline, [Task(1, work.double, (4,)), Task(2, work.refuse, ())]) == {
        1: 8,
        2: "input_too_small",
    }


def test_an_unknown_address_is_refused() -> None:
    with pytest.raises(ValueError, match="abacus"):
        open_executor("abacus:9")


def test_workers_die_with_their_parent(tmp_path: Path) -> None:
    mark = tmp_path / "worker.pid"
    program = (
        "from pathlib import Path\n"
        "from desktop.workflow.executor import Processes, Task\n"
        "from desktop.workflow.job import Context\n"
        "from tests.unit.desktop.worker_tasks import parent_of_worker\n"
        "if __name__ == '__main__':\n"
        f"    list(Processes(1).run([Task(1, parent_of_worker, (Path({str(mark)!r}),))], Context(), 60))\n"
    )
    script = tmp_path / "parent.py"
    script.write_text(program)
    root = Path(__file__).resolve().parents[3]
    parent = subprocess.Popen(
        [sys.executable, str(script)], env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"}
    )
    deadline = time.monotonic() + 30
    while not (mark.exists() and mark.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    worker = psutil.Process(int(mark.read_text()))
    parent.kill()
    parent.wait()
    worker.wait(timeout=10)
