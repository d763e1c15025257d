"""Paints rows: every list of the window looks the same."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import icons, theme
from desktop.ui.parts.banner import COLOUR_OF
from desktop.ui.parts.row_model import ROW, Index, Row


class RowDelegate(QStyledItemDelegate):
    """Paints a row, the mark at its right edge."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        sizes, row = theme.current().sizes, cast(Row, index.data(ROW))
        title, height = QFontMetrics(_bold(option.font)).height(), sizes.s * 2 + sizes.xs
        if row.below and row.wrapped:
            view = self.parent()
            width = view.viewport().width() if isinstance(view, QListView) else 0
            tick = sizes.icon + sizes.s if row.checked is not None else 0
            used = tick + _mark_width(row, option.font)
            inner = max(width - sizes.s * 2 - used - sizes.m, sizes.control * 4)
            below = _wrapped(QFontMetrics(option.font), row.below, inner).height()
        else:
            below = title if row.below else 0
        return QSize(sizes.control * 4, height + title + below)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        sizes, colours = theme.current().sizes, theme.current().colours
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(1, 1, -1, -2)
        _background(painter, option, rect)
        inner = rect.adjusted(sizes.s, sizes.xs, -sizes.s, -sizes.xs)
        if row.checked is not None:
            _tick(painter, inner, row.checked)
            inner.setLeft(inner.left() + sizes.icon + sizes.s)
        used = _mark_width(row, option.font)
        if used:
            _mark(painter, inner, row, option.font)
        metrics = QFontMetrics(_bold(option.font))
        painter.setFont(_bold(option.font))
        painter.setPen(QColor(colours.text))
        width = inner.width() - used
        top = QRect(inner.left(), inner.top() + sizes.xs // 2, width, metrics.height())
        if not row.below:
            top.moveTop(inner.center().y() - metrics.height() // 2)
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, _cut(metrics, row.title, width))
        painter.setFont(option.font)
        painter.setPen(QColor(colours.muted))
        small = QFontMetrics(option.font)
        below = QRect(top.left(), top.bottom() + 2, width, inner.bottom() - top.bottom())
        if row.wrapped:
            painter.drawText(below, _WRAP, row.below)
        else:
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, _cut(small, row.below, width))
        painter.restore()


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _cut(metrics: QFontMetrics, words: str, width: int) -> str:
    return metrics.elidedText(words.replace("\n", " "), Qt.TextElideMode.ElideRight, width)


_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


def _wrapped(metrics: QFontMetrics, words: str, width: int) -> QRect:
    return metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, words)


def _background(painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
    sizes, colours = theme.current().sizes, theme.current().colours
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    if selected or hovered:
        painter.setBrush(QColor(colours.accent_soft if selected else colours.neutral_soft))
        painter.setPen(QPen(QColor(colours.accent), 2) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, sizes.radius, sizes.radius)


def _tick(painter: QPainter, inner: QRect, checked: bool) -> None:
    sizes, colours = theme.current().sizes, theme.current().colours
    side = sizes.icon - 4
    box = QRect(inner.left(), inner.center().y() - side // 2, side, side)
    painter.setPen(QPen(QColor(colours.accent if checked else colours.muted), 1.5))
    painter.setBrush(QColor(colours.accent if checked else colours.surface))
    painter.drawRoundedRect(box, 3, 3)
    if checked:
        painter.setPen(QPen(QColor(colours.on_accent), 2))
        corners = ((0.25, 0.5), (0.45, 0.7), (0.8, 0.3))
        painter.drawPolyline([box.topLeft() + QPoint(int(x * side), int(y * side)) for x, y in corners])


def _mark_width(row: Row, font: QFont) -> int:
    """Room that the mark takes at the right edge."""
    if not row.mark:
        return 0
    sizes, metrics = theme.current().sizes, QFontMetrics(font)
    side = metrics.height() + sizes.xs if icons.drawing(row.icon) else 0
    return metrics.horizontalAdvance(row.mark) + side + sizes.s * 3


def _mark(painter: QPainter, inner: QRect, row: Row, font: QFont) -> None:
    sizes, metrics = theme.current().sizes, QFontMetrics(font)
    strong, soft = theme.current().colours.tone(row.tone)
    side = metrics.height() if icons.drawing(row.icon) else 0
    width, height = _mark_width(row, font) - sizes.s, metrics.height() + sizes.xs
    chip = QRect(inner.right() - width, inner.center().y() - height // 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(chip, sizes.radius, sizes.radius)
    left = chip.left() + sizes.s
    if side:
        picture = icons.pixmap(row.icon, COLOUR_OF[row.tone], side)
        painter.drawPixmap(left, chip.center().y() - side // 2, picture)
        left += side + sizes.xs
    painter.setPen(QColor(strong))
    painter.setFont(font)
    rest = QRect(left, chip.top(), chip.right() - left, height)
    painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.mark)
