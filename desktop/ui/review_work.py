"""Reviewing a batch: the next doubt, words that fill a field, corrections that become jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.ui.desk import Desk
from desktop.ui.page_canvas import PageCanvas
from desktop.ui.paper_panel import PaperPanel
from desktop.ui.thumbnails import ThumbnailStrip
from desktop.workflow.correct_commands import CorrectPaper

if TYPE_CHECKING:  # the first window loads nothing of the libraries
    from ocr.model import Word


class ReviewWork(QObject):
    """Joins the review panel with the page and the strip of one area."""

    def __init__(self, desk: Desk, papers: PaperPanel, canvas: PageCanvas, strip: ThumbnailStrip) -> None:
        super().__init__(papers)
        self._desk, self._papers, self._canvas, self._strip = desk, papers, canvas, strip
        papers.corrected.connect(self._correct)
        papers.review.settled.connect(self.next_doubt)
        canvas.word_clicked.connect(self._word_clicked)

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
