"""A drop-down list whose arrow has the colour of the theme (a styled QComboBox draws none)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyleOptionComboBox

from desktop.ui import theme, wording


class Choice(QComboBox):
    """Named for screen readers; shrinks before it pushes others out of the window."""

    def __init__(self, name: str) -> None:
        super().__init__()
        wording.name(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.currentTextChanged.connect(self.setToolTip)  # what has no room can still be read

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """What has no room ends in … instead of a letter cut in two."""
        super().initStyleOption(option)
        sizes = theme.current().sizes
        room = self.width() - sizes.icon - 2 * sizes.s
        cut = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        option.currentText = cut

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, half = theme.current().colours, theme.current().sizes.icon / 5
        painter.setPen(QPen(QColor(colours.muted), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = QPointF(self.width() - theme.current().sizes.m - half, self.height() / 2)
        corners = [QPointF(-half, -half / 2), QPointF(0, half / 2), QPointF(half, -half / 2)]
        painter.drawPolyline(QPolygonF([middle + corner for corner in corners]))
        painter.end()
