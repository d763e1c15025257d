"""The office while it opens: the window is on screen before the libraries behind it are loaded."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.ui.office.model import Office


class OpeningOffice:
    """Has every call of `Office`; each waits until the profile is open: only the runner's threads call.

    A profile that cannot be opened (busy, damaged) fails every call with that error.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._ready: Future[Office] = Future()
        self._leave = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="office")

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Wait until the profile is closed again."""
        self._leave.set()
        if self._thread.is_alive():
            self._thread.join()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            return getattr(self._ready.result(), name)(*arguments)

        return call

    def _keep(self) -> None:
        try:
            from desktop.ui.office.steps import open_office

            with open_office(self.home) as office:
                self._ready.set_result(office)
                self._leave.wait()
        except Exception as error:
            if not self._ready.done():
                self._ready.set_exception(error)
            else:
                raise
