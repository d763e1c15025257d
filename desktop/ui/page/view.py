"""A page with its tools: zoom, fit, turn, show words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme, wording
from desktop.ui.actions import Actions
from desktop.ui.job_runner import JobRunner
from desktop.ui.page.canvas import PageCanvas
from desktop.ui.parts.cut_label import CutLabel


class PageView(QWidget):
    """The canvas under a row of tools; `area` tells whose actions these are."""

    def __init__(self, runner: JobRunner, actions: Actions, area: str) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self._actions, self._area = actions, area
        self.canvas = PageCanvas(runner)
        self.caption = CutLabel()
        self.tools = QHBoxLayout()
        self.tools.setSpacing(sizes.xs)
        self._zoom = wording.label(style="muted")
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.s)
        column.addLayout(self.tools)
        self.beside = QHBoxLayout()
        self.beside.setSpacing(sizes.s)
        self.beside.addWidget(self.canvas, 1)
        column.addLayout(self.beside, 1)
        self.tools.addWidget(self.caption, 1)
        self.tools.addWidget(self._zoom)
        self.add_tool("zoom_out", "zoom-out", self.canvas.zoom_out, "Ctrl+-")
        self.add_tool("zoom_in", "zoom-in", self.canvas.zoom_in, "Ctrl+=", "Ctrl++")
        self.add_tool("zoom_fit", "fit", self.canvas.fit, "Ctrl+0")
        self.canvas.zoomed.connect(self._show_zoom)

    def sizeHint(self) -> QSize:
        """High enough to read by, whatever the page on it is."""
        return QSize(super().sizeHint().width(), theme.current().sizes.control * 14)

    def add_above(self, widget: QWidget) -> None:
        """Put something between the tools and the page."""
        self._column.insertWidget(1, widget)

    def add_tool(self, name: str, icon: str, run: Callable[[], object], *keys: str) -> None:
        """A button with its key; its name is unique per area."""
        self._actions.add(self, f"{self._area}.{name}", run, *keys, area=self._area)
        self.add_button(f"{self._area}.{name}", icon)

    def add_button(self, name: str, icon: str) -> None:
        """A button for an action that is there already."""
        action = self._actions[name]
        button = wording.tool(f"ui.action.{name}", icon)
        button.clicked.connect(lambda _checked=False: action.trigger())
        action.enabledChanged.connect(button.setEnabled)
        self.tools.addWidget(button)

    def _show_zoom(self, percent: int) -> None:
        wording.say(self._zoom, "ui.canvas.zoom", percent=percent)
