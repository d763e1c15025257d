"""Ký số: what waits for a signature, page by page, then one PIN for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.banner import Banner
from desktop.ui.choice import Choice
from desktop.ui.desk import Area, Desk
from desktop.ui.models import SignOrder
from desktop.ui.page_view import PageView
from desktop.ui.paper_panel import titled
from desktop.ui.row_model import Row
from desktop.ui.rows import RowList
from desktop.workflow.job import Changes, Outcome, Problem
from desktop.workflow.problem_words import words_of
from desktop.workflow.views import IdentityRow, SigningRow
from signing.model import SigningRole

if TYPE_CHECKING:
    from desktop.workflow.sign import Signed

ROLES = (
    SigningRole.SO_HOA,
    SigningRole.KY_DUYET,
    SigningRole.DONG_DAU,
    SigningRole.SAO_Y,
    SigningRole.LUU_TRU,
)


class SignArea(Area):
    """The list and the choices at the left, the page at the right."""

    name = "sign"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("area")
        self._rows: dict[str, SigningRow] = {}
        self._identities: Sequence[IdentityRow] = ()
        self._seen: dict[str, set[int]] = {}
        self._page = 1
        self.role = Choice("ui.sign.role")
        self.identity = Choice("ui.sign.identity")
        self.unchecked = QCheckBox()
        self.list = RowList("ui.sign.list")
        self.results = RowList("ui.sign.results")
        self.banner = Banner()
        self.sign = wording.button("ui.action.sign.sign", "sign", primary=True)
        self.retry = wording.button("ui.action.sign.retry", "retry")
        self.practice = wording.button("ui.action.sign.practice", "token")
        self.practice.hide()
        self.page = PageView(desk.runner, desk.actions, self.name)
        self._failed: tuple[str, ...] = ()
        self._names: dict[str, str] = {}
        self._build()
        self._add_actions()
        self.role.currentIndexChanged.connect(lambda: self.refresh())
        self.list.chosen.connect(self._document_chosen)
        self.list.rows.ticked.connect(self._count)
        self.page.canvas.stepped.connect(self._step)
        self.page.canvas.shown.connect(self._page_shown)

    def _build(self) -> None:
        sizes = theme.current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.m)
        column.addWidget(wording.label("ui.area.sign", "title"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("sign")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.current().sizes.s)
        split.addWidget(self._build_left())
        split.addWidget(self.page)
        split.setStretchFactor(1, 1)
        split.setSizes([sizes.control * 14, 700])
        column.addWidget(split, 1)

    def _build_left(self) -> QWidget:
        sizes = theme.current().sizes
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, sizes.s, 0)
        column.setSpacing(sizes.s)
        for role in ROLES:
            self.role.addItem(messages.text(f"ui.role.{role.value}"), role.value)
        wording.say(self.unchecked, "ui.sign.accept_unchecked")
        for key, field in (("ui.sign.role", self.role), ("ui.sign.identity", self.identity)):
            line = wording.label(key, "muted")
            line.setBuddy(field)
            column.addWidget(line)
            column.addWidget(field)
        column.addWidget(titled(wording.label("ui.sign.list", "heading"), self.list), 2)
        column.addWidget(self.banner)
        column.addWidget(self.practice)
        self._result_panel = titled(wording.label("ui.sign.results", "heading"), self.results)
        column.addWidget(self._result_panel, 1)
        self._result_panel.hide()
        column.addWidget(self.unchecked)
        foot = QHBoxLayout()
        foot.setSpacing(sizes.s)
        foot.addWidget(self.retry)
        foot.addStretch(1)
        foot.addWidget(self.sign)
        column.addLayout(foot)
        self.retry.hide()
        self.sign.clicked.connect(self._sign)
        self.practice.clicked.connect(self._practise)
        self.retry.clicked.connect(self._retry)
        return made

    def _add_actions(self) -> None:
        add = self._desk.actions.add
        add(self, "sign.sign", self._sign, "Ctrl+Return", area=self.name)
        add(self, "sign.retry", self._retry, "Ctrl+Shift+Return", area=self.name)
        add(self, "sign.practice", self._practise, area=self.name)
        add(self, "sign.all", lambda: self.list.tick_all(lambda _row: True), "Ctrl+A", area=self.name)
        add(self, "sign.none", lambda: self.list.tick_all(lambda _row: False), "Ctrl+Shift+A", area=self.name)
        self.page.add_tool("previous_page", "previous", lambda: self._step(-1), "Ctrl+PgUp")
        self.page.add_tool("next_page", "next", lambda: self._step(1), "Ctrl+PgDown")

    # -- what is shown

    def refresh(self, changes: Changes | None = None) -> None:
        office, role = self._desk.office, self.role.currentData()
        for number, known in enumerate(ROLES):
            self.role.setItemText(number, messages.text(f"ui.role.{known.value}"))
        self._desk.runner.read(
            self, "list", lambda: (office.signing_list(role), office.identities()), self._show
        )

    def take_focus(self) -> None:
        self.list.setFocus()

    def _show(self, found: tuple[Sequence[SigningRow], Sequence[IdentityRow]]) -> None:
        waiting, self._identities = found
        self._rows = {row.document_id: row for row in waiting}
        before = self.identity.currentData()
        self.identity.clear()
        for identity in self._identities:
            if self.role.currentData() in identity.roles:
                self.identity.addItem(_identity_name(identity), identity.address)
        self.identity.setCurrentIndex(max(self.identity.findData(before), 0))
        self.practice.setVisible(not self._identities)
        self.list.fill([self._row(row) for row in waiting])
        if not waiting:
            self.page.canvas.clear()
            wording.show(self.page.caption, "")
        self._count()

    def _row(self, row: SigningRow) -> Row:
        unseen = row.pages - len(self._seen.get(row.document_id, ()))
        mark = messages.text("ui.sign.unseen", n=unseen) if unseen else messages.text("ui.sign.seen")
        below = " · ".join(part for part in (row.dossier_code, row.kind_name) if part)
        tone, icon = ("warn", "warning") if unseen else ("ok", "check")
        return Row(row.document_id, row.name, below, mark, tone, icon, checked=True)  # type: ignore[arg-type]

    def _document_chosen(self, document_id: str) -> None:
        self._page = 1
        self._show_page(document_id)

    def _step(self, by: int) -> None:
        row = self._rows.get(self.list.key())
        if row is not None:
            self._page = min(max(self._page + by, 1), row.pages)
            self._show_page(row.document_id)

    def _show_page(self, document_id: str) -> None:
        row, number, office = self._rows[document_id], self._page, self._desk.office
        wording.say(self.page.caption, "ui.sign.page", name=row.name, page=number, pages=row.pages)
        self.page.canvas.open(
            (document_id, row.version, number),
            lambda dpi: office.document_picture(document_id, number, dpi),
        )

    def _page_shown(self, page: tuple[str, int, int]) -> None:
        """Only a page whose picture was on screen counts as seen."""
        document_id, _, number = page
        self._seen.setdefault(document_id, set()).add(number)
        if document_id in self._rows:
            self.list.update_row(self._row(self._rows[document_id]))
            self._count()

    def _count(self) -> None:
        ticked = [self._rows[key] for key in self.list.ticked() if key in self._rows]
        unseen = sum(row.pages - len(self._seen.get(row.document_id, ())) for row in ticked)
        wording.say(self.sign, "ui.sign.sign_n", n=len(ticked))
        self.sign.setEnabled(bool(ticked) and self.identity.count() > 0)
        if not self._rows:
            self.banner.put("neutral", "ui.sign.nothing")
        elif self.identity.count() == 0:
            self.banner.put("warn", "ui.sign.no_identity")
        elif unseen:
            self.banner.put("warn", "ui.sign.unseen_all", n=unseen)
        else:
            self.banner.put("ok", "ui.sign.all_seen")

    # -- what is done

    def _sign(self) -> None:
        if self.sign.isEnabled():
            self._run(tuple(self.list.ticked()))

    def _practise(self) -> None:
        self._desk.runner.submit("ui.job.practice", self._desk.office.make_practice_office)

    def _retry(self) -> None:
        if self._failed:
            self._run(self._failed)

    def _run(self, documents: tuple[str, ...]) -> None:
        office = self._desk.office
        order = SignOrder(
            documents, self.role.currentData(), self.identity.currentData(), self.unchecked.isChecked()
        )
        self._names = {key: self._rows[key].name for key in documents if key in self._rows}
        self.sign.setEnabled(False)
        self.retry.hide()
        self._desk.runner.submit(
            "ui.job.sign",
            lambda context: office.sign(order, context),
            self._signed,
            lambda problem: self._stopped(documents, problem),
            after=self._count,
            n=len(documents),
        )

    def _stopped(self, documents: tuple[str, ...], problem: Problem) -> None:
        """Nothing could be signed, a wrong PIN for example: said once, every document can be tried again."""
        self._desk.tell((problem,))
        left = problem.facts.get("tries_left")
        self._desk.tries_left(left if isinstance(left, int) else None)
        self._show_results([(key, problem) for key in documents])

    def _signed(self, outcome: Outcome[tuple[Signed, ...]]) -> None:
        self._desk.tries_left(None)
        self._show_results([(entry.subject, entry.problem) for entry in outcome.value])

    def _show_results(self, results: Sequence[tuple[str, Problem | None]]) -> None:
        self._failed = tuple(key for key, problem in results if problem)
        self.results.fill([_result_row(key, self._names.get(key, ""), problem) for key, problem in results])
        self._result_panel.show()
        self.retry.setVisible(bool(self._failed))
        wording.say(self.retry, "ui.sign.retry_n", n=len(self._failed))
        self._count()


def _identity_name(identity: IdentityRow) -> str:
    until = wording.day(identity.not_after.date())
    return messages.text("ui.sign.identity_until", subject=identity.subject, until=until)


def _result_row(key: str, name: str, problem: Problem | None) -> Row:
    if problem is None:
        return Row(key, name, "", messages.text("ui.sign.signed"), "ok", "check")
    what, _, remedy = words_of(problem)
    return Row(key, name, f"{what} {remedy}", messages.text("ui.sign.failed"), "bad", "error", wrapped=True)
