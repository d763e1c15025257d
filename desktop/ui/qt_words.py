"""Qt ships no Vietnamese: the menus of its text fields and its file dialog speak from our message files."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QTranslator

from desktop import messages

CONTEXTS = (
    "QLineEdit",
    "QWidgetTextControl",
    "QPlatformTheme",
    "QFileDialog",
    "QFileSystemModel",
    "QAbstractFileIconProvider",
)


class QtWords(QTranslator):
    """Asked by Qt for each of its own words, in the language chosen now; others stay as they are."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if context not in CONTEXTS:
            return None
        key = "ui.qt." + re.sub("[^a-z]+", "_", source.replace("&", "").casefold()).strip("_")
        return messages.text(key) if messages.has(key) else None


def speak(app: QCoreApplication) -> None:
    """Put our words in the place of Qt's, once."""
    if app.findChild(QtWords) is None:
        app.installTranslator(QtWords(app))
