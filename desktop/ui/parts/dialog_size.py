"""How large a dialog opens."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from desktop.ui import theme


def open_within(dialog: QDialog, wide: int, high: int) -> None:
    """So many heights of a control, but no larger than the window under it: a small screen shows all."""
    control, under = theme.current().sizes.control, dialog.parentWidget()
    wanted = QSize(wide * control, high * control)
    dialog.resize(wanted.boundedTo(under.window().size()) if under else wanted)
