"""Where heavy work runs: worker processes that may crash or hang without harming anything else.

Tasks carry paths and numbers, never bytes or handles, and may run twice: same input, same result.
Each worker has a pipe of its own: one that hangs or dies never holds up another (decisions/0004).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from queue import LifoQueue
from typing import Any, Protocol

from desktop import incidents
from desktop.workflow.job import Cancelled, Context, Problem
from desktop.workflow.problems import problem_of
from desktop.workflow.worker import POLL_S, OverTime, Worker, WorkerDied


@dataclass(frozen=True, slots=True)
class Task:
    """One call to make in a worker; `key` finds its result again."""

    key: Any
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A finished task: a value, or the problem that kept it from one."""

    key: Any
    value: Any = None
    problem: Problem | None = None


class Executor(Protocol):
    """Runs tasks somewhere else."""

    def run(self, tasks: Iterable[Task], context: Context, limit_s: float) -> Iterator[Done]:
        """Yield results as they come; what a task stumbles over is its problem alone. Raises Cancelled."""
        ...

    def close(self) -> None: ...


class Processes:
    """`processes:N`: N worker processes on this machine, all started when one is first needed.

    `ready` is what a worker does before its first task, so that all of them load at once.
    """

    def __init__(self, workers: int, ready: Callable[[], None] | None = None) -> None:
        self._workers = max(1, workers)
        self._ready = ready
        # A thread for each: Linux ends a worker with the thread that started it, so these outlive every job.
        self._threads = ThreadPoolExecutor(self._workers, "workers")
        self._idle: LifoQueue[Worker] = LifoQueue()  # the last one used is warm
        self._starting = threading.Lock()
        self._started = False
        self._closed = threading.Event()

    def run(self, tasks: Iterable[Task], context: Context, limit_s: float) -> Iterator[Done]:
        self._start_workers()
        waiting = iter(tasks)
        running: dict[Future[Any], tuple[Task, int]] = {}
        over = threading.Event()

        def start(task: Task, tries: int) -> None:
            running[self._threads.submit(self._call, task, limit_s, over)] = task, tries

        try:
            while True:
                # One task more than workers keeps them busy and memory bounded by the pages in flight.
                for task in islice(waiting, self._workers + 1 - len(running)):
                    start(task, 1)
                if not running:
                    return
                finished, _ = wait(running, timeout=POLL_S, return_when=FIRST_COMPLETED)
                context.check()
                if self._closed.is_set():
                    raise Cancelled
                for future in finished:
                    task, tries = running.pop(future)
                    error = future.exception()
                    if isinstance(error, WorkerDied) and tries < 2:
                        start(task, tries + 1)
                        continue
                    yield _done(task, error, limit_s) if error else Done(task.key, future.result())
        finally:
            over.set()
            for future in running:
                future.cancel()

    def _start_workers(self) -> None:
        with self._starting:  # the window runs several jobs at once
            if not self._started:
                self._started = True
                for _ in range(self._workers):
                    self._threads.submit(self._add_worker)

    def _add_worker(self) -> None:
        worker = Worker(self._ready)
        try:
            worker.start()
        finally:
            self._idle.put(worker)

    def _call(self, task: Task, limit_s: float, over: threading.Event) -> Any:
        def given_up() -> bool:
            return over.is_set() or self._closed.is_set()

        worker = self._idle.get()
        try:
            return worker.call(task.function, task.arguments, task.options, limit_s, given_up)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        self._closed.set()
        self._threads.shutdown(cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().stop()


class InProcess:
    """`inline:`: the same in this process, one after another; for small jobs and tests."""

    def run(self, tasks: Iterable[Task], context: Context, limit_s: float) -> Iterator[Done]:
        for task in tasks:
            context.check()
            try:
                yield Done(task.key, task.function(*task.arguments, **task.options))
            except Exception as error:
                yield _done(task, error, limit_s)

    def close(self) -> None:
        pass


def open_executor(address: str, ready: Callable[[], None] | None = None) -> Executor:
    """`processes:N` (N empty: one per core) or `inline:`; `ready` is done first in each process."""
    kind, _, rest = address.partition(":")
    if kind == "inline":
        return InProcess()
    if kind == "processes":
        return Processes(int(rest) if rest else os.cpu_count() or 1, ready)
    raise ValueError(address)


def _done(task: Task, error: BaseException, limit_s: float) -> Done:
    """One file never stops a batch, not even by what we did not foresee; no error at all is let go of."""
    if not isinstance(error, Exception):
        raise error
    return Done(task.key, problem=_problem(error, task, limit_s))


def _problem(error: Exception, task: Task, limit_s: float) -> Problem:
    if isinstance(error, OverTime):
        return Problem("time_limit", {"seconds": limit_s}, task.subject)
    if isinstance(error, WorkerDied):
        return Problem("worker_died", {}, task.subject)
    found = problem_of(error, task.subject)
    if found is None:
        return Problem("bug", {"incident": incidents.record(error)}, task.subject)
    return replace(found, facts=_as_known(found.facts, task))


def _as_known(facts: Mapping[str, object], task: Task) -> Mapping[str, object]:
    """A file in the store is called by its digest there; a person knows it by what the task is about."""
    paths = [argument for argument in task.arguments if isinstance(argument, Path)]
    called = {name for path in paths for name in (path.name, str(path))}
    known = bool(task.subject) and facts.get("name") in called
    return {**facts, "name": Path(task.subject).name} if known else facts
