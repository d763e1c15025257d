"""Watches that the GUI thread stays awake: whatever keeps it for over 200 ms is logged with the place.

A busy computer is not our fault: a late tick counts only when the GUI thread itself used the time or was
held in a call while the watching thread ran on time.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

LOG = logging.getLogger("tramso")
LIMIT_S = 0.2
TICK_S = 0.04


@dataclass(frozen=True, slots=True)
class Stall:
    """The GUI thread did not answer for so long, last seen at that place."""

    seconds: float
    place: str


class Watchdog(QObject):
    """Ticks on the GUI thread; a second thread looks whether the ticks come."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stalls: list[Stall] = []
        self._main = threading.get_ident()
        self._place = ""
        self._witness_late = 0.0
        self._last = time.monotonic()
        self._used = time.thread_time()
        self._stop = threading.Event()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin, once the event loop has time for the first tick."""
        if self._thread.is_alive():
            return
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        if not self._stop.is_set() and not self._thread.is_alive():
            self._last, self._used = time.monotonic(), time.thread_time()
            self._timer.start(round(TICK_S * 1000))
            self._thread.start()

    def stop(self) -> None:
        self._timer.stop()
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _tick(self) -> None:
        now, used = time.monotonic(), time.thread_time()
        gap, worked = now - self._last - TICK_S, used - self._used
        if gap > LIMIT_S and (worked > gap / 2 or self._witness_late < gap / 2):
            stall = Stall(gap, self._place)
            self.stalls.append(stall)
            LOG.warning("the window stood still for %.0f ms at %s", gap * 1000, self._place or "-")
        self._last, self._used = now, used
        self._place, self._witness_late = "", 0.0

    def _watch(self) -> None:
        while True:
            before = time.monotonic()
            if self._stop.wait(TICK_S):
                return
            now = time.monotonic()
            self._witness_late = max(self._witness_late, now - before - TICK_S)
            if now - self._last > LIMIT_S / 2 + TICK_S:
                self._place = _where(self._main) or self._place


def _where(thread: int) -> str:
    """The innermost places of a thread: names and line numbers only, never values."""
    frame = sys._current_frames().get(thread)
    places: list[str] = []
    while frame is not None and len(places) < 6:
        places.append(f"{frame.f_code.co_qualname}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(places)
