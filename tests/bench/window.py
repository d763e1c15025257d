"""A thousand pages in one batch: how long a frame holds the window's thread, and how much memory it takes.

Run with `python -m tests.bench.window`; prints the longest frame and the 99th percentile in milliseconds of
processor time, so that a busy computer does not decide, and the window's memory in MB.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.app import application, make_window
from tests.gui.sample_office import SampleOffice

PAGES = 1000


def main() -> None:
    app = application([])
    theme.apply(app, theme.theme("light", 100))
    office = SampleOffice(Path(tempfile.mkdtemp()), pages=PAGES)
    window = make_window(office, office.home)
    window.resize(1920, 1080)
    window.show()
    rest(app, 4.0)
    scan = window.areas["scan"]
    bar = scan.strip.verticalScrollBar()
    canvas = scan.page.canvas
    frames = {
        "scrolling": [frame(app, lambda at=at: bar.setValue(bar.maximum() * at // 300)) for at in range(300)],
        "zooming": [frame(app, canvas.zoom_in if at % 20 < 10 else canvas.zoom_out) for at in range(200)],
        "paging": [frame(app, lambda: scan.strip.step(1)) for _ in range(100)],
    }
    for name, times in frames.items():
        times.sort()
        sys.stdout.write(
            f"{name}: longest {times[-1]:.1f} ms, 99 % under {times[len(times) * 99 // 100]:.1f} ms\n"
        )
    sys.stdout.write(f"memory: {psutil.Process().memory_info().rss / 1e6:.0f} MB\n")
    window.close()


def frame(app: QApplication, act: Callable[[], object]) -> float:
    """Milliseconds of processor time that the window's thread takes for one step and its painting."""
    started = time.thread_time()
    act()
    app.processEvents()
    spent = (time.thread_time() - started) * 1000
    rest(app, 0.015)
    return spent


def rest(app: QApplication, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    main()
