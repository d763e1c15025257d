"""The one kind of list in the window: a title, a line below it, and a mark in colour, icon and text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui import icons, theme, wording
from desktop.ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `checked` None where rows cannot be ticked."""

    key: str
    title: str
    below: str = ""
    mark: str = ""
    tone: Tone = "neutral"
    icon: str = ""
    checked: bool | None = None

    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.title, self.mark, self.below) if part)


class RowModel(QAbstractListModel):
    """Rows as Qt wants them."""

    ticked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken()
        if role == Qt.ItemDataRole.CheckStateRole and row.checked is not None:
            return Qt.CheckState.Checked if row.checked else Qt.CheckState.Unchecked
        return row if role == ROW else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        ticks = index.isValid() and self.rows[index.row()].checked is not None
        return flags | Qt.ItemFlag.ItemIsUserCheckable if ticks else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        checked = Qt.CheckState(value) == Qt.CheckState.Checked
        self.rows[index.row()] = replace(self.rows[index.row()], checked=checked)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def fill(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


class RowDelegate(QStyledItemDelegate):
    """Paints a row; the mark stands at the right, or below when the row is narrow."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        sizes, metrics = theme.current().sizes, QFontMetrics(_bold(option.font))
        row: Row = index.data(ROW)
        lines = 1 + bool(row.below)
        return QSize(sizes.control * 4, lines * metrics.height() + sizes.s * 2 + sizes.xs)

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
        used = _mark(painter, inner, row, option.font) if row.mark else 0
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
        below = top.translated(0, metrics.height() + 1)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, _cut(QFontMetrics(option.font), row.below, width))
        painter.restore()


class RowList(QListView):
    """A list of rows; reports the chosen key."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        wording.name(self, name)
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._moved)

    def fill(self, rows: Sequence[Row], choose_first: bool = True) -> None:
        """Show rows; keeps the chosen one and the ticks where they are still there."""
        before = self.key()
        ticks = {row.key: row.checked for row in self.rows.rows}
        kept = [
            replace(row, checked=ticks.get(row.key, row.checked)) if row.checked is not None else row
            for row in rows
        ]
        self.rows.fill(kept)
        keys = [row.key for row in kept]
        if before in keys:
            self.choose(before)
        elif keys and choose_first:
            self.choose(keys[0])

    def key(self) -> str:
        index = self.currentIndex()
        return self.rows.rows[index.row()].key if index.isValid() else ""

    def choose(self, key: str) -> None:
        for number, row in enumerate(self.rows.rows):
            if row.key == key:
                self.setCurrentIndex(self.rows.index(number))

    def update_row(self, row: Row) -> None:
        """Change one row in place; its tick stays."""
        for number, old in enumerate(self.rows.rows):
            if old.key == row.key:
                self.rows.rows[number] = replace(row, checked=old.checked)
                self.rows.dataChanged.emit(self.rows.index(number), self.rows.index(number))

    def ticked(self) -> list[str]:
        return [row.key for row in self.rows.rows if row.checked]

    def tick_all(self, wanted: Callable[[Row], bool]) -> None:
        self.rows.fill(
            [replace(row, checked=wanted(row)) if row.checked is not None else row for row in self.rows.rows]
        )
        self.rows.ticked.emit()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.rows.rows[now.row()].key)


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _cut(metrics: QFontMetrics, words: str, width: int) -> str:
    return metrics.elidedText(words.replace("\n", " "), Qt.TextElideMode.ElideRight, width)


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
        x, y, w = box.left(), box.top(), box.width()
        painter.drawPolyline(
            [
                box.topLeft().__class__(x + w // 4, y + w // 2),
                box.topLeft().__class__(x + w * 9 // 20, y + w * 7 // 10),
                box.topLeft().__class__(x + w * 4 // 5, y + w * 3 // 10),
            ]
        )


def _mark(painter: QPainter, inner: QRect, row: Row, font: QFont) -> int:
    """Draw the mark at the right edge; returns the width it took."""
    sizes = theme.current().sizes
    strong, soft = theme.current().colours.tone(row.tone)
    metrics = QFontMetrics(font)
    side = metrics.height() if row.icon and icons.drawing(row.icon) else 0
    width = metrics.horizontalAdvance(row.mark) + sizes.s * 2 + (side + sizes.xs if side else 0)
    height = metrics.height() + sizes.xs
    chip = QRect(inner.right() - width, inner.center().y() - height // 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(chip, sizes.radius, sizes.radius)
    left = chip.left() + sizes.s
    if side:
        colour = _COLOUR_OF[row.tone]
        painter.drawPixmap(left, chip.center().y() - side // 2, icons.pixmap(row.icon, colour, side))
        left += side + sizes.xs
    painter.setPen(QColor(strong))
    painter.setFont(font)
    rest = QRect(left, chip.top(), chip.right() - left, height)
    painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.mark)
    return width + sizes.s


_COLOUR_OF: dict[Tone, str] = {
    "ok": "ok",
    "note": "warn",
    "warn": "warn",
    "bad": "bad",
    "neutral": "neutral",
    "accent": "accent",
}
