"""Ends a login when nothing happened for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from signing.errors import LoginReleased


class IdleWatch(threading.Thread):
    """Calls `release` once nothing was signed for `seconds`; never in the middle of a signature."""

    def __init__(self, seconds: float, release: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._seconds, self._release = seconds, release
        self._busy = threading.Lock()
        self._ended = threading.Event()
        self._last = time.monotonic()
        self.start()

    @contextmanager
    def used(self, name: str) -> Iterator[None]:
        """Holds the login while something is signed, and counts anew afterwards. Raises LoginReleased."""
        with self._busy:
            if self._ended.is_set():
                raise LoginReleased(name=name)
            try:
                yield
            finally:
                self._last = time.monotonic()

    def end(self) -> None:
        """The login is ended otherwise."""
        self._ended.set()

    def run(self) -> None:
        while not self._ended.wait(max(0.0, self._left())):
            with self._busy:
                if self._left() <= 0:
                    self._release()
                    return

    def _left(self) -> float:
        return self._last + self._seconds - time.monotonic()
