"""Tasks for the executor's tests: good, slow, dying, failing."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from ocr.errors import TooSmall


def threads() -> int:
    import cv2

    return cv2.getNumThreads()


def double(value: int) -> int:
    return 2 * value


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(marker: Path) -> str:
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def linger_once(marker: Path) -> str:
    """Waits to be killed, with its process's number in `marker`; done at once the second time."""
    if marker.exists():
        return "second try"
    marker.write_text(str(os.getpid()))
    time.sleep(60)
    return "never killed"


def leave_pid(folder: Path) -> None:
    (folder / str(os.getpid())).touch()


def refuse() -> None:
    raise TooSmall(width=1, height=1)


def stumble() -> None:
    raise ZeroDivisionError


def parent_of_worker(into: Path) -> None:
    into.write_text(str(os.getpid()))
    time.sleep(60)
