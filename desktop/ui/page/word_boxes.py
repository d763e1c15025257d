"""Word boxes over the picture of a page, doubtful words lit up, one place pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop.ui import theme
from desktop.ui.office.model import PageText

if TYPE_CHECKING:  # the window is there before the libraries are loaded
    from ocr.model import Word

Place = tuple[float, float, float, float]
"""A box on the page: left, top, right, bottom in points."""


class WordBoxes(QGraphicsItem):
    """All word boxes of a page in one item: thousands of items would make zooming slow."""

    def __init__(self) -> None:
        super().__init__()
        self.text = PageText(0, 0)
        self.all_shown = False
        self.place: Place | None = None

    def put(self, text: PageText) -> None:
        self.prepareGeometryChange()
        self.text, self.place = text, None

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.text.width, self.text.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        colours = theme.current().colours
        plain = QPen(QColor(theme.LIGHT.accent), 0)
        doubt = QPen(QColor(colours.doubt), 1.5, Qt.PenStyle.DashLine)
        doubt.setCosmetic(True)
        wash = QColor(colours.doubt)
        wash.setAlpha(60)
        for word in self.text.words:
            if word.doubtful:
                painter.setPen(doubt)
                painter.setBrush(QBrush(wash))
                painter.drawRect(rect_of(word.box).adjusted(-1, -1, 1, 1))
            elif self.all_shown:
                painter.setPen(plain)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(rect_of(word.box))
        if self.place is not None:
            pen = QPen(QColor(theme.LIGHT.accent), 3)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect_of(self.place).adjusted(-3, -3, 3, 3))

    def word_at(self, at: QPointF) -> Word | None:
        return next((word for word in self.text.words if rect_of(word.box).contains(at)), None)


def rect_of(box: Place) -> QRectF:
    """The box as Qt draws it."""
    x0, y0, x1, y1 = box
    return QRectF(x0, y0, x1 - x0, y1 - y0)
