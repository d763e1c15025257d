"""Ends a login when nothing happened for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from signing.errors import LoginReleased


class IdleWatch:
    """Calls `release` once nothing was signed for `seconds`; never in the middle of a signature."""

    def __init__(self, seconds: float, release: Callable[[], None]) -> None:
        self._seconds, self._release = seconds, release
        self._busy = threading.Lock()
        self._ended = False
        self._timer = self._start()

    @contextmanager
    def used(self, name: str) -> Iterator[None]:
        """Holds the login while something is signed, and counts anew afterwards. Raises LoginReleased."""
        with self._busy:
            if self._ended:
                raise LoginReleased(name=name)
            self._timer.cancel()
            try:
                yield
            finally:
                self._timer = self._start()

    def end(self) -> None:
        """The login is ended otherwise."""
        self._ended = True
        self._timer.cancel()

    def _start(self) -> threading.Timer:
        timer = threading.Timer(self._seconds, self._expire)
        timer.daemon = True
        timer.start()
        return timer

    def _expire(self) -> None:
        with self._busy:
            # A timer that fired while something was being signed is not the newest one any more.
            if threading.current_thread() is self._timer and not self._ended:
                self._release()
