"""The papers of a batch with kind and confidence, and the fields that were read on the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.row_model import Row
from desktop.ui.rows import RowList
from desktop.ui.theme import Tone
from desktop.workflow.views import PaperRow
from ocr.model import Box
from storage.model import Field

SURE, LIKELY = 0.9, 0.6


class PaperPanel(QWidget):
    """Choosing a paper goes to its first page; choosing a field marks its place."""

    paper_chosen = Signal(str)
    """The first page of the paper."""
    place_chosen = Signal(str, object)
    """A page, and the box on it."""

    def __init__(self) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self._papers: dict[str, PaperRow] = {}
        self._following = False
        self.papers = RowList("ui.scan.papers")
        self.fields = RowList("ui.scan.fields")
        self._title = wording.label("ui.scan.papers", "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setObjectName("scan_papers")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.current().sizes.s)
        split.addWidget(titled(self._title, self.papers))
        split.addWidget(titled(wording.label("ui.scan.fields", "heading"), self.fields))
        column.addWidget(split)
        self.setMinimumWidth(sizes.control * 8)
        self.papers.chosen.connect(self._chosen)
        self.fields.chosen.connect(self._field_chosen)

    def fill(self, papers: Sequence[PaperRow], numbers: Mapping[str, int]) -> None:
        """Show papers; `numbers` gives each page's place in the batch."""
        self._papers = {paper.id: paper for paper in papers}
        wording.say(self._title, "ui.scan.papers_count", n=len(papers))
        self._following = True
        self.papers.fill([_paper_row(paper, numbers) for paper in papers])
        self._following = False
        self._show_fields(self._papers.get(self.papers.key()))

    def follow_page(self, document_id: str | None) -> None:
        """The person went to a page: choose its paper without going anywhere."""
        if document_id and document_id != self.papers.key():
            self._following = True
            self.papers.choose(document_id)
            self._following = False

    def _chosen(self, document_id: str) -> None:
        paper = self._papers[document_id]
        self._show_fields(paper)
        if paper.page_ids and not self._following:
            self.paper_chosen.emit(paper.page_ids[0])

    def _show_fields(self, paper: PaperRow | None) -> None:
        found = paper.fields if paper else ()
        self.fields.fill([_field_row(field) for field in found], choose_first=False)

    def _field_chosen(self, name: str) -> None:
        paper = self._papers.get(self.papers.key())
        field = next((field for field in paper.fields if field.name == name), None) if paper else None
        if paper is None or field is None or not 0 < field.page <= len(paper.page_ids):
            return
        box = Box(*field.box) if field.box else None
        self.place_chosen.emit(paper.page_ids[field.page - 1], box)


def titled(title: QWidget, body: QWidget) -> QWidget:
    """A heading over a widget."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().sizes.xs)
    column.addWidget(title)
    column.addWidget(body, 1)
    return made


def kind_name(code: str, fallback: str) -> str:
    """The kind in the language of the screen."""
    key = f"kind.{code}"
    return messages.text(key) if messages.has(key) else fallback


def confidence(value: float) -> tuple[str, Tone, str]:
    """How sure the reading is: words, tone, icon."""
    percent = round(value * 100)
    if value >= SURE:
        return messages.text("ui.sure", n=percent), "ok", "check"
    if value >= LIKELY:
        return messages.text("ui.likely", n=percent), "warn", "question"
    return messages.text("ui.unsure", n=percent), "bad", "warning"


def _paper_row(paper: PaperRow, numbers: Mapping[str, int]) -> Row:
    mark, tone, icon = confidence(paper.confidence)
    places = [numbers[page] for page in paper.page_ids if page in numbers]
    key = "ui.paper.page" if len(places) == 1 else "ui.paper.pages"
    pages = messages.text(key, first=min(places), last=max(places)) if places else ""
    below = " · ".join(part for part in (pages, paper.dossier_code) if part)
    return Row(paper.id, kind_name(paper.kind_code, paper.kind_name), below, mark, tone, icon)


def _field_row(field: Field) -> Row:
    key = f"ui.field.{field.name}"
    name = messages.text(key) if messages.has(key) else field.name
    mark, tone, icon = confidence(field.confidence)
    value = shown_value(field) or messages.text("ui.field.empty")
    return Row(field.name, value, name, mark, tone, icon)


def shown_value(field: Field) -> str:
    """ISO dates as Vietnamese papers write them: 05/07/1988, or 11/2026 where the day could not be read."""
    parts = field.value.split("-")
    numbers = all(part.isdigit() for part in parts)
    return "/".join(reversed(parts)) if field.name.startswith("ngay_") and numbers else field.value
