"""The five work areas at the left edge."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from desktop.ui import icons, theme, wording

AREAS = ("scan", "dossier", "sign", "verify", "archive")


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
        """Take the width that the size of text needs."""
        sizes = theme.current().sizes
        self.setFixedWidth(sizes.rail)
        for button in self.findChildren(QToolButton):
            button.setFixedWidth(sizes.rail - sizes.s)

    def add(self, icon: str, key: str) -> QToolButton:
        """A button at the end of the rail."""
        button = QToolButton()
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFixedWidth(theme.current().sizes.rail - theme.current().sizes.s)
        icons.put(button, icon, "text")
        wording.say(button, key)
        wording.name(button, key)
        self.column.addWidget(button)
        return button

    def mark(self, area: str) -> None:
        self.buttons[area].setChecked(True)
