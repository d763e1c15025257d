"""One worker process and its pipe, which no other process shares.

A queue or lock that workers share stays locked for ever when its holder is killed (decisions/0004).
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import multiprocessing
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from desktop.workflow.job import Cancelled

POLL_S = 0.2
"""How often cancellation is looked at: a job stops well within a second."""

_SPAWN = multiprocessing.get_context("spawn")


class WorkerDied(Exception):
    """The process ended before it answered."""


class OverTime(Exception):
    """The call took longer than it may."""


class Worker:
    """Makes one call at a time in a process, started when first needed and again whenever it is gone."""

    def __init__(self, ready: Callable[[], None] | None = None) -> None:
        self._ready = ready
        self._running: tuple[SpawnProcess, Connection] | None = None

    def call(
        self,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        options: Mapping[str, Any],
        limit_s: float,
        given_up: Callable[[], bool],
    ) -> Any:
        """Raises what the function raises, WorkerDied, OverTime or Cancelled."""
        try:
            process, pipe = self.start()
            pipe.send((function, arguments, dict(options)))
            _answer(process, pipe, math.inf, given_up)  # begun: starting and loading are not the call's time
            value, error, places = _answer(process, pipe, limit_s, given_up)
        except BaseException as failure:
            self.stop()  # whatever was under way; the next call starts afresh
            if isinstance(failure, (EOFError, OSError)):
                raise WorkerDied from failure
            raise
        if error is not None:
            error.add_note(places)
            raise error
        return value

    def stop(self) -> None:
        """End the process, whatever it does."""
        if self._running:
            process, pipe = self._running
            process.kill()
            process.join()
            pipe.close()
            self._running = None

    def start(self) -> tuple[SpawnProcess, Connection]:
        """The process and our end of its pipe, a new one unless it lives."""
        if self._running and self._running[0].is_alive():
            return self._running
        self.stop()
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, os.getpid(), self._ready), daemon=True)
        process.start()
        theirs.close()
        self._running = process, ours
        return self._running


def _answer(process: SpawnProcess, pipe: Connection, limit_s: float, given_up: Callable[[], bool]) -> Any:
    end = time.monotonic() + limit_s
    while not (ready := wait([pipe, process.sentinel], POLL_S)):
        if given_up():
            raise Cancelled
        if time.monotonic() > end:
            raise OverTime
    if pipe not in ready:
        raise EOFError
    return pipe.recv()


def _serve(pipe: Connection, parent: int, ready: Callable[[], None] | None) -> None:
    _prepare(parent, ready)
    while True:
        try:
            function, arguments, options = pipe.recv()
        except EOFError:  # the program needs this worker no more
            return
        pipe.send(None)
        try:
            answer = pickle.dumps((function(*arguments, **options), None, ""))
        except Exception as error:
            answer = pickle.dumps((None, error, traceback.format_exc()))
        pipe.send_bytes(answer)


def _prepare(parent: int, ready: Callable[[], None] | None) -> None:
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
