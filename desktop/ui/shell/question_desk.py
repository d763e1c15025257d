"""Lets a step on another thread ask the person something and wait for the answer."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from desktop.workflow.job import Cancelled

D = TypeVar("D", bound=QDialog)
T = TypeVar("T")


class QuestionDesk(QObject):
    """Dialogs live on the GUI thread; whoever asks is never on it."""

    _asked = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._open = True
        self.dialog: QDialog | None = None
        self._asked.connect(self._put, Qt.ConnectionType.QueuedConnection)

    def put(self, make: Callable[[QWidget], D], answer: Callable[[D, bool], T]) -> T:
        """Open the dialog that `make` makes and wait; `answer` reads it, told whether it was accepted.

        Raises Cancelled when the window goes before there is an answer.
        """
        given: queue.Queue[T] = queue.Queue(1)

        def done(dialog: D, accepted: bool) -> None:
            given.put(answer(dialog, accepted))

        self._asked.emit(lambda: self._ask(make, done))
        while self._open:
            try:
                return given.get(timeout=0.2)
            except queue.Empty:
                continue
        raise Cancelled

    def close(self) -> None:
        """Release whoever waits; the window is going."""
        self._open = False
        if self.dialog is not None:
            self.dialog.reject()

    @Slot(object)
    def _put(self, ask: Callable[[], None]) -> None:
        if self._open:
            ask()

    def _ask(self, make: Callable[[QWidget], D], done: Callable[[D, bool], object]) -> None:
        dialog = make(self._window)
        self.dialog = dialog

        def finished(result: int) -> None:
            self.dialog = None
            done(dialog, result == int(QDialog.DialogCode.Accepted))
            dialog.deleteLater()

        dialog.finished.connect(finished)
        dialog.open()
