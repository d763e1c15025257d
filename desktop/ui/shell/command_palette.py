"""Ctrl+K: every action of the window by a few letters, accents not needed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.actions import Actions, Entry, key_text
from desktop.ui.parts.dialog_size import open_within
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList


def fold(words: str) -> str:
    """Lower case without accents, đ as d: what a person types in a hurry."""
    spread = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


class CommandPalette(QDialog):
    """A search field over the list of actions."""

    def __init__(self, actions: Actions, run: Callable[[Entry], None], parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        wording.say(self, "ui.palette.title", "setWindowTitle")
        self._actions, self._run = actions, run
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.m, sizes.m, sizes.m, sizes.m)
        self.field = QLineEdit()
        wording.name(self.field, "ui.palette.field")
        wording.say(self.field, "ui.palette.hint", "setPlaceholderText")
        self.list = RowList("ui.palette.list", empty="ui.palette.none")
        column.addWidget(self.field)
        column.addWidget(self.list)
        open_within(self, 18, 14)
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.list.activated.connect(self._take)
        self._filter("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in moves:
            last = self.list.rows.rowCount() - 1
            row = self.list.currentIndex().row() + moves[Qt.Key(event.key())]
            self.list.setCurrentIndex(self.list.rows.index(min(max(row, 0), last)))
            return True
        return super().eventFilter(watched, event)

    def _filter(self, typed: str) -> None:
        parts = fold(typed).split()
        rows = [
            Row(entry.name, entry.action.text(), _area(entry), key_text(entry))
            for entry in self._actions.entries()
            if all(part in fold(f"{entry.action.text()} {_area(entry)}") for part in parts)
        ]
        self.list.fill(rows)

    def _take(self) -> None:
        chosen = self.list.key()
        entry = next((entry for entry in self._actions.entries() if entry.name == chosen), None)
        if entry is not None:
            self.accept()
            self._run(entry)


def _area(entry: Entry) -> str:
    return messages.text(f"ui.area.{entry.area}" if entry.area else "ui.area.everywhere")


class KeyList(QDialog):
    """F1 or Shift+?: all keys, by work area."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        wording.say(self, "ui.keys.title", "setWindowTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.m, sizes.m, sizes.m, sizes.m)
        self.list = RowList("ui.keys.title")
        self.list.fill(
            [
                Row(entry.name, entry.action.text(), _area(entry), key_text(entry))
                for entry in actions.entries()
                if entry.keys
            ]
        )
        column.addWidget(self.list)
        close = wording.button("ui.close")
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        open_within(self, 18, 16)
