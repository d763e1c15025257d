"""The window's figures: how soon it is there, how long a frame holds its thread, how much memory it takes.

Run with `python -m tests.bench.window`, on a quiet computer. A thousand pages lie in the batch; a page of A3
at 600 dpi, drawn by a worker as in the program, is zoomed and moved. Frames are the window's own processor
time from the act until all is painted.
"""

from __future__ import annotations

import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QEventLoop, QTimer

from desktop.ui import theme
from desktop.ui.app import application, make_window
from desktop.ui.page.canvas import PageCanvas
from desktop.ui.shell.interpreter import serve_window
from desktop.workflow.executor import Processes, Task
from desktop.workflow.job import Context
from desktop.workflow.papers.screen_tasks import Part, in_part, whole
from ocr.model import Recipe
from tests.bench.pages import a3_spread
from tests.gui.sample_office import SampleOffice

PAGES = 1000
FRAME_MS = 25
STARTS = 7
EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.show(); app.processEvents()
import os; os._exit(0)
"""
OURS = """
import os, sys, tempfile
from pathlib import Path
from desktop.ui.shell.interpreter import serve_window
serve_window()
from desktop.ui import theme
from desktop.ui.app import application, make_window
from desktop.ui.office.opening import OpeningOffice
home = Path(tempfile.mkdtemp())
app = application([]); theme.apply(app, theme.theme("light", 100))
window = make_window(OpeningOffice(home), home); window.show(); app.processEvents()
os._exit(0)
"""


def main() -> None:
    say_starts()
    home = Path(tempfile.mkdtemp())
    page = home / "a3.jpg"
    in_another_process(a3_spread, page)
    serve_window()
    app = application([])
    theme.apply(app, theme.theme("light", 100))
    office = SampleOffice(home, pages=PAGES)
    window = make_window(office, office.home)
    window.resize(1920, 1080)
    window.show()
    rest(4000)
    scan = window.areas["scan"]
    bar, canvas = scan.strip.verticalScrollBar(), scan.page.canvas
    say("scrolling", [frame(lambda at=at: bar.setValue(bar.maximum() * at // 200)) for at in range(200)])
    say("zooming", [frame(canvas.zoom_in if at % 20 < 10 else canvas.zoom_out) for at in range(100)])
    say("paging", [frame(lambda: scan.strip.step(1)) for _ in range(60)])
    say("theme", [frame(window.toggle_theme) for _ in range(6)])
    workers = Processes(1)

    def drawn(draw: Callable[..., Any], *arguments: object) -> Any:
        [done] = workers.run([Task("", draw, (page, 1, Recipe(), *arguments))], Context(), 60)
        return done.value

    def part(wanted: Part, dpi: float) -> Any:
        return drawn(in_part, wanted, dpi)

    canvas.open("a3", lambda dpi: drawn(whole, dpi), part)
    rest(6000)
    say("zooming A3", [frame(canvas.zoom_in if at % 20 < 10 else canvas.zoom_out) for at in range(100)])
    canvas.zoom(5 / canvas.transform().m11())
    say("zoomed A3 becoming sharp", [frame(lambda: None) for _ in range(40)])
    bar = canvas.verticalScrollBar()
    say("moving A3", [frame(lambda at=at: bar.setValue(bar.maximum() * at // 100), 100) for at in range(100)])
    say_memory(canvas)
    window.close()
    workers.close()


def in_another_process(task: Callable[[Path], object], path: Path) -> None:
    """What is made for the measurement must not stand in its memory."""
    made = multiprocessing.get_context("spawn").Process(target=task, args=(path,))
    made.start()
    made.join()


def say_starts() -> None:
    """Wall time of whole processes, one after the other, so that both meet the same computer."""
    times: dict[str, list[float]] = {EMPTY: [], OURS: []}
    for _ in range(STARTS):
        for script, found in times.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", script], check=True)
            found.append(time.perf_counter() - started)
    empty, ours = statistics.median(times[EMPTY]), statistics.median(times[OURS])
    first = times[OURS][0]
    sys.stdout.write(
        f"first window: {ours:.2f} s (first {first:.2f}), {ours / empty:.1f} times an empty one\n"
    )


def say(name: str, times: list[float]) -> None:
    times.sort()
    sys.stdout.write(
        f"{name}: longest {times[-1]:.1f} ms, 99 % under {times[len(times) * 99 // 100]:.1f} ms\n"
    )


def say_memory(canvas: PageCanvas) -> None:
    """Resident memory of the window, the sample office with its pictures included, and of its worker."""
    own = psutil.Process()
    every = [own, *own.children(recursive=True)]
    total = sum(each.memory_info().rss for each in every) / 1e6
    shown = canvas.scene().sceneRect()
    sys.stdout.write(f"memory: {total:.0f} MB, showing {shown.width():.0f} x {shown.height():.0f} points\n")


def frame(act: Callable[[], object], milliseconds: int = FRAME_MS) -> float:
    """Milliseconds of processor time that the window's thread takes for one act and its painting."""
    started = time.thread_time()
    act()
    rest(milliseconds)
    return (time.thread_time() - started) * 1000


def rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
