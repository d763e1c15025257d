"""Choosing which paper fills a component."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.parts.dialog_size import open_within
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList
from desktop.ui.review.rows import confidence, kind_name
from desktop.workflow.views.rows import ChecklistItem, PaperRow


class AttachDialog(QDialog):
    """Papers that are attached nowhere yet."""

    chosen = Signal(object)

    def __init__(self, item: ChecklistItem, papers: Sequence[PaperRow], parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        self._papers = {paper.id: paper for paper in papers}
        wording.say(self, "ui.attach.title", "setWindowTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.s)
        column.addWidget(wording.label("ui.attach.for", "muted"))
        whom = wording.label(style="heading", wrap=True)
        wording.show(whom, item.component_name)
        column.addWidget(whom)
        self.list = RowList("ui.attach.list", empty="ui.attach.none")
        self.list.fill([_row(paper) for paper in papers])
        column.addWidget(self.list, 1)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = box.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setObjectName("primary")
        wording.say(self.ok, "ui.attach.ok")
        wording.say(box.button(QDialogButtonBox.StandardButton.Cancel), "ui.cancel")
        self.ok.setEnabled(bool(papers))
        box.accepted.connect(self._take)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        self.list.activated.connect(self._take)
        open_within(self, 17, 13)

    def _take(self) -> None:
        paper = self._papers.get(self.list.key())
        if paper is not None:
            self.accept()
            self.chosen.emit(paper)


def _row(paper: PaperRow) -> Row:
    mark, tone, icon = confidence(paper.confidence)
    count = messages.text("ui.paper.count", n=len(paper.page_ids))
    return Row(
        paper.id, kind_name(paper.kind_code, paper.kind_name), f"{paper.name} · {count}", mark, tone, icon
    )
