"""Hồ sơ: the dossiers, what the chosen one must contain, what fills it and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Area, Desk
from desktop.ui.dossier.attach_dialog import AttachDialog
from desktop.ui.dossier.new_dialog import NewDossierDialog
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.columns import below, beside, titled
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList
from desktop.ui.review.rows import kind_name
from desktop.ui.theme import Tone
from desktop.workflow.job import Changes
from desktop.workflow.views.rows import ChecklistItem, DossierRow, DossierView, PaperRow
from storage.model import Procedure

STATUS: dict[str, tuple[Tone, str]] = {
    "filled": ("ok", "check"),
    "missing": ("bad", "missing"),
    "shown": ("neutral", "only-shown"),
    "not_asked": ("neutral", "info"),
}


class DossierArea(Area):
    """The list at the left, the checklist at the right."""

    name = "dossier"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._view: DossierView | None = None
        self.dossiers = RowList("ui.dossier.list")
        self.checklist = RowList("ui.dossier.checklist")
        self.papers = RowList("ui.dossier.papers")
        self.banner = Banner()
        self._title = wording.label(style="title", wrap=True)
        self._below = wording.label(style="muted", wrap=True)
        self._detail = QStackedWidget()
        self.attach = wording.button("ui.action.dossier.attach", "attach")
        self.deposit = wording.button("ui.action.dossier.deposit", "package", primary=True)
        self._build()
        self._add_actions()
        self.dossiers.chosen.connect(self._dossier_chosen)
        self.papers.activated.connect(self._open_paper)
        self.checklist.activated.connect(self._attach)

    def _build(self) -> None:
        sizes = theme.current().sizes
        column = self._column()
        head = QHBoxLayout()
        head.addWidget(wording.label("ui.area.dossier", "title"), 1)
        new = wording.button("ui.action.dossier.new", "dossier", primary=False)
        new.clicked.connect(self._new)
        head.addWidget(new)
        column.addLayout(head)
        empty = wording.label("ui.dossier.empty", "empty", wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._detail.addWidget(empty)
        self._detail.addWidget(self._build_detail())
        self.dossiers.setMinimumWidth(sizes.control * 8)
        split = beside(self.name, self.dossiers, self._detail)
        split.setStretchFactor(1, 1)
        split.setSizes([sizes.control * 13, 800])
        column.addWidget(split, 1)

    def _build_detail(self) -> QWidget:
        sizes = theme.current().sizes
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(sizes.s, 0, 0, 0)
        column.setSpacing(sizes.s)
        column.addWidget(self._title)
        column.addWidget(self._below)
        column.addWidget(self.banner)
        split = below(
            "dossier_detail",
            titled(wording.label("ui.dossier.checklist", "heading"), self.checklist),
            titled(wording.label("ui.dossier.papers", "heading"), self.papers),
        )
        split.setSizes([500, 260])
        column.addWidget(split, 1)
        foot = QHBoxLayout()
        foot.setSpacing(sizes.s)
        foot.addStretch(1)
        foot.addWidget(self.attach)
        foot.addWidget(self.deposit)
        column.addLayout(foot)
        self.attach.clicked.connect(self._attach)
        self.deposit.clicked.connect(self._deposit)
        return made

    def _add_actions(self) -> None:
        add = self._desk.actions.add
        add(self, "dossier.new", self._new, "Ctrl+N", area=self.name)
        add(self, "dossier.attach", self._attach, "Ctrl+T", area=self.name)
        add(self, "dossier.deposit", self._deposit, "Ctrl+Return", area=self.name)

    # -- what is shown

    def refresh(self, changes: Changes | None = None) -> None:
        self._desk.runner.read(self, "dossiers", self._desk.office.dossiers, self._show_list)

    def take_focus(self) -> None:
        self.dossiers.setFocus()

    def show_thing(self, key: str) -> None:
        self.dossiers.choose(key)

    def _show_list(self, rows: Sequence[DossierRow]) -> None:
        self.dossiers.fill([_dossier_row(row) for row in rows])
        self._detail.setCurrentIndex(1 if rows else 0)
        if rows:
            self._dossier_chosen(self.dossiers.key())

    def _dossier_chosen(self, code: str) -> None:
        office = self._desk.office
        self._desk.runner.read(self, "dossier", lambda: office.dossier(code), self._show)

    def _show(self, view: DossierView) -> None:
        self._view = view
        wording.show(self._title, f"{view.row.code} - {view.row.applicant or view.row.title}")
        wording.show(self._below, f"{view.row.procedure_name} · {wording.day(view.row.received_at)}")
        missing = [item.component_name for item in view.items if item.status == "missing"]
        if missing:
            self.banner.put("bad", "ui.dossier.incomplete", n=len(missing), names="; ".join(missing))
        else:
            self.banner.put("ok", "ui.dossier.complete")
        self.checklist.fill([_item_row(item) for item in view.items])
        attached = [(paper, item.component_name) for item in view.items for paper in item.papers]
        results = [(paper, messages.text("ui.dossier.result")) for paper in view.results]
        loose = [(paper, messages.text("ui.dossier.loose")) for paper in view.loose]
        self.papers.fill(
            [_paper_row(paper, place) for paper, place in attached + results + loose], choose_first=False
        )
        self.deposit.setEnabled(not missing and view.row.state != "deposited")

    # -- what is done

    def _new(self) -> None:
        office = self._desk.office
        self._desk.runner.read(self, "procedures", office.procedures, self._ask_new)

    def _ask_new(self, procedures: Sequence[Procedure]) -> None:
        dialog = NewDossierDialog(procedures, self)
        dialog.chosen.connect(self._create)
        dialog.open()

    def _create(self, procedure: Procedure, applicant: str) -> None:
        office = self._desk.office
        self._desk.runner.submit(
            "ui.job.new_dossier", lambda context: office.new_dossier(procedure, applicant, context)
        )

    def _attach(self) -> None:
        item = self._item()
        if item is None:
            return
        office = self._desk.office
        self._desk.runner.read(self, "unattached", office.unattached, lambda papers: self._ask(item, papers))

    def _ask(self, item: ChecklistItem, papers: Sequence[PaperRow]) -> None:
        loose = self._view.loose if self._view else ()
        dialog = AttachDialog(item, [*loose, *papers], self)
        dialog.chosen.connect(lambda paper: self._attach_paper(paper, item))
        dialog.open()

    def _attach_paper(self, paper: PaperRow, item: ChecklistItem) -> None:
        if self._view is None:
            return
        office, code = self._desk.office, self._view.row.code
        self._desk.runner.submit(
            "ui.job.attach",
            lambda context: office.attach(paper, code, item.component_code, context),
            name=paper.name,
        )

    def _deposit(self) -> None:
        if self._view is None or not self.deposit.isEnabled():
            return
        office, code = self._desk.office, self._view.row.code
        self._desk.runner.submit(
            "ui.job.deposit",
            lambda context: office.deposit(code, context),
            lambda outcome: self._desk.tell(outcome.problems),
            code=code,
        )

    def _open_paper(self) -> None:
        if self.papers.key():
            self._desk.go("scan", self.papers.key())

    def _item(self) -> ChecklistItem | None:
        chosen = self.checklist.key()
        items = self._view.items if self._view else ()
        return next((item for item in items if item.component_code == chosen), None)


def _dossier_row(row: DossierRow) -> Row:
    mark = messages.text("ui.dossier.count", filled=row.filled, required=row.required)
    whole = row.filled >= row.required
    if row.state == "deposited":
        return Row(
            row.code, row.code, _about(row), messages.text("ui.dossier.deposited"), "accent", "archive"
        )
    return Row(
        row.code, row.code, _about(row), mark, "ok" if whole else "warn", "check" if whole else "missing"
    )


def _about(row: DossierRow) -> str:
    return " · ".join(part for part in (row.applicant, row.procedure_name) if part)


def _item_row(item: ChecklistItem) -> Row:
    tone, icon = STATUS[item.status]
    names = ", ".join(paper.name for paper in item.papers) or messages.text(f"ui.dossier.hint.{item.status}")
    mark = messages.text(f"ui.dossier.status.{item.status}")
    return Row(item.component_code, item.component_name, names, mark, tone, icon)


def _paper_row(paper: PaperRow, place: str) -> Row:
    kind = kind_name(paper.kind_code, paper.kind_name)
    mark = messages.text(f"ui.state.{paper.state}")
    tone: Tone = "ok" if paper.state in ("sealed", "deposited") else "neutral"
    return Row(paper.id, f"{kind} - {paper.name}", place, mark, tone)
