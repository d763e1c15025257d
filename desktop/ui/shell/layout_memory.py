"""How the person left the window: place, size, columns; kept in the profile's window.ini."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from desktop.ui import theme

FILE = "window.ini"


class LayoutMemory:
    """Saves and restores by object name; what cannot be restored keeps its default."""

    def __init__(self, home: Path) -> None:
        self._settings = QSettings(str(home / FILE), QSettings.Format.IniFormat)

    def restore(self, window: QMainWindow) -> None:
        _restore(self._settings.value("window/geometry"), window.restoreGeometry)

    def restore_columns(self, area: QWidget) -> None:
        """An area is made after the window: its columns come back with it."""
        for splitter in area.findChildren(QSplitter):
            _restore(self._settings.value(_place(splitter)), splitter.restoreState)

    def save(self, window: QMainWindow) -> None:
        self._settings.setValue("window/geometry", window.saveGeometry())
        for splitter in window.findChildren(QSplitter):
            self._settings.setValue(_place(splitter), splitter.saveState())
        self._settings.sync()

    def get(self, name: str, default: str) -> str:
        value = self._settings.value(f"choices/{name}")
        return value if isinstance(value, str) else default

    def put(self, name: str, value: str) -> None:
        self._settings.setValue(f"choices/{name}", value)


def _place(splitter: QSplitter) -> str:
    """Columns fit one size of text only; below each other they say nothing of their widths."""
    return f"splitters/{theme.current().scale}/{splitter.orientation().name}/{splitter.objectName()}"


def _restore(value: object, apply: object) -> None:
    if isinstance(value, QByteArray) and callable(apply):
        apply(value)
