"""Icons from resources/icons, drawn in the colours of the theme; they change with it."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel
from shiboken6 import isValid

import resources
from desktop.ui import theme

_placed: WeakKeyDictionary[QObject, tuple[str, str]] = WeakKeyDictionary()


@cache
def drawing(name: str) -> str:
    """The SVG of an icon; empty where there is none (text alone then carries the meaning)."""
    file = Path(str(resources.__file__)).parent / "icons" / f"{name}.svg"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def pixmap(name: str, colour: str, side: int) -> QPixmap:
    """The icon as a square of `side` pixels; `colour` is a field of theme.Colours."""
    return _drawn(name, getattr(theme.current().colours, colour), side)


@lru_cache(maxsize=400)
def _drawn(name: str, colour: str, side: int) -> QPixmap:
    made = QPixmap(QSize(side, side))
    made.fill(Qt.GlobalColor.transparent)
    svg = drawing(name).replace("currentColor", colour)
    if svg:
        painter = QPainter(made)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
    return made


def icon(name: str, colour: str = "text") -> QIcon:
    """An icon in a colour of the theme, drawn twice as large as shown, for dense screens."""
    side = theme.current().sizes.icon * 2
    made = QIcon(pixmap(name, colour, side))
    if colour == "on_accent":  # a button that cannot be pressed has no accent to stand on
        made.addPixmap(pixmap(name, "muted", side), QIcon.Mode.Disabled)
    return made


def put(target: QObject, name: str, colour: str = "text") -> None:
    """Show an icon on a button, an action or a label, and remember it for the next theme."""
    _placed[target] = (name, colour)
    _draw(target, name, colour)


def redraw() -> None:
    """Draw every icon again in the theme chosen now."""
    for target, (name, colour) in list(_placed.items()):
        if isValid(target):
            _draw(target, name, colour)


def _draw(target: QObject, name: str, colour: str) -> None:
    side = theme.current().sizes.icon
    if isinstance(target, QLabel):
        target.setPixmap(pixmap(name, colour, side))
        return
    target.setIcon(icon(name, colour) if drawing(name) else QIcon())  # type: ignore[attr-defined]
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(side, side))
