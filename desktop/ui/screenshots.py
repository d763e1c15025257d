"""Pictures of the window for the guide: a profile, an area, a size, as a PNG file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEventLoop, QTimer

from desktop import messages
from desktop.ui import theme
from desktop.ui.app import application, make_window
from desktop.ui.frame import Frame
from desktop.ui.office.model import Office
from desktop.ui.office.opening import OpeningOffice

QUIET_MS = 300


def take(
    home: Path,
    file: Path,
    area: str = "scan",
    size: tuple[int, int] = (1366, 768),
    look: str = "light",
    language: messages.Language = "vi",
    scale: int = 100,
) -> None:
    """Open the profile at `home`, show an area, save the window to `file` once all of it has arrived."""
    app = application(sys.argv[:1])
    theme.apply(app, theme.theme(look, scale))
    office = OpeningOffice(home)
    messages.choose(language)
    office.open()
    try:
        window = make_window(cast(Office, office), home)
        window.resize(*size)
        window.show()
        window.go(area)
        settle(window)
        window.grab().save(str(file))
        window.close()
    finally:
        office.close()


def settle(window: Frame) -> None:
    """Let events run until no job and no read is under way, twice in a row."""
    for _ in range(2):
        pause(QUIET_MS)
        while not window.runner.idle():
            pause(QUIET_MS)


def pause(milliseconds: int) -> None:
    """Let the window go on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
