"""The five work areas at the left edge: words under their icons, beside them on a low screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from desktop.ui import icons, theme, wording

AREAS = ("scan", "dossier", "sign", "verify", "archive")
_TALL = 2
"""Heights of a control that a button takes with its words under its icon."""


class Rail(QFrame):
    """One button per area, the chosen one marked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self.setObjectName("rail")
        wording.name(self, "ui.rail")
        self.buttons: dict[str, QToolButton] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, sizes.s, 0, sizes.xs)
        self.column.setSpacing(sizes.xs)
        self._group = QButtonGroup(self)
        for number, area in enumerate(AREAS, 1):
            button = self.add(area, f"ui.area.{area}")
            button.setCheckable(True)
            wording.say(button, "ui.rail.hint", "setToolTip", n=number)
            self._group.addButton(button)
            button.clicked.connect(lambda _checked=False, area=area: self.chosen.emit(area))
            self.buttons[area] = button
        self.column.addStretch(1)
        self.fit()

    def fit(self) -> None:
        """Take the width that the size of text needs, and the lines that the height allows."""
        sizes, buttons = theme.current().sizes, self.findChildren(QToolButton)
        low = self.height() < len(buttons) * sizes.control * _TALL
        styles = Qt.ToolButtonStyle
        style = styles.ToolButtonTextBesideIcon if low else styles.ToolButtonTextUnderIcon
        width = sizes.rail + (sizes.icon + sizes.s if low else 0)
        self.setFixedWidth(width)
        for button in buttons:
            button.setToolButtonStyle(style)
            button.setFixedWidth(width - sizes.s)

    def minimumSizeHint(self) -> QSize:
        sizes = theme.current().sizes
        return QSize(self.width(), len(self.findChildren(QToolButton)) * (sizes.control + sizes.xs))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def add(self, icon: str, key: str) -> QToolButton:
        """A button at the end of the rail."""
        button = QToolButton()
        icons.put(button, icon, "text")
        wording.say(button, key)
        wording.name(button, key)
        self.column.addWidget(button)
        return button

    def mark(self, area: str) -> None:
        self.buttons[area].setChecked(True)
