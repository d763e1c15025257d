"""What a command costs: time, processor and memory of it and of every process under it."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL = 0.15
"""Seconds between two looks at the memory: short enough for a page, long enough to cost nothing itself."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The cost of one run."""

    wall_s: float
    cpu_s: float
    """User and system time of the command and of every process under it that was waited for."""
    peak_bytes: int
    """Most memory of all its processes together; memory they share counts once."""


class CommandFailed(Exception):
    """A command of the comparison ended with an error; the end of what it said is in the message."""


def run(command: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> Usage:
    """Runs the command to its end. What it says goes to the log."""
    with log.open("wb") as out:
        begin = time.monotonic()
        process = subprocess.Popen(
            [str(part) for part in command],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watch = _MemoryWatch(process.pid)
        try:
            watch.start()
            # wait4 and not wait: it tells the time of the whole tree, not of the first process
            _, status, spent = os.wait4(process.pid, 0)
            wall = time.monotonic() - begin
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            watch.stop()
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace")[-800:]
        raise CommandFailed(f"{command[0]} ended with {process.returncode}: {said}")
    return Usage(wall, spent.ru_utime + spent.ru_stime, watch.peak)


class _MemoryWatch(threading.Thread):
    """Looks at a tree of processes until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(INTERVAL):
            self.peak = max(self.peak, _memory_of_tree(self._pid))

    def stop(self) -> None:
        self._over.set()
        if self.is_alive():
            self.join()


def _memory_of_tree(pid: int) -> int:
    try:
        root = psutil.Process(pid)
        tree = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    return sum(_memory(process) for process in tree)


def _memory(process: psutil.Process) -> int:
    """Proportional set size in bytes; nothing for a process that is just gone."""
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.ZombieProcess, psutil.AccessDenied):
        return 0
