"""The papers of a batch with kind and confidence, and the review of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.parts.columns import below, titled
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList
from desktop.ui.review.panel import ReviewPanel
from desktop.ui.review.rows import confidence, doubts, kind_name

if TYPE_CHECKING:  # the first window loads nothing it can do without
    from desktop.workflow.views.rows import PaperRow


class PaperPanel(QWidget):
    """Choosing a paper goes to its first page; choosing a field marks its place."""

    paper_chosen = Signal(str)
    """The first page of the paper."""

    def __init__(self) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self._papers: dict[str, PaperRow] = {}
        self._following = False
        self._visited: set[tuple[str, str]] = set()
        self.papers = RowList("ui.scan.papers", empty="ui.scan.papers_here")
        self.review = ReviewPanel()
        self.fields = self.review.fields
        self.place_chosen = self.review.place_chosen
        self.corrected = self.review.corrected
        self._title = wording.label("ui.scan.papers", "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        fields = titled(wording.label("ui.scan.fields", "heading"), self.review)
        split = below("scan_papers", titled(self._title, self.papers), fields)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        column.addWidget(split)
        self.setMinimumWidth(sizes.control * 8)
        self.papers.chosen.connect(self._chosen)

    def fill(self, papers: Sequence[PaperRow], numbers: Mapping[str, int]) -> None:
        """Show papers; `numbers` gives each page's place in the batch."""
        if not {paper.id for paper in papers} & set(self._papers):
            self._visited.clear()
        self._papers = {paper.id: paper for paper in papers}
        wording.say(self._title, "ui.scan.papers_count", n=len(papers))
        self._following = True
        self.papers.fill([_paper_row(paper, numbers) for paper in papers])
        self._following = False
        self.review.show_paper(self._papers.get(self.papers.key()))

    def follow_page(self, document_id: str | None) -> None:
        """The person went to a page: choose its paper without going anywhere."""
        if document_id and document_id != self.papers.key():
            self._choose(document_id)

    def next_doubt(self) -> bool:
        """Go to the most doubtful field not visited yet; False when there is none."""
        for found in doubts(tuple(self._papers.values())):
            if found not in self._visited:
                self._visited.add(found)
                self.papers.choose(found[0])
                self.review.edit(found[1])
                return True
        return False

    def start_over(self) -> None:
        """Fields that are still doubtful will be visited again."""
        self._visited.clear()

    def _choose(self, document_id: str) -> None:
        self._following = True
        self.papers.choose(document_id)
        self._following = False

    def _chosen(self, document_id: str) -> None:
        paper = self._papers[document_id]
        self.review.show_paper(paper)
        if paper.page_ids and not self._following:
            self.paper_chosen.emit(paper.page_ids[0])


def _paper_row(paper: PaperRow, numbers: Mapping[str, int]) -> Row:
    mark, tone, icon = confidence(paper.confidence)
    places = [numbers[page] for page in paper.page_ids if page in numbers]
    key = "ui.paper.page" if len(places) == 1 else "ui.paper.pages"
    pages = messages.text(key, first=min(places), last=max(places)) if places else ""
    below = " · ".join(part for part in (pages, paper.dossier_code) if part)
    return Row(paper.id, kind_name(paper.kind_code, paper.kind_name), below, mark, tone, icon)
