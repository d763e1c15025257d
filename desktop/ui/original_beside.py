"""The page as the scanner gave it, beside the clean one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui import theme, wording
from desktop.ui.job_runner import JobRunner
from desktop.ui.page_canvas import PageCanvas


class OriginalBeside(QWidget):
    """Hidden until it is wanted; asks for pictures only while it is shown."""

    def __init__(self, runner: JobRunner, load: Callable[[str, int], bytes]) -> None:
        """`load(page_id, dpi)` gives the untouched picture of a page."""
        super().__init__()
        self._load, self._page = load, ""
        self.canvas = PageCanvas(runner)
        wording.name(self.canvas, "ui.original.name")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().sizes.xs)
        column.addWidget(wording.label("ui.original.name", "muted"))
        column.addWidget(self.canvas, 1)
        self.hide()

    def toggle(self) -> None:
        self.setVisible(self.isHidden())
        self.open(self._page)

    def open(self, page_id: str) -> None:
        """Show this page, now or once it is wanted."""
        self._page = page_id
        if page_id and not self.isHidden():
            self.canvas.open(page_id, lambda dpi: self._load(page_id, dpi))
