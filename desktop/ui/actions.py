"""Every action of the window by name: the menus, the command palette and the list of keys read from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui import wording


@dataclass(frozen=True, slots=True)
class Entry:
    """One action, and the work area it belongs to ('' for the whole window)."""

    name: str
    action: QAction
    area: str
    keys: tuple[str, ...]


class Actions:
    """The registry of one window. An action's words are `ui.action.NAME`."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(
        self,
        owner: QWidget,
        name: str,
        run: Callable[[], object],
        *keys: str,
        area: str = "",
    ) -> QAction:
        """Make an action; its keys work while `owner` is on screen, so areas may share a key."""
        action = QAction(owner)
        wording.say(action, f"ui.action.{name}")
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: run())
        owner.addAction(action)
        self._entries[name] = Entry(name, action, area, keys)
        return action

    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries.values())

    def __getitem__(self, name: str) -> QAction:
        return self._entries[name].action


def key_text(entry: Entry) -> str:
    """The keys of an action as they are printed on the keyboard."""
    return "  /  ".join(
        QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in entry.keys
    )
