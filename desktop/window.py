"""Opening the window, where there is Qt and a display to open it on."""

from __future__ import annotations

import importlib.util
import sys

from desktop import messages, settings


def open_window() -> int:
    """Exit code of the window; says what to install when Qt is absent."""
    if importlib.util.find_spec("PySide6") is None:
        sys.stderr.write(messages.text("qt_missing") + "\n")
        return 4
    from desktop.ui.shell.interpreter import serve_window

    serve_window()
    from desktop.ui.app import run

    return run(settings.default_home())
