"""What lies over the page while it waits to be signed: the mark, to be dragged, and the word PRACTICE."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from desktop import messages
from desktop.ui import theme
from signing.model import Placement

STEP, FINE = 6.0, 1.0
"""Points that a key moves the mark."""
_CENTRED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
_PAPER_RED, _PAPER_BLUE = "#b3261e", "#14599d"
"""The page stays white in the dark theme, and so do the colours on it."""


class MarkItem(QGraphicsItem):
    """Where the mark will stand; its size is the law's and cannot be changed."""

    def __init__(self, moved: Callable[[Placement], object]) -> None:
        super().__init__()
        self._moved = moved
        self._place: Placement | None = None
        self._label = ""
        self.page = QRectF()
        """The page that is on screen: the mark stays on it."""
        self.covers = False
        """It lies on text."""
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setZValue(2)
        self.hide()

    def put(self, place: Placement | None, label: str, covers: bool) -> None:
        """Show the mark at a place of the page that is on screen; None hides it."""
        self.prepareGeometryChange()
        self._place, self._label, self.covers = place, label, covers
        self.setVisible(place is not None)
        if place is not None:
            self.setPos(place.x0, place.y0)
        self.update()

    def nudge(self, across: float, down: float) -> None:
        """Move by points, as the keys do."""
        if self._place is not None:
            self.setPos(self.pos() + QPointF(across, down))
            self._tell()

    def boundingRect(self) -> QRectF:
        place = self._place
        if place is None:
            return QRectF()
        return QRectF(-1, -1, place.x1 - place.x0 + 2, place.y1 - place.y0 + 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        colour = QColor(_PAPER_RED if self.covers else _PAPER_BLUE)
        wash = QColor(colour)
        wash.setAlpha(46)
        pen = QPen(colour, 2, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(wash)
        rect = self.boundingRect().adjusted(1, 1, -1, -1)
        painter.drawRect(rect)
        font = QFont(painter.font())
        # As large as other words on the screen, however small the page on it.
        font.setPointSizeF(theme.current().sizes.points / max(painter.worldTransform().m11(), 0.1))
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, _CENTRED, self._label)

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: object) -> object:
        if change == QGraphicsItem.GraphicsItemChange.ItemPositionChange and isinstance(value, QPointF):
            return self._within(value)
        return super().itemChange(change, value)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._tell()

    def _within(self, at: QPointF) -> QPointF:
        page, own = self.page, self.boundingRect().adjusted(1, 1, -1, -1)
        if page.isEmpty():
            return at
        x = min(max(at.x(), 0.0), max(page.width() - own.width(), 0.0))
        y = min(max(at.y(), 0.0), max(page.height() - own.height(), 0.0))
        return QPointF(x, y)

    def _tell(self) -> None:
        place = self._place
        if place is None or (self.x(), self.y()) == (place.x0, place.y0):
            return
        wide, high = place.x1 - place.x0, place.y1 - place.y0
        self._place = Placement(place.page, self.x(), self.y(), self.x() + wide, self.y() + high)
        self._moved(self._place)


class PracticeWatermark(QGraphicsItem):
    """THỰC HÀNH across the page: nothing that is signed with a practice key is real."""

    def __init__(self) -> None:
        super().__init__()
        self._page = QRectF()
        self.setZValue(1)
        self.hide()

    def cover(self, page: QRectF) -> None:
        """Lie over a page of this size."""
        self.prepareGeometryChange()
        self._page = page

    def boundingRect(self) -> QRectF:
        return self._page

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        rect = self._page
        colour = QColor(theme.LIGHT.bad)
        colour.setAlpha(54)
        font = QFont(painter.font())
        font.setBold(True)
        font.setPointSizeF(max(rect.width() / 13, 1))
        painter.save()
        painter.setFont(font)
        painter.setPen(colour)
        painter.translate(rect.center())
        painter.rotate(-52)
        wide = rect.width() * 1.4
        painter.drawText(
            QRectF(-wide / 2, -wide / 6, wide, wide / 3),
            int(Qt.AlignmentFlag.AlignCenter),
            messages.text("ui.sign.watermark"),
        )
        painter.restore()
