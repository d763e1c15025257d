"""A page looked at closely: sharp where it is in view, never shifted, nothing left over from before."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.job_runner import JobRunner
from desktop.ui.page.canvas import PageCanvas
from desktop.ui.page.decoding import decoded
from desktop.workflow.papers.screen_tasks import PagePart, Part, in_part, whole
from ocr.model import Box, Recipe
from ocr.page import upright_page
from resources.specimens import formats, papers_office
from resources.specimens.damage import Scan, scanned

Grey = NDArray[np.uint8]
DPI = 600
CORNERS = ((0.03, 0.02), (0.97, 0.03), (0.98, 0.97), (0.02, 0.98))
RECIPES = (
    Recipe(),
    Recipe(turn=90, skew_deg=0.7),
    Recipe(turn=270, crop=Box(33.3, 21.7, 700.1, 500.9)),
    Recipe(corners=CORNERS),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The upper half of an announcement as a scanner at 600 dpi gives it."""
    rng = np.random.default_rng(3)
    sheet = papers_office.announcement(rng).sheets[0].picture(DPI)
    path = tmp_path_factory.mktemp("page") / "page.jpg"
    path.write_bytes(formats.jpeg(scanned(sheet[: sheet.shape[0] // 2], Scan(), rng), DPI, 90))
    return path


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[PageCanvas]:
    runner = JobRunner()
    made = PageCanvas(runner)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    yield made
    runner.close()


def look(qtbot: QtBot, canvas: PageCanvas, page: Path, recipe: Recipe, scale: float) -> None:
    """Open the page and enlarge its middle."""
    canvas.open((page, recipe), partial(whole, page, 1, recipe), partial(in_part, page, 1, recipe))
    qtbot.waitUntil(lambda: not canvas.sceneRect().isEmpty())
    canvas.zoom(scale / canvas.transform().m11())
    canvas.centerOn(canvas.sceneRect().center() + QPointF(3.3, 1.7))
    qtbot.waitUntil(lambda: canvas._level == 220 and sharp(canvas))


def sharp(canvas: PageCanvas) -> bool:
    return canvas._sharp._shown_well()


def grab(canvas: PageCanvas) -> Grey:
    """What is on screen, in grey, without the frame where two pictures could meet."""
    image = canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[10:-10, 10 : image.width() - 10].copy()


def seen(canvas: PageCanvas, path: Path, recipe: Recipe) -> Grey:
    """The same place of the page itself, at its own resolution brought to the screen's."""
    page, _ = upright_page(path, 1, recipe)
    height, width = page.shape[:2]
    on_screen, scene = canvas.viewportTransform(), canvas.sceneRect()
    dot = on_screen.m11() * scene.width() / width, on_screen.m22() * scene.height() / height
    place = np.array(((dot[0], 0, on_screen.dx()), (0, dot[1], on_screen.dy())))
    place[:, 2] += (dot[0] - 1) / 2, (dot[1] - 1) / 2  # OpenCV counts from the middle of a pixel
    view = canvas.viewport()
    shown = cv2.warpAffine(page, place, (view.width(), view.height()), flags=cv2.INTER_LINEAR)
    return np.asarray(cv2.cvtColor(shown, cv2.COLOR_BGR2GRAY), np.uint8)[10:-10, 10:-10]


def blur(picture: Grey, paper: Grey) -> float:
    """Grey levels by which a picture differs from the paper where the paper has edges."""
    edge = cv2.morphologyEx(paper, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 60
    return float(np.abs(picture.astype(np.int16) - paper)[edge].mean())


def shift(one: Grey, other: Grey) -> float:
    """Pixels of the screen by which one stands off the other."""
    off, _ = cv2.phaseCorrelate(one.astype(np.float64), other.astype(np.float64))
    return max(abs(off[0]), abs(off[1]))


@pytest.mark.parametrize("recipe", RECIPES)
def test_it_is_sharp_in_view_and_stands_where_the_picture_stood(
    qtbot: QtBot, canvas: PageCanvas, page: Path, recipe: Recipe
) -> None:
    look(qtbot, canvas, page, recipe, 7)
    close, paper = grab(canvas), seen(canvas, page, recipe)
    canvas._sharp.item.hide()
    far = grab(canvas)
    assert blur(close, paper) < 0.4 * blur(far, paper)
    assert shift(close, paper) < 0.2
    assert shift(close, far) < 0.2


def test_only_a_view_that_rests_is_asked_for(qtbot: QtBot, canvas: PageCanvas, page: Path) -> None:
    asked: list[Part] = []

    def load_part(part: Part, dpi: float) -> PagePart:
        asked.append(part)
        return in_part(page, 1, Recipe(), part, dpi)

    look(qtbot, canvas, page, Recipe(), 5)
    canvas.open("counted", partial(whole, page, 1, Recipe()), load_part)
    qtbot.waitUntil(lambda: canvas._level == 220 and sharp(canvas))
    asked.clear()
    bar = canvas.verticalScrollBar()
    for step in range(20):
        bar.setValue(bar.maximum() * step // 20)
        wheel(canvas, 120 if step % 2 else -120)
        qtbot.wait(5)
    qtbot.waitUntil(lambda: sharp(canvas))
    assert 1 <= len(asked) <= 3, "one; a busy computer may rest on its own"
    asked.clear()
    bar.setValue(bar.value() + 20)
    qtbot.wait(200)
    assert not asked, "a small move stays within what is there"


def test_what_is_no_longer_wanted_goes(qtbot: QtBot, canvas: PageCanvas, page: Path) -> None:
    look(qtbot, canvas, page, Recipe(), 5)
    canvas.fit()
    assert canvas._sharp.item.pixmap().isNull()
    asked, answer = threading.Event(), threading.Event()

    def late(part: Part, dpi: float) -> PagePart:
        asked.set()
        answer.wait(20)
        return in_part(page, 1, Recipe(), part, dpi)

    canvas.zoom(20)
    canvas.open("late", partial(whole, page, 1, Recipe()), late)
    qtbot.waitUntil(asked.is_set)
    canvas.open("next", partial(whole, page, 1, Recipe()))
    answer.set()
    qtbot.waitUntil(canvas._runner.idle)
    assert canvas._sharp.item.pixmap().isNull()


def wheel(canvas: PageCanvas, turn: int) -> None:
    middle, none = canvas.viewport().rect().center(), Qt.MouseButton.NoButton
    event = QWheelEvent(
        middle, canvas.mapToGlobal(middle), QPoint(), QPoint(0, turn), none,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), event)


def test_the_window_goes_on_while_a_large_picture_is_decoded(page: Path) -> None:
    data = whole(page, 1, Recipe(), DPI)
    assert min(longest_wait(data) for _ in range(5)) < 0.5, "of the time that decoding takes"


def longest_wait(data: bytes) -> float:
    """The longest time for which this thread could not run, as a share of the whole."""
    decoding = threading.Thread(target=decoded, args=(data,))
    longest, started = 0.0, time.perf_counter()
    decoding.start()
    last = started
    while decoding.is_alive():
        time.sleep(0.0005)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest / (last - started)
