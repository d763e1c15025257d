"""The work areas, one in view; each is loaded when first wanted, so that the first window comes fast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QStackedWidget

from desktop.ui.desk import Area, Desk
from desktop.ui.shell.rail import AREAS


class AreaStack(QStackedWidget):
    """A room for each area, filled when a person goes there or when nothing else is to be done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.made: dict[str, Area] = {}
        self._rooms = {name: _room() for name in AREAS}
        for room in self._rooms.values():
            self.addWidget(room)

    def shown(self) -> str:
        """The name of the area in view."""
        return AREAS[self.currentIndex()]

    def narrowest(self) -> int:
        """Below this width the area in view would scroll sideways."""
        area = self.made.get(self.shown())
        bar = self._rooms[self.shown()].verticalScrollBar().sizeHint().width()
        return area.minimumSizeHint().width() + bar if area is not None else 0

    def show_area(self, name: str) -> Area:
        """Bring an area into view."""
        self.setCurrentWidget(self._rooms[name])
        return self.area(name)

    def area(self, name: str) -> Area:
        """The area, made when it is first wanted."""
        if name not in self.made:
            self.made[name] = _load(name)(self._desk)
            self._rooms[name].setWidget(self.made[name])
            self._desk.layout.restore_columns(self.made[name])
            self.made[name].refresh()
        return self.made[name]

    def make_rest(self) -> None:
        """Load and make the other areas while the person looks at the first."""
        self._go_on(self._rest())

    def _rest(self) -> Iterator[None]:
        for name in AREAS:
            if name not in self.made:
                _load(name)
                yield
                self.area(name)
                yield

    def _go_on(self, slices: Iterator[None]) -> None:
        """One slice, then whatever the person did meanwhile, then the next."""
        if self._desk.runner.open() and next(slices, slices) is None:
            QTimer.singleShot(0, self, partial(self._go_on, slices))


def _room() -> QScrollArea:
    """Where an area stands: at 200 percent it may need more room than a screen has (WCAG 2.2, 1.4.4)."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def _load(name: str) -> Callable[[Desk], Area]:
    """The class of one of the five areas.

    On the GUI thread: Qt's classes are made as they are imported, which no other thread may do.
    """
    match name:
        case "dossier":
            from desktop.ui.dossier.area import DossierArea

            return DossierArea
        case "sign":
            from desktop.ui.sign.area import SignArea

            return SignArea
        case "verify":
            from desktop.ui.verify.area import VerifyArea

            return VerifyArea
        case "archive":
            from desktop.ui.archive.area import ArchiveArea

            return ArchiveArea
        case _:
            from desktop.ui.scan.area import ScanArea

            return ScanArea
