"""The page as the scanner gave it, beside the clean one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui import theme, wording
from desktop.ui.job_runner import JobRunner
from desktop.ui.office.model import Office
from desktop.ui.page.canvas import PageCanvas


class OriginalBeside(QWidget):
    """Hidden until it is wanted; asks for pictures only while it is shown."""

    def __init__(self, runner: JobRunner, office: Office) -> None:
        super().__init__()
        self._runner, self._office, self._page = runner, office, ""
        self.canvas: PageCanvas | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().sizes.xs)
        self.hide()

    def toggle(self) -> None:
        self.setVisible(self.isHidden())
        self.open(self._page)

    def open(self, page_id: str) -> None:
        """Show this page, now or once it is wanted."""
        self._page = page_id
        if page_id and not self.isHidden():
            self.canvas = self.canvas or self._make()
            self.canvas.open(
                page_id,
                partial(self._office.original_picture, page_id),
                partial(self._office.original_part, page_id),
            )

    def _make(self) -> PageCanvas:
        made = PageCanvas(self._runner)
        wording.name(made, "ui.original.name")
        self._column.addWidget(wording.label("ui.original.name", "muted"))
        self._column.addWidget(made, 1)
        return made
