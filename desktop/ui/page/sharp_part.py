"""What is looked at closely, sharp over the picture of the page: the part in view, fetched when it rests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsView

from desktop.ui.job_runner import JobRunner
from desktop.ui.page.decoding import decoded

if TYPE_CHECKING:  # the first window loads nothing it can do without
    from desktop.workflow.papers.screen_tasks import PagePart, Part

    LoadPart = Callable[[Part, float], PagePart]

REST_MS = 80
"""A hand that goes on zooming or moving asks for nothing."""
MARGIN = 0.2
"""Share of the view that is fetched on every side of it: small moves stay sharp."""
ENOUGH = 1 / 1.3
"""Share of the wanted resolution that still looks sharp."""


class SharpPart(QObject):
    """One picture over a part of the page; the page's own picture is seen wherever it does not reach."""

    def __init__(self, view: QGraphicsView, runner: JobRunner) -> None:
        super().__init__(view)
        self.item = QGraphicsPixmapItem()
        self.item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.dpi = 0.0
        """The resolution that was asked for what is shown; 0 while nothing is."""
        self._view, self._runner = view, runner
        self._load: LoadPart | None = None
        self._part: Part = (0.0, 0.0, 1.0, 1.0)
        self._wanted_dpi = 0.0
        self._turn = 0
        """Counts up when what was asked for is no longer wanted."""
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._fetch)
        view.scene().sceneRectChanged.connect(self._lay)

    def open(self, load: LoadPart | None) -> None:
        """`load(part, dpi)` gives a part of another page and runs on another thread."""
        self._load = load
        self.drop()

    def drop(self) -> None:
        """Show nothing, and let what is on its way arrive for nobody."""
        self._rest.stop()
        self._turn += 1
        self.dpi = 0.0
        self.item.setPixmap(QPixmap())

    def look(self, dpi: float) -> None:
        """The person looks at the page at this resolution, where the view stands now."""
        self._wanted_dpi = dpi
        if self._load is not None and not self._shown_well():
            self._rest.start()

    def _shown_well(self) -> bool:
        left, top, right, bottom = self._in_view()
        shown = self._part
        inside = shown[0] <= left and shown[1] <= top and right <= shown[2] and bottom <= shown[3]
        return inside and self.dpi >= self._wanted_dpi * ENOUGH

    def _in_view(self) -> Part:
        view, page = self._view, self._view.sceneRect()
        seen = view.mapToScene(view.viewport().rect()).boundingRect() & page
        wide, high = page.width(), page.height()
        return seen.left() / wide, seen.top() / high, seen.right() / wide, seen.bottom() / high

    def _fetch(self) -> None:
        load, dpi, turn = self._load, self._wanted_dpi, self._turn
        if load is None or self._view.sceneRect().isEmpty() or self._shown_well():
            return  # it came while the hand was still moving
        left, top, right, bottom = self._in_view()
        across, down = (right - left) * MARGIN, (bottom - top) * MARGIN
        part = max(0, left - across), max(0, top - down), min(1, right + across), min(1, bottom + down)

        def work() -> tuple[QImage, Part]:
            found = load(part, dpi)
            return decoded(found.jpeg), found.part

        def arrive(found: tuple[QImage, Part]) -> None:
            if turn == self._turn:
                self._show(*found, dpi)

        self._runner.read(self, "part", work, arrive)

    def _show(self, image: QImage, part: Part, dpi: float) -> None:
        if not image.isNull():
            self.dpi, self._part = dpi, part
            self.item.setPixmap(QPixmap.fromImage(image))
            self._lay()

    def _lay(self) -> None:
        """Where the picture of the page shows the same, to the fraction of a pixel."""
        size, page = self.item.pixmap().size(), self._view.sceneRect()
        if size.isEmpty():
            return
        left, top, right, bottom = self._part
        across = (right - left) * page.width() / size.width()
        down = (bottom - top) * page.height() / size.height()
        self.item.setPos(left * page.width(), top * page.height())
        self.item.setTransform(QTransform.fromScale(across, down))
