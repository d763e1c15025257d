"""The second person's check: the sample of a batch, the strangest papers first, a verdict with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.page.canvas import PageCanvas
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.choice import Choice
from desktop.ui.parts.columns import beside, titled
from desktop.ui.parts.dialog_size import open_within
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList
from desktop.ui.review.rows import field_row, kind_name
from desktop.ui.theme import Tone

if TYPE_CHECKING:
    from desktop.workflow.job import Outcome
    from desktop.workflow.review.second_check import BatchCheck, SampledPaper
    from desktop.workflow.views.rows import PaperRow

KEYS = {"good": "Ctrl+Return", "wrong": "Ctrl+E", "rescan": "Ctrl+R"}
"""Verdicts and the keys that give them."""
_STATES: dict[str, Tone] = {"open": "accent", "passed": "ok", "refused": "bad"}
_VERDICTS: dict[str, Tone] = {"good": "ok", "wrong": "bad", "rescan": "warn"}


class SecondCheckDialog(QDialog):
    """Papers at the left, the page in the middle, what was read at the right, verdicts below."""

    def __init__(self, desk: Desk, batch_id: str, parent: QWidget) -> None:
        from desktop.workflow.review.second_check import (
            REASONS,  # loads the libraries, which are there by now
        )

        super().__init__(parent)
        self._desk, self._batch = desk, batch_id
        self._papers: dict[str, PaperRow] = {}
        self._check: BatchCheck | None = None
        self._page = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wording.say(self, "ui.second.title", "setWindowTitle")
        self.state = Banner()
        self.sample = RowList("ui.second.sample")
        self.canvas = PageCanvas(desk.runner)
        self.place = wording.label(style="muted")
        self.fields = RowList("ui.scan.fields")
        self.reason = Choice("ui.second.reason")
        for reason in REASONS:
            self.reason.addItem(messages.text(f"second.reason.{reason}"), reason)
        self.buttons = {verdict: self._button(verdict, key) for verdict, key in KEYS.items()}
        self._build()
        self.sample.chosen.connect(self._paper_chosen)
        self.fields.chosen.connect(self._field_chosen)
        self.canvas.stepped.connect(self._step)
        self._refresh()

    def _button(self, verdict: str, key: str) -> QPushButton:
        made = wording.button(f"ui.second.{verdict}", primary=verdict == "good")
        QShortcut(QKeySequence(key), self, made.click)  # a button's own key goes with its words
        made.clicked.connect(lambda: self._give(verdict))
        made.setEnabled(False)
        return made

    def _build(self) -> None:
        sizes = theme.current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.s)
        column.addWidget(wording.label("ui.second.note", "muted", wrap=True))
        column.addWidget(self.state)
        split = beside(
            "second_check",
            titled(wording.label("ui.second.sample", "heading"), self.sample),
            titled(self.place, self.canvas),
            titled(wording.label("ui.scan.fields", "heading"), self.fields),
        )
        split.setSizes([sizes.control * 9, sizes.control * 11, sizes.control * 12])
        column.addWidget(split, 1)
        foot = QHBoxLayout()
        close = wording.button("ui.close", "cancel")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        foot.addStretch(1)
        foot.addWidget(wording.label("ui.second.reason", "muted"))
        foot.addWidget(self.reason)
        for verdict in ("rescan", "wrong", "good"):
            foot.addWidget(self.buttons[verdict])
        column.addLayout(foot)
        open_within(self, 32, 19)

    def _refresh(self) -> None:
        office, batch = self._desk.office, self._batch
        self._desk.runner.read(
            self,
            "check",
            lambda: (office.batch_check(batch), office.papers(batch), office.actor()),
            self._show,
        )

    def _show(self, found: tuple[BatchCheck, Sequence[PaperRow], str]) -> None:
        check, papers, actor = found
        self._check = check
        self._papers = {paper.id: paper for paper in papers}
        own = actor in check.workers
        facts = {
            "seen": sum(bool(paper.verdict) for paper in check.papers),
            "sample": check.plan.sample, "lot": check.plan.lot,
            "wrong": check.wrong, "accept": check.plan.accept,
        }  # fmt: skip
        key = "ui.second.own" if own else f"ui.second.{check.state}"
        self.state.put("warn" if own else _STATES[check.state], key, "", **facts)
        for button in self.buttons.values():
            button.setEnabled(not own and bool(check.papers))
        self.sample.fill([_row(paper) for paper in check.papers])
        unseen = next((paper.document_id for paper in check.papers if not paper.verdict), None)
        if unseen:
            self.sample.choose(unseen)

    def _paper_chosen(self, document_id: str) -> None:
        paper = self._papers.get(document_id)
        self.fields.fill([field_row(field, paper) for field in paper.fields] if paper else [], False)
        self._go_to(0)

    def _field_chosen(self, name: str) -> None:
        paper = self._papers[self.sample.key()]
        field = next(field for field in paper.fields if field.name == name)
        if field.page:
            self._go_to(field.page - 1)
            self.canvas.point_at(field.box)

    def _step(self, by: int) -> None:
        self._go_to(self._page + by)

    def _go_to(self, page: int) -> None:
        paper = self._papers.get(self.sample.key())
        if paper is None or not 0 <= page < len(paper.page_ids):
            return
        self._page, page_id, office = page, paper.page_ids[page], self._desk.office
        wording.say(self.place, "ui.second.page", n=page + 1, of=len(paper.page_ids))
        self.canvas.open(
            (page_id, paper.version),
            partial(office.page_picture, page_id),
            partial(office.page_part, page_id),
        )
        self._desk.runner.read(self, "text", lambda: office.page_text(page_id), self.canvas.put_text)

    def _give(self, verdict: str) -> None:
        """Keep the verdict on the chosen paper and go on to the next one."""
        key, office = self.sample.key(), self._desk.office
        reason = "" if verdict == "good" else str(self.reason.currentData())
        self._desk.runner.act(lambda context: office.check_paper(key, verdict, reason, context), self._given)

    def _given(self, outcome: Outcome[object]) -> None:
        self._desk.tell(outcome.problems)
        self._refresh()


def _row(paper: SampledPaper) -> Row:
    strange = ", ".join(_strange(code) for code in paper.strange.reasons)
    reason = messages.text(f"second.reason.{paper.reason}") if paper.reason else ""
    below = " · ".join(part for part in (paper.name, reason or strange) if part)
    verdict = messages.text(f"second.{paper.verdict or 'unseen'}")
    title = kind_name(paper.kind_code, paper.kind_code)
    return Row(
        paper.document_id, title, below, verdict, _VERDICTS.get(paper.verdict, "neutral"), wrapped=True
    )


def _strange(code: str) -> str:
    key = f"strange.{code}"
    return messages.text(key if messages.has(key) else f"quality.{code}")
