"""Where heavy work runs: worker processes that may crash or hang without harming anything else.

Tasks carry paths and numbers, never bytes or handles, and may run twice: same input, same result.
Pebble is used because it alone ends one hung worker and keeps the others (decisions/0004).
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from typing import Any, Protocol

from pebble import ProcessExpired, ProcessPool

from desktop import incidents
from desktop.workflow.job import Context, Problem
from desktop.workflow.problems import problem_of

POLL_S = 0.2
"""How often cancellation is looked at: a job stops well within a second."""


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
    """`processes:N`: N spawned workers on this machine, started when first needed.

    `ready` is what a worker does before its first task, so that all of them load at once.
    """

    def __init__(self, workers: int, ready: Callable[[], None] | None = None) -> None:
        self._workers = max(1, workers)
        self._ready = ready
        self._pool: ProcessPool | None = None
        self._starter: ThreadPoolExecutor | None = None
        """Linux ends a worker with the thread that started it, which must outlive every job."""
        self._starting = threading.Lock()

    def run(self, tasks: Iterable[Task], context: Context, limit_s: float) -> Iterator[Done]:
        waiting = iter(tasks)
        running: dict[Any, tuple[Task, int]] = {}
        try:
            while True:
                self._fill(running, waiting, limit_s)
                if not running:
                    return
                finished, _ = wait(running, timeout=POLL_S, return_when=FIRST_COMPLETED)
                context.check()
                for future in finished:
                    task, tries = running.pop(future)
                    error = future.exception()
                    if isinstance(error, ProcessExpired) and tries < 2:
                        running[self._start(task, limit_s)] = task, tries + 1
                        continue
                    yield _done(task, error, limit_s) if error else Done(task.key, future.result())
        finally:
            for future in running:
                future.cancel()

    def _fill(self, running: dict[Any, tuple[Task, int]], waiting: Iterator[Task], limit_s: float) -> None:
        # One task more than workers keeps them busy and memory bounded by the pages in flight.
        while len(running) <= self._workers:
            task = next(waiting, None)
            if task is None:
                return
            running[self._start(task, limit_s)] = task, 1

    def _start(self, task: Task, limit_s: float) -> Any:
        arguments, options = list(task.arguments), dict(task.options)
        return self._open_pool().schedule(task.function, args=arguments, kwargs=options, timeout=limit_s)

    def _open_pool(self) -> ProcessPool:
        with self._starting:  # the window runs several jobs at once
            if self._pool is None:
                pool = ProcessPool(
                    max_workers=self._workers,
                    initializer=prepare_worker,
                    initargs=(os.getpid(), self._ready),
                    context=multiprocessing.get_context("spawn"),
                )
                self._starter = ThreadPoolExecutor(1, "workers")
                self._starter.submit(lambda: pool.active).result()  # asked for the first time, it starts
                self._pool = pool
            return self._pool

    def close(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it bare
            self._pool.join()
            self._pool = None
        if self._starter is not None:
            self._starter.shutdown()
            self._starter = None


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


def prepare_worker(parent: int, ready: Callable[[], None] | None) -> None:
    """One thread per worker (ten times faster than many), gone when the parent is gone."""
    os.environ |= {"OMP_THREAD_LIMIT": "1", "OPENCV_FOR_THREADS_NUM": "1"}
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        with contextlib.suppress(OSError):
            ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
        _keep_freed_memory()
        if os.getppid() != parent:
            os._exit(1)
    if ready is not None:
        with contextlib.suppress(Exception):  # what is missing is told by the task that needs it
            ready()


def _keep_freed_memory() -> None:
    """Pictures come and go a hundred times a page; given back each time, every page of memory is cleared anew
    by the kernel, a twentieth of all time (mallopt(3))."""
    m_trim_threshold, m_mmap_threshold = -1, -3
    with contextlib.suppress(OSError, AttributeError):  # glibc only
        libc = ctypes.CDLL(None)
        libc.mallopt(m_mmap_threshold, 32 << 20)
        libc.mallopt(m_trim_threshold, 128 << 20)


def _done(task: Task, error: BaseException, limit_s: float) -> Done:
    """One file never stops a batch, not even by what we did not foresee; no error at all is let go of."""
    if not isinstance(error, Exception):
        raise error
    return Done(task.key, problem=_problem(error, task, limit_s))


def _problem(error: Exception, task: Task, limit_s: float) -> Problem:
    if isinstance(error, FutureTimeout):
        return Problem("time_limit", {"seconds": limit_s}, task.subject)
    if isinstance(error, ProcessExpired):
        return Problem("worker_died", {}, task.subject)
    return problem_of(error, task.subject) or Problem(
        "bug", {"incident": incidents.record(error)}, task.subject
    )
