"""Reviewing a batch: the next doubt, words that fill a field, corrections that become jobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.ui import wording
from desktop.ui.desk import Area, Desk
from desktop.ui.page.canvas import PageCanvas
from desktop.ui.page.thumbnails import ThumbnailStrip
from desktop.ui.review.paper_panel import PaperPanel
from desktop.workflow.review.correct_commands import CorrectPaper

if TYPE_CHECKING:  # the first window loads nothing of the libraries
    from ocr.model import Word


class ReviewWork(QObject):
    """Joins the review panel with the page and the strip of one area."""

    def __init__(
        self,
        desk: Desk,
        area: Area,
        papers: PaperPanel,
        canvas: PageCanvas,
        strip: ThumbnailStrip,
        batch: Callable[[], str],
    ) -> None:
        super().__init__(papers)
        self._desk, self._papers, self._canvas, self._strip = desk, papers, canvas, strip
        self._batch = batch
        papers.corrected.connect(self._correct)
        papers.review.settled.connect(self.next_doubt)
        canvas.word_clicked.connect(self._word_clicked)
        self.button = QPushButton()
        wording.say(self.button, "ui.review.menu")
        menu = QMenu(self.button)
        self.button.setMenu(menu)
        for name, run, key in (
            ("next_doubt", self.next_doubt, "F8"),
            ("second_check", self._second_check, "Ctrl+Shift+K"),
            ("lessons", self._lessons, "Ctrl+Shift+M"),
        ):
            menu.addAction(desk.actions.add(area, f"scan.{name}", run, key, area=area.name))

    def _second_check(self) -> None:
        batch = self._batch()
        if batch:
            from desktop.ui.review.second_check_dialog import SecondCheckDialog

            SecondCheckDialog(self._desk, batch, self._papers.window()).open()

    def _lessons(self) -> None:
        from desktop.ui.review.lessons_dialog import LessonsDialog

        LessonsDialog(self._desk, self._papers.window()).open()

    def next_doubt(self) -> None:
        """The most doubtful field of the batch; then the page's doubtful words; then on to the next page."""
        if not self._papers.next_doubt() and not self._canvas.next_doubt():
            self._papers.start_over()
            self._strip.step(1)

    def _word_clicked(self, word: Word) -> None:
        page = self._strip.page()
        if page is not None:
            self._papers.review.put_word(word, page.id)

    def _correct(self, order: CorrectPaper) -> None:
        office = self._desk.office
        self._desk.runner.submit("ui.job.correct", lambda context: office.correct(order, context))
