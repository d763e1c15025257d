"""What every view stands on: the office, the runner, the actions, and how to tell of a problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.actions import Actions
from desktop.ui.job_runner import JobRunner
from desktop.ui.office.model import Office
from desktop.ui.shell.layout_memory import LayoutMemory
from desktop.workflow.job import Changes, Problem


@dataclass(frozen=True, slots=True)
class Desk:
    """Shared by the views of one window."""

    office: Office
    runner: JobRunner
    actions: Actions
    layout: LayoutMemory
    tell: Callable[[tuple[Problem, ...]], None]
    """Show problems in the panel on top."""
    go: Callable[[str, str], None]
    """Go to an area and show a thing there: `go("scan", document_id)`."""
    tries_left: Callable[[int | None], None]
    """What the token said last about its PIN, for the next question."""


class Area(QWidget):
    """One of the five work areas."""

    name = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("area")

    def _column(self) -> QVBoxLayout:
        """What the area stands in, with the margins of all areas."""
        sizes = theme.current().sizes
        made = QVBoxLayout(self)
        made.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        made.setSpacing(sizes.m)
        return made

    def refresh(self, changes: Changes | None = None) -> None:
        """Fetch again what is shown; `changes` None: everything."""

    def take(self, paths: Sequence[Path]) -> None:
        """Files from outside, dropped on the window."""

    def take_focus(self) -> None:
        """Give the keyboard to what a person does here first."""

    def bring(self, part: QWidget) -> None:
        """Scroll to a part of this area, where not all of it fits on the screen."""
        room = self.parentWidget()
        while room is not None and not isinstance(room, QScrollArea):
            room = room.parentWidget()
        if room is not None:
            QTimer.singleShot(0, room, lambda: room.ensureWidgetVisible(part))  # once it has its place

    def show_thing(self, key: str) -> None:
        """Bring a thing of this area into view."""
