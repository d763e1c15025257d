"""What can be done to the pages of the strip: every action with its key, in the menu and in the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.ui import wording
from desktop.ui.desk import Desk
from desktop.ui.page.canvas import PageCanvas
from desktop.ui.page.thumbnails import ThumbnailStrip
from desktop.ui.page.word_boxes import Place
from desktop.workflow.job import Outcome
from desktop.workflow.pages.edit_commands import Action, Adjust, Rearrange, TakeBack

READ_AFTER_MS = 600
"""Pages that were changed are read again once the person pauses."""
LEAN_DEG = 0.5


class PageEditing(QObject):
    """Edits the pages chosen in the strip; each edit can be taken back."""

    def __init__(
        self, desk: Desk, owner: QWidget, strip: ThumbnailStrip, canvas: PageCanvas, batch: Callable[[], str]
    ) -> None:
        super().__init__(owner)
        self._desk, self._owner, self._strip, self._canvas, self._batch = desk, owner, strip, canvas, batch
        self._unread: set[str] = set()
        self._reading = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(READ_AFTER_MS)
        self._pause.timeout.connect(self._read)
        canvas.boxed.connect(self._crop)
        self.button = QPushButton()
        wording.say(self.button, "ui.scan.edit")
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self._add_actions()

    def _add_actions(self) -> None:
        self._add("undo", self.undo, "Ctrl+Z")
        self._add("redo", self.redo, "Ctrl+Y", "Ctrl+Shift+Z")
        self.menu.addSeparator()
        self._add("rotate_left", partial(self._turn, 270), "Ctrl+Shift+Left")
        self._add("rotate_right", partial(self._turn, 90), "Ctrl+Shift+Right")
        self._add("flip", partial(self._turn, 180), "Ctrl+Shift+Down")
        self._add("lean_left", partial(self._lean, LEAN_DEG), "Ctrl+Alt+Left")
        self._add("lean_right", partial(self._lean, -LEAN_DEG), "Ctrl+Alt+Right")
        self._add("crop", self._canvas.pick_box, "Ctrl+Shift+X")
        self._add("reset", self._reset, "Ctrl+Shift+0")
        self.menu.addSeparator()
        self._add("remove", partial(self._rearrange, "remove"), "Del")
        self._add("move_up", partial(self._move, -1), "Ctrl+Up")
        self._add("move_down", partial(self._move, 1), "Ctrl+Down")
        self._add("part", partial(self._rearrange, "part"), "Ctrl+D")
        self._add("join", partial(self._rearrange, "join"), "Ctrl+J")
        self._add("spread", partial(self._rearrange, "spread"), "Ctrl+Shift+2")
        self._add("interleave", partial(self._interleave, "interleave"))
        self._add("interleave_reversed", partial(self._interleave, "interleave_reversed"))

    def _add(self, name: str, run: Callable[[], object], *keys: str) -> None:
        action = self._desk.actions.add(self._owner, f"scan.{name}", run, *keys, area="scan")
        self.menu.addAction(action)

    def undo(self) -> None:
        self._take_back(again=False)

    def redo(self) -> None:
        self._take_back(again=True)

    def read_soon(self, batch: str) -> None:
        """Read what is unread in a batch; edits in between join the same reading."""
        if batch:
            self._unread.add(batch)
            self._pause.start()

    def _take_back(self, again: bool) -> None:
        batch, office = self._batch(), self._desk.office
        if batch:
            self._desk.runner.act(
                lambda context: office.take_back(TakeBack(batch, again), context),
                lambda outcome: self._edited(batch, outcome),
            )

    def _turn(self, turn: Literal[90, 180, 270]) -> None:
        self._adjust(Adjust(self._batch(), self._chosen(), turn=turn))

    def _lean(self, by: float) -> None:
        self._adjust(Adjust(self._batch(), self._chosen(), skew_deg=by))

    def _crop(self, box: Place) -> None:
        page = self._strip.page()
        if page is not None:
            self._adjust(Adjust(self._batch(), (page.id,), crop=box))

    def _reset(self) -> None:
        self._adjust(Adjust(self._batch(), self._chosen(), reset=True))

    def _move(self, by: int) -> None:
        chosen = self._strip.selected()
        if chosen:
            self._rearrange("move", max(chosen[0].position + by, 0))

    def _interleave(self, action: Action) -> None:
        """The chosen pages, or all where only one is chosen."""
        chosen = self._chosen()
        every = tuple(page.id for page in sorted(self._strip.pages.pages, key=lambda page: page.position))
        self._send(Rearrange(self._batch(), action, chosen if len(chosen) > 1 else every))

    def _rearrange(self, action: Action, to: int = 0) -> None:
        self._send(Rearrange(self._batch(), action, self._chosen(), to))

    def _send(self, order: Rearrange) -> None:
        office = self._desk.office
        if order.batch_id and order.page_ids:
            self._desk.runner.act(
                lambda context: office.rearrange(order, context),
                lambda outcome: self._edited(order.batch_id, outcome),
            )

    def _adjust(self, order: Adjust) -> None:
        office = self._desk.office
        if order.batch_id and order.page_ids:
            self._desk.runner.act(
                lambda context: office.adjust(order, context),
                lambda outcome: self._edited(order.batch_id, outcome),
            )

    def _edited(self, batch: str, outcome: Outcome[object]) -> None:
        self._desk.tell(outcome.problems)
        if outcome.value is not None:
            self.read_soon(batch)

    def _read(self) -> None:
        if self._reading or not self._unread:
            return
        self._reading = True
        batch, office = self._unread.pop(), self._desk.office
        self._desk.runner.submit(
            "ui.job.read",
            lambda context: office.read_batch(batch, context),
            lambda outcome: self._desk.tell(outcome.problems),
            after=self._was_read,
        )

    def _was_read(self) -> None:
        self._reading = False
        if self._unread:
            self._pause.start()

    def _chosen(self) -> tuple[str, ...]:
        return tuple(page.id for page in self._strip.selected())
