"""A state told three times over: by colour, by icon and in words."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui import icons, theme, wording
from desktop.ui.theme import Tone

ICON_OF: dict[Tone, str] = {
    "ok": "check",
    "note": "info",
    "warn": "warning",
    "bad": "error",
    "neutral": "info",
    "accent": "info",
}
COLOUR_OF: dict[Tone, str] = {
    "ok": "ok",
    "note": "warn",
    "warn": "warn",
    "bad": "bad",
    "neutral": "neutral",
    "accent": "accent",
}


class Banner(QFrame):
    """One line over a work area or a card; a second one and buttons where they are wanted."""

    def __init__(self, name: str = "banner") -> None:
        super().__init__()
        sizes = theme.current().sizes
        self.setObjectName(name)
        row = self._row = QHBoxLayout(self)
        row.setSpacing(sizes.s)
        margin = sizes.s if name == "banner" else sizes.xs
        row.setContentsMargins(sizes.s, margin, sizes.m, margin)
        self._icon = wording.label()
        self._words = wording.label(style="heading", wrap=name == "banner")
        self._words.setMinimumWidth(1)
        self.more = wording.label(wrap=True)
        lines = QVBoxLayout()
        lines.addWidget(self._words)
        lines.addWidget(self.more)
        row.addWidget(self._icon)
        row.addLayout(lines, 1)
        self.more.hide()

    def put(self, tone: Tone, key: str, icon: str = "", **facts: object) -> None:
        """Show a state; the icon follows the tone unless another is named."""
        paint(self, tone)
        paint(self._words, tone)
        paint(self._icon, tone)
        drawn = icon or ICON_OF[tone]
        icons.put(self._icon, drawn, COLOUR_OF[tone])
        self._icon.setVisible(bool(icons.drawing(drawn)))
        wording.say(self._words, key, **facts)
        wording.say(self, key, "setAccessibleName", **facts)

    def explain(self, key: str, **facts: object) -> None:
        """Say more under the state."""
        wording.say(self.more, key, **facts)
        self.more.show()

    def offer(self, *buttons: QPushButton) -> None:
        """Put what can be done at the end of the line."""
        for button in buttons:
            self._row.addWidget(button)


def paint(widget: QWidget, tone: Tone | str) -> None:
    """Give a widget the colours of a tone; '' takes them away."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
