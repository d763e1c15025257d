"""The one kind of list in the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy

from desktop.ui import wording
from desktop.ui.parts.row_delegate import RowDelegate
from desktop.ui.parts.row_model import Row, RowModel
from desktop.ui.parts.when_empty import say_when_empty


class RowList(QListView):
    """A list of rows; reports the chosen key."""

    chosen = Signal(str)

    def __init__(self, name: str, fitted: bool = False, empty: str = "") -> None:
        """`fitted`: as high as its rows, no higher; `empty`: the message shown while there are none."""
        super().__init__()
        wording.name(self, name)
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._moved)
        self.empty = say_when_empty(self, empty)
        if fitted:
            self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

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
