"""A hot folder at work: what it brought, what is still being written, and the button that ends it."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui import wording
from desktop.ui.desk import Desk
from desktop.ui.job_runner import Job
from desktop.ui.parts import chooser
from desktop.ui.parts.banner import Banner
from desktop.workflow.inputs import PAPERS
from desktop.workflow.job import Outcome
from desktop.workflow.scan.orders import TakeArrived

if TYPE_CHECKING:  # the window is there before the libraries are loaded
    from desktop.workflow.papers.intake import TakenIn
    from ocr.files.arrivals import Arrivals, Arrived

LOOK_MS = 1000
SILENT_LOOKS = 10
"""A share that has not answered for so many looks is said to be silent."""
AT_ONCE = 100
"""Files taken in by one job: of ten thousand the first are on screen soon, and a stop is quick."""
BATCH_FILES = 500
QUIET_LOOKS = 8
"""After so many looks without anything new the stack is whole: it is read, the next file starts another."""


class HotFolder(Banner):
    """Watches one folder while it is shown. The folder is looked at on a thread of its own, one look at a

    time: a share that hangs holds up nothing else, not even closing the window.
    """

    arrived = Signal(str)
    """A batch whose files have all come: it can be read."""
    _looked = Signal(object)

    def __init__(self, desk: Desk, area: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._arrivals: Arrivals | None = None
        self._whole: list[Path] = []
        self._others: list[Path] = []
        self._growing = self._count = self._in_batch = self._looks = self._quiet = 0
        self._batch: str | None = None
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._looked.connect(self._seen)
        self._build()
        desk.actions.add(area, "scan.hot_folder", self.choose, "Ctrl+H", area="scan")
        desk.actions.add(area, "scan.hot_folder_stop", self.stop, "Ctrl+Shift+H", area="scan")

    def _build(self) -> None:
        self.end = wording.button("ui.action.scan.hot_folder_stop", "stop")
        self.end.clicked.connect(self.stop)
        self.offer(self.end)
        self.hide()

    def refresh(self) -> None:
        """Go on with the folder of the settings, as after a start."""
        if self._arrivals is None:
            self._desk.runner.read(self, "hot_folder", self._desk.office.hot_folder, self._go_on)

    def choose(self) -> None:
        chooser.folder(self, "ui.hot_folder.choose", self.start)

    def start(self, folder: Path) -> None:
        """Watch this folder from now on, and after the next start too."""
        self._keep(folder)
        self._watch(folder)

    def stop(self) -> None:
        """What came stays, and is read; files that come later are left where they are."""
        self._keep(None)
        self._timer.stop()
        self._arrivals = None
        self._whole.clear()
        self.hide()
        self._hand_on()

    def _keep(self, folder: Path | None) -> None:
        office = self._desk.office
        self._desk.runner.read(self, "keep", lambda: office.keep_hot_folder(folder), lambda _: None)

    def _go_on(self, folder: Path | None) -> None:
        if folder is not None:
            self._watch(folder)

    def _watch(self, folder: Path) -> None:
        from ocr.files.arrivals import Arrivals

        self._arrivals, self._batch = Arrivals(folder, PAPERS), None
        self._growing = self._count = self._looks = self._quiet = 0
        self.put("neutral", "ui.hot_folder.title", "folder", folder=str(folder))
        self._tell()
        self.show()
        self._timer.start()
        self._look()

    def _look(self) -> None:
        """Start a look, unless the last one has not come back."""
        self._looks += 1
        if self._looks == 1 and self._arrivals is not None:
            threading.Thread(target=self._ask, args=(self._arrivals,), daemon=True, name="hot folder").start()
        elif self._looks > SILENT_LOOKS:
            self.explain("ui.hot_folder.silent")

    def _ask(self, arrivals: Arrivals) -> None:
        """On the look's own thread."""
        try:
            found: object = (arrivals, arrivals.look(time.monotonic()))
        except OSError as error:
            found = (arrivals, error)
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._looked.emit(found)

    def _seen(self, told: tuple[Arrivals, Arrived | OSError]) -> None:
        arrivals, found = told
        if arrivals is not self._arrivals:
            return
        self._looks = 0
        if isinstance(found, OSError):
            self.explain("ui.hot_folder.unreadable")
            return
        self._whole += found.whole
        self._others += found.others
        self._growing = found.growing
        self._quiet = 0 if found.whole or found.growing else self._quiet + 1
        self._tell()
        self._take_some()

    def _tell(self) -> None:
        waiting = len(self._whole) + self._growing
        key = "ui.hot_folder.waiting" if waiting else "ui.hot_folder.state"
        self.explain(key, taken=self._count, whole=len(self._whole), growing=self._growing)

    def _take_some(self) -> None:
        if self._job is not None or self._arrivals is None:
            return
        if self._in_batch >= BATCH_FILES or self._quiet >= QUIET_LOOKS:
            self._hand_on()
        if not (self._whole or self._others):
            return
        part, self._whole = tuple(self._whole[:AT_ONCE]), self._whole[AT_ONCE:]
        order = TakeArrived(self._arrivals.folder, part, tuple(self._others), self._batch)
        self._others.clear()
        office = self._desk.office
        self._job = self._desk.runner.submit(
            "ui.job.hot_folder", lambda context: office.take_arrived(order, context), self._taken,
            after=self._took, n=len(part),
        )  # fmt: skip

    def _taken(self, outcome: Outcome[tuple[TakenIn, ...]]) -> None:
        new = [entry for entry in outcome.value if not entry.known]
        self._count += len(new)
        if new:
            self._batch = new[-1].batch_id
            self._in_batch += len(new)
        self._desk.tell(outcome.problems)
        if any(problem.code == "disk_full" for problem in outcome.problems):
            self.stop()

    def _took(self) -> None:
        cancelled = self._job is not None and self._job.stop.is_set()
        self._job = None
        if cancelled:
            self.stop()
        self._tell()
        self._take_some()

    def _hand_on(self) -> None:
        batch, self._batch, self._in_batch = self._batch, None, 0
        if batch:
            self.arrived.emit(batch)
