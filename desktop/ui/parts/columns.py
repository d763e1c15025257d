"""Panels beside or below each other, with borders that a person drags."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.ui import theme

LOWEST, HIGHEST = 6, 14
"""Heights of a control: between these a panel stands that has another below it."""


class Columns(QSplitter):
    """Panels from left to right; from top to bottom where they have no room (WCAG 2.2, 1.4.10)."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._beside: list[int] = []

    def stacked(self) -> bool:
        return self.orientation() is Qt.Orientation.Vertical

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(max((_narrowest(panel) for panel in self._panels()), default=0), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a panel needs another width now
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        panels = self._panels()
        needed = sum(map(_narrowest, panels)) + self.handleWidth() * (len(panels) - 1)
        stacked = needed > self.width()
        if stacked and not self.stacked():
            self._beside = self.sizes()
            self.setOrientation(Qt.Orientation.Vertical)
        elif self.stacked() and not stacked:
            self.setOrientation(Qt.Orientation.Horizontal)
            self.setSizes(self._beside)
        heights = [_height(panel, self.width()) if stacked else 0 for panel in panels]
        for panel, height in zip(panels, heights, strict=True):
            panel.setMinimumHeight(height)
        self.setMinimumHeight(sum(heights) + self.handleWidth() * (len(panels) - 1) if stacked else 0)

    def _panels(self) -> list[QWidget]:
        found = (self.widget(place) for place in range(self.count()))
        return [panel for panel in found if panel is not None and panel.isVisibleTo(self)]


def beside(name: str, *panels: QWidget) -> QSplitter:
    """Panels from left to right, below each other where it is narrow; under `name` their widths are kept."""
    return _filled(Columns(), name, panels)


def below(name: str, *panels: QWidget) -> QSplitter:
    """Panels from top to bottom; under `name` their heights are remembered."""
    return _filled(QSplitter(Qt.Orientation.Vertical), name, panels)


def titled(title: QWidget, body: QWidget) -> QWidget:
    """A heading over a widget."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().sizes.xs)
    column.addWidget(title)
    column.addWidget(body, 1)
    return made


def _narrowest(panel: QWidget) -> int:
    return max(panel.minimumWidth(), panel.minimumSizeHint().width())


def _height(panel: QWidget, width: int) -> int:
    """What a panel needs that has others above or below it: never less than its words take."""
    control, layout = theme.current().sizes.control, panel.layout()
    needed = layout.totalMinimumHeightForWidth(width) if layout is not None else -1
    liked = min(max(panel.sizeHint().height(), control * LOWEST), control * HIGHEST)
    return max(needed, panel.minimumSizeHint().height(), liked)


def _filled(made: QSplitter, name: str, panels: tuple[QWidget, ...]) -> QSplitter:
    made.setObjectName(name)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(theme.current().sizes.s)
    for panel in panels:
        made.addWidget(panel)
    return made
