"""Panels beside or below each other, with borders that a person drags."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.ui import theme


def beside(name: str, *panels: QWidget) -> QSplitter:
    """Panels from left to right; under `name` their widths are remembered."""
    return _split(Qt.Orientation.Horizontal, name, panels)


def below(name: str, *panels: QWidget) -> QSplitter:
    """Panels from top to bottom; under `name` their heights are remembered."""
    return _split(Qt.Orientation.Vertical, name, panels)


def titled(title: QWidget, body: QWidget) -> QWidget:
    """A heading over a widget."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().sizes.xs)
    column.addWidget(title)
    column.addWidget(body, 1)
    return made


def _split(orientation: Qt.Orientation, name: str, panels: tuple[QWidget, ...]) -> QSplitter:
    made = QSplitter(orientation)
    made.setObjectName(name)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(theme.current().sizes.s)
    for panel in panels:
        made.addWidget(panel)
    return made
