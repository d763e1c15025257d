"""A state in the status bar: colour, icon and words; a click says what it means and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QPushButton, QSizePolicy, QVBoxLayout

from desktop.ui import icons, theme, wording
from desktop.ui.parts.banner import COLOUR_OF, paint
from desktop.ui.theme import Tone


class Chip(QPushButton):
    """Shows the message `key` and explains with `key.means`; too narrow, it cuts its words."""

    acted = Signal()
    """The person took what was offered."""

    def __init__(self, icon: str, act: str) -> None:
        """`act`: key of the words on the button in the explanation."""
        super().__init__()
        self.setObjectName("chip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._icon, self._act = icon, act
        self._words, self._means, self._facts = "", "", dict[str, object]()
        self.clicked.connect(self.explain)

    def put(self, tone: Tone, key: str, **facts: object) -> None:
        """Show a state."""
        paint(self, tone)
        icons.put(self, self._icon, COLOUR_OF[tone])
        self._means, self._facts = f"{key}.means", facts
        wording.say(self, key, **facts)
        wording.say(self, key, "setAccessibleName", **facts)
        wording.say(self, self._means, "setAccessibleDescription", **facts)
        wording.say(self, key, "setToolTip", **facts)

    def explain(self) -> None:
        """Open what the state means, over the chip."""
        meaning = Meaning(self, self._act)
        wording.say(meaning.words, self._means, **self._facts)
        meaning.accepted.connect(self.acted)
        meaning.adjustSize()
        corner = QPoint(self.width() - meaning.width(), -meaning.height())
        meaning.move(self.mapToGlobal(corner))
        meaning.open()

    def setText(self, words: str) -> None:
        self._words = words
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._width(self._words) - self._width(self.text()), 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() - QSize(self._width(self._words), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = max(self.width() - self.minimumSizeHint().width(), 0)
        fits = self._width(self._words) <= room
        cut = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        super().setText(self._words if fits else cut)

    def _width(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)


class Meaning(QDialog):
    """What a state means, and one thing to do about it; Esc or a click elsewhere closes it."""

    def __init__(self, chip: Chip, act: str) -> None:
        super().__init__(chip.window(), Qt.WindowType.Popup)
        sizes = theme.current().sizes
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(chip.accessibleName())
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.m, sizes.m, sizes.m, sizes.m)
        column.setSpacing(sizes.s)
        title = wording.label(style="heading", wrap=True)
        wording.show(title, chip.accessibleName())
        self.words = wording.label(wrap=True)
        self.words.setFixedWidth(sizes.control * 11)
        self.act = wording.button(act)
        self.act.clicked.connect(self.accept)
        for widget in (title, self.words, self.act):
            column.addWidget(widget)
