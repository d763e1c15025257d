"""What a list says while it has no lines: what belongs there, or what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout

from desktop.ui import wording


def say_when_empty(view: QAbstractItemView, key: str) -> QLabel:
    """Words in the middle of `view`, there as long as its model (already set) has no rows."""
    words = wording.label(key, "empty", wrap=True)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # files are dropped on the list
    middle = QVBoxLayout(view.viewport())
    middle.setContentsMargins(0, 0, 0, 0)
    middle.addWidget(words)
    model = view.model()

    def look() -> None:
        words.setVisible(model.rowCount() == 0)

    for change in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
        change.connect(look)
    look()
    return words
