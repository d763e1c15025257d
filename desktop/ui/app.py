"""Starts Qt and opens the window on a profile."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import messages, settings
from desktop.ui import theme
from desktop.ui.frame import Frame
from desktop.ui.models import Office
from desktop.ui.problem_panel import words_of
from desktop.workflow.job import Problem
from desktop.workflow.problems import problem_of


def run(home: Path) -> int:
    """Open the window on the profile at `home`; returns when it is closed (DESIGN 5: the exit code)."""
    app = application(sys.argv[:1])
    chosen = settings.load(home)
    messages.choose("en" if chosen.language == "en" else "vi")
    theme.apply(app, theme.theme(chosen.theme, chosen.scale))
    try:
        from desktop.ui.office import (
            open_office,  # the libraries behind it load while nothing is on screen yet
        )

        with open_office(home) as office:
            window = make_window(office, home)
            window.show()
            return app.exec()
    except Exception as error:
        problem = problem_of(error, str(home))
        if problem is None:
            raise
        _refuse(problem)
        return 4


def make_window(office: Office, home: Path) -> Frame:
    """The window, remembering in the profile's settings how the person likes it."""

    def keep(language: str, name: str, scale: int) -> None:
        settings.save(home, replace(settings.load(home), language=language, theme=name, scale=scale))

    return Frame(office, keep)


def application(arguments: Sequence[str]) -> QApplication:
    """The one QApplication of this process, in the style that looks the same everywhere."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(list(arguments))
    app.setApplicationName("tramso")
    app.setStyle("Fusion")
    if not QFontDatabase.families():
        sys.stderr.write(messages.text("ui.no_fonts") + "\n")
    return app


def _refuse(problem: Problem) -> None:
    what, means, remedy = words_of(problem)
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(messages.text("ui.window.title"))
    box.setText(what)
    box.setInformativeText("\n".join(part for part in (means, remedy) if part))
    close = box.addButton(messages.text("ui.close"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(close)
    box.exec()
