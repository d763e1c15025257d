"""One page as large as wanted: wheel or Ctrl+= to zoom, drag to move, word boxes over the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

from desktop.ui import wording
from desktop.ui.job_runner import JobRunner
from desktop.ui.office.model import PageText
from desktop.ui.page.decoding import decoded
from desktop.ui.page.sharp_part import SharpPart
from desktop.ui.page.word_boxes import Place, WordBoxes, rect_of

if TYPE_CHECKING:  # the window is there before the libraries are loaded
    from desktop.ui.page.sharp_part import LoadPart
POINTS_PER_INCH = 72
LEVELS = (110, 220)
"""Picture resolutions: the first arrives fast, the second when the person looks closer."""
CLOSER = 1.3
"""How much finer than its picture a page is looked at before a finer picture is fetched."""
STEP = 1.25
SMALLEST, LARGEST = 0.1, 8.0
SMALLEST_BOX = 20.0
"""Points; a smaller box is a slip of the hand."""


class PageCanvas(QGraphicsView):
    """Shows a page in points; asks for a sharper picture when it is enlarged."""

    zoomed = Signal(int)
    """Percent of the page's true size."""
    shown = Signal(object)
    """The picture of this page is on screen."""
    word_clicked = Signal(object)
    """A word was clicked, not dragged."""
    stepped = Signal(int)
    """The person asked for the next (1) or previous (-1) page."""
    boxed = Signal(object)
    """A box that the person drew after `pick_box`, in points of the page."""

    def __init__(self, runner: JobRunner) -> None:
        super().__init__()
        wording.name(self, "ui.canvas.name")
        self._runner = runner
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.words = WordBoxes()
        self._sharp = SharpPart(self, runner)
        self._scene.addItem(self._picture)
        self._scene.addItem(self._sharp.item)
        self._scene.addItem(self.words)
        self._load: Callable[[int], bytes] | None = None
        self._page: object = None
        self._level = 0
        self._fitted = True
        self._visited = 0
        self._drawn: QRectF | None = None
        self.rubberBandChanged.connect(self._draw)
        self._pressed = QPoint()
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setMouseTracking(True)

    def clear(self) -> None:
        self._page, self._load = None, None
        self._picture.setPixmap(QPixmap())
        self._sharp.open(None)
        self.words.put(PageText(0, 0))

    def open(self, page: object, load: Callable[[int], bytes], load_part: LoadPart | None = None) -> None:
        """Show a page: `load(dpi)` gives its picture, `load_part` a part of it; both on another thread."""
        same = page == self._page
        self._page, self._load, self._level = page, load, 0
        if not same:
            self._visited = 0
            self.words.put(PageText(0, 0))
        self._sharp.open(load_part)
        self._fetch(LEVELS[0])

    def put_text(self, text: PageText) -> None:
        """Words of the page; a place that was pointed at while they were on their way stays marked."""
        place = self.words.place
        self.words.put(text)
        self.words.place = place

    def point_at(self, box: Place | None) -> None:
        """Mark a place on the page, such as where a field was read, and bring it into view."""
        self.words.place = box
        self.words.update()
        if box is not None:
            self.ensureVisible(rect_of(box), 60, 60)

    def next_doubt(self) -> bool:
        """Mark the next doubtful word, the least sure first; False when all were visited."""
        doubts = sorted(
            (word for word in self.words.text.words if word.doubtful), key=lambda word: word.confidence
        )
        if self._visited >= len(doubts):
            self._visited = 0
            return False
        self.point_at(doubts[self._visited].box)
        self._visited += 1
        return True

    def pick_box(self) -> None:
        """The next drag draws a box instead of moving the page; Esc calls it off."""
        self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)

    def _draw(self, view: QRect, _start: QPointF, _end: QPointF) -> None:
        if not view.isNull():
            self._drawn = self.mapToScene(view).boundingRect() & self._scene.sceneRect()
            return
        drawn, self._drawn = self._drawn, None
        self._leave_box()
        if drawn is not None and min(drawn.width(), drawn.height()) > SMALLEST_BOX:
            self.boxed.emit((drawn.left(), drawn.top(), drawn.right(), drawn.bottom()))

    def _leave_box(self) -> None:
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)

    def show_all_words(self, shown: bool) -> None:
        self.words.all_shown = shown
        self.words.update()

    def fit(self) -> None:
        self._fitted = True
        if not self._scene.sceneRect().isEmpty():
            self.fitInView(self._scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
            self._after_zoom()

    def zoom(self, factor: float) -> None:
        self._fitted = False
        wanted = min(max(self.transform().m11() * factor, SMALLEST), LARGEST)
        change = wanted / self.transform().m11()
        self.scale(change, change)
        self._after_zoom()

    def zoom_in(self) -> None:
        self.zoom(STEP)

    def zoom_out(self) -> None:
        self.zoom(1 / STEP)

    def _fetch(self, dpi: int) -> None:
        load, page = self._load, self._page
        if load is None:
            return

        def work() -> QImage:
            return decoded(load(dpi))

        self._runner.read(self, "picture", work, lambda image: self._arrived(page, image, dpi))

    def _arrived(self, page: object, image: QImage, dpi: int) -> None:
        if page != self._page or image.isNull():
            return
        self._level = dpi
        self._picture.setPixmap(QPixmap.fromImage(image))
        self._picture.setScale(POINTS_PER_INCH / dpi)
        self._scene.setSceneRect(self._picture.sceneBoundingRect())
        if self._fitted:
            self.fit()
        else:
            self._after_zoom()
        self.shown.emit(page)

    def _after_zoom(self) -> None:
        self.zoomed.emit(round(self.transform().m11() * POINTS_PER_INCH / self.logicalDpiX() * 100))
        if self._level == LEVELS[0] and self._dpi() > LEVELS[0] * CLOSER:
            self._fetch(LEVELS[1])
        self._look_closer()

    def _look_closer(self) -> None:
        """What is in view is wanted sharp where the finest picture of the page is not."""
        if self._dpi() > LEVELS[1] * CLOSER:
            self._sharp.look(self._dpi())
        else:
            self._sharp.drop()

    def _dpi(self) -> float:
        """Dots of the screen on an inch of the page."""
        return self.transform().m11() * self.devicePixelRatioF() * POINTS_PER_INCH

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._look_closer()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom(STEP**steps)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        dragged = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        word = None if dragged else self.words.word_at(self.mapToScene(at))
        if word is not None and event.button() == Qt.MouseButton.LeftButton:
            self.word_clicked.emit(word)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        else:
            self._look_closer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() == Qt.Key.Key_Escape and self.dragMode() is QGraphicsView.DragMode.RubberBandDrag:
            self._leave_box()
            return
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)
