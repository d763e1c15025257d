"""Starts Qt and opens the window on a profile."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop import messages, settings
from desktop.ui import qt_words, theme
from desktop.ui.frame import Frame
from desktop.ui.office.model import Office
from desktop.ui.office.opening import OpeningOffice


def run(home: Path) -> int:
    """Open the window on the profile at `home`; returns its exit code when it is closed."""
    app = application(sys.argv[:1])
    chosen = _chosen(home)
    messages.choose("en" if chosen.language == "en" else "vi")
    theme.apply(app, theme.theme(chosen.theme, chosen.scale))
    office = OpeningOffice(home)
    window = make_window(cast(Office, office), home)
    window.show()
    QTimer.singleShot(0, office.open)
    try:
        return app.exec()
    finally:
        office.close()


def make_window(office: Office, home: Path) -> Frame:
    """The window, remembering in the profile's settings how the person likes it."""

    def keep(language: str, name: str, scale: int) -> None:
        with suppress(settings.SettingsDamaged):
            settings.save(home, replace(settings.load(home), language=language, theme=name, scale=scale))

    return Frame(office, keep)


def _chosen(home: Path) -> settings.Settings:
    """How the window looks and speaks; where its file is damaged the office behind it says so."""
    try:
        return settings.load(home)
    except settings.SettingsDamaged:
        return settings.Settings()


def application(arguments: Sequence[str]) -> QApplication:
    """The one QApplication of this process, in the style that looks the same everywhere."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(list(arguments))
    app.setApplicationName("tramso")
    app.setStyle("Fusion")
    qt_words.speak(app)
    if not QFontDatabase.families():
        sys.stderr.write(messages.text("ui.no_fonts") + "\n")
    return app
