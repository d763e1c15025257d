"""Asks a scanner now and then whether it is there.

Each question has a thread of its own, one at a time: a driver that hangs holds up neither the window nor
its end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.workflow.scan.orders import ScannerState

EVERY_MS = 60_000


class ScannerWatch(QObject):
    """Watches one address; while something is scanned it is not asked."""

    told = Signal(object)
    """The ScannerState of the address that is watched."""
    _answered = Signal(str, object)

    def __init__(self, ask: Callable[[str], ScannerState], parent: QObject) -> None:
        super().__init__(parent)
        self._ask, self.address = ask, ""
        self._asking = self._held = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._answered.connect(self._came)

    def watch(self, address: str) -> None:
        """From now on this scanner; none where the address is empty."""
        if address == self.address:
            return
        self.address = address
        if address:
            self._timer.start()
            self.look()
        else:
            self._timer.stop()

    def hold(self, held: bool) -> None:
        """Ask nothing while it scans; afterwards at once."""
        before, self._held = self._held, held
        if before and not held:
            self.look()

    def stop(self) -> None:
        self._timer.stop()
        self.address = ""

    def look(self) -> None:
        """Ask, unless the last question is still open."""
        if self.address and not self._held and not self._asking:
            self._asking = True
            thread = threading.Thread(target=self._put, args=(self.address,), daemon=True, name="scanner")
            thread.start()

    def _put(self, address: str) -> None:
        """On the question's own thread."""
        state = self._ask(address)
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._answered.emit(address, state)

    def _came(self, address: str, state: ScannerState) -> None:
        self._asking = False
        if address == self.address:
            self.told.emit(state)
        else:
            self.look()
