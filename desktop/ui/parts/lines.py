"""Groups of controls on one line, going on below where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme


class Lines(QWidget):
    """Keeps the order of its groups; none is cut and nothing scrolls sideways (WCAG 2.2, 1.4.10)."""

    def __init__(self, *groups: QWidget) -> None:
        super().__init__()
        self._groups: tuple[QWidget, ...] = ()
        self._breaks = [0]
        self._lines: list[QHBoxLayout] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().sizes.s)
        self.hold(*groups)

    def hold(self, *groups: QWidget) -> None:
        """Take these groups after those that are here."""
        self._groups += groups
        for _ in groups:
            line = QHBoxLayout()
            line.setSpacing(theme.current().sizes.s)
            self._column.addLayout(line)
            self._lines.append(line)
        self._put(self._breaks)

    def minimumSizeHint(self) -> QSize:
        return QSize(max(map(_narrowest, self._groups), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a group needs another width now
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """As many groups on a line as have room."""
        breaks, used = [0], 0
        for place, group in enumerate(self._groups):
            wanted = _narrowest(group) + theme.current().sizes.s
            if used and used + wanted - theme.current().sizes.s > self.width():
                breaks.append(place)
                used = 0
            used += wanted
        if breaks != self._breaks:
            self._put(breaks)

    def _put(self, breaks: list[int]) -> None:
        for line in self._lines:
            for group in self._groups:
                line.removeWidget(group)
        ends = [*breaks[1:], len(self._groups)]
        for line, start, end in zip(self._lines, breaks, ends, strict=False):
            for group in self._groups[start:end]:
                line.addWidget(group, group.sizePolicy().horizontalStretch())
        self._breaks = breaks


def group(*widgets: QWidget, stretch: int = 0, slack: int = 0) -> QWidget:
    """Controls that stay together; `stretch` is their share of a line's rest, `slack` of it stays empty."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current().sizes.s)
    for widget in widgets:
        row.addWidget(widget, widget.sizePolicy().horizontalStretch())
    if slack:
        row.addStretch(slack)
    share(made, stretch)
    return made


def share(widget: QWidget, stretch: int) -> None:
    """Give a widget its share of what is left of its line."""
    policy = widget.sizePolicy()
    policy.setHorizontalStretch(stretch)
    widget.setSizePolicy(policy)


def _narrowest(group: QWidget) -> int:
    return max(group.minimumWidth(), group.minimumSizeHint().width())
