"""Words on widgets: which message stands where, so that a change of language reaches all of them.

Every text of the window goes through `say` (our words, by key) or `show` (people's data, always plain text).
A test walks all widgets and fails on a text that went through neither.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from shiboken6 import isValid

from desktop import messages
from desktop.ui import icons

_said: WeakKeyDictionary[QObject, dict[str, tuple[str, dict[str, object]]]] = WeakKeyDictionary()
_shown: WeakKeyDictionary[QObject, str] = WeakKeyDictionary()


def say(target: QObject, key: str, how: str = "setText", /, **facts: object) -> None:
    """Put the message `key` on a widget or action through its setter `how`, and remember it."""
    _shown.pop(target, None)
    _said.setdefault(target, {})[how] = (key, facts)
    getattr(target, how)(messages.text(key, **facts))


def show(target: QObject, value: str) -> None:
    """Put data on a widget: never read as markup, never translated."""
    _said.get(target, {}).pop("setText", None)
    _shown[target] = value
    if isinstance(target, QLabel):
        target.setTextFormat(Qt.TextFormat.PlainText)
    target.setText(value)  # type: ignore[attr-defined]


def retranslate() -> None:
    """Say everything again in the language chosen now."""
    for target, words in list(_said.items()):
        if isValid(target):
            for how, (key, facts) in words.items():
                getattr(target, how)(messages.text(key, **facts))


def said(target: QObject, how: str = "setText") -> str | None:
    """The key that stands on a widget."""
    found = _said.get(target, {}).get(how)
    return found[0] if found else None


def is_data(target: QObject) -> bool:
    """Whether a widget shows people's data rather than our words."""
    return target in _shown


def name(widget: QWidget, key: str, **facts: object) -> None:
    """What a screen reader calls the widget; also its tooltip where it shows no words of its own."""
    say(widget, key, "setAccessibleName", **facts)


def label(key: str = "", style: str = "", wrap: bool = False, **facts: object) -> QLabel:
    """A label with our words, or empty for data to come."""
    made = QLabel()
    made.setObjectName(style)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if key:
        say(made, key, **facts)
    return made


def button(key: str, icon: str = "", primary: bool = False) -> QPushButton:
    """A button with words, and an icon where it has one; the primary one does what people come for."""
    made = QPushButton()
    made.setObjectName("primary" if primary else "")
    say(made, key)
    if icon:
        icons.put(made, icon, "on_accent" if primary else "text")
    return made


def tool(key: str, icon: str) -> QToolButton:
    """A button that shows only an icon; its words are the tooltip and the accessible name."""
    made = QToolButton()
    made.setObjectName("tool")
    icons.put(made, icon, "text")
    if not icons.drawing(icon):
        say(made, key)
    say(made, key, "setToolTip")
    say(made, key, "setAccessibleName")
    return made


day = messages.day


def size(octets: int) -> str:
    """A file size as people read it."""
    if octets < 1024 * 1024:
        return messages.text("ui.size.kb", n=max(1, round(octets / 1024)))
    return messages.text("ui.size.mb", n=f"{octets / 1024 / 1024:.1f}")
