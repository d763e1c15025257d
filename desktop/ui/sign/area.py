"""Ký số: what waits for a signature, page by page, then one PIN for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Area, Desk
from desktop.ui.office.model_signing import SignOrder
from desktop.ui.page.view import PageView
from desktop.ui.parts.columns import beside
from desktop.ui.parts.row_model import Row
from desktop.ui.sign.batch import Result, SignBatch
from desktop.ui.sign.document import SignDocument
from desktop.ui.sign.mark import FINE, STEP
from desktop.ui.sign.panel import SignPanel
from desktop.ui.sign.questions import SignQuestions
from desktop.ui.sign.tray import RETURNED, SignTray, result_row
from desktop.workflow.job import Changes
from desktop.workflow.sign.hand_over import Returned
from desktop.workflow.views.rows import IdentityRow, SigningRow

_MOVES = (("left", -1, 0), ("right", 1, 0), ("up", 0, -1), ("down", 0, 1))


class SignArea(Area):
    """The list and the choices at the left, the page in the middle, what is to be known at the right."""

    name = "sign"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[str, SigningRow] = {}
        self._reasons: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._failed: tuple[str, ...] = ()
        self.tray, self.panel = SignTray(), SignPanel()
        self.page = PageView(desk.runner, desk.actions, self.name)
        self.document = SignDocument(desk, self.page, self.panel)
        self.batch = SignBatch(desk, self._show_batch, self._show_results)
        self.list, self.role, self.identity = self.tray.list, self.tray.role, self.tray.identity
        self.results, self.banner = self.tray.results, self.tray.banner
        self.sign, self.retry, self.practice = self.tray.sign, self.tray.retry, self.tray.practice
        self.questions = SignQuestions(desk, self, self.document, self._may_send_back)
        self._build()
        self._add_actions()
        self._connect()

    def _build(self) -> None:
        sizes = theme.current().sizes
        column = self._column()
        column.addWidget(wording.label("ui.area.sign", "title"))
        split = beside(self.name, self.tray, self.page, self.panel)
        split.setStretchFactor(1, 1)
        split.setSizes([sizes.control * 12, 600, sizes.control * 9])
        column.addWidget(split, 1)

    def _add_actions(self) -> None:
        add = partial(self._desk.actions.add, self, area=self.name)
        add("sign.sign", self._sign, "Ctrl+Return")
        add("sign.retry", self._retry, "Ctrl+Shift+Return")
        add("sign.pause", self.batch.hold_or_go_on, "Ctrl+Space")
        add("sign.send_back", self.questions.send_back, "Ctrl+Backspace")
        add("sign.practice", self._practise)
        add("sign.add_key", self.questions.ask_key)
        add("sign.mandates", self.questions.open_mandates, "Ctrl+M")
        add("sign.all", lambda: self.list.tick_all(lambda _row: True), "Ctrl+A")
        add("sign.none", lambda: self.list.tick_all(lambda _row: False), "Ctrl+Shift+A")
        add("sign.next_unseen", self._next_unseen, "Ctrl+Down")
        add("sign.mark_here", self.document.mark_here, "Alt+Home")
        add("sign.mark_back", self.document.mark_back, "Alt+End")
        for name, across, down in _MOVES:
            for fine, step in (("", STEP), ("Shift+", FINE)):
                action = f"sign.mark_{name}{'_fine' if fine else ''}"
                move = partial(self.document.mark.nudge, across * step, down * step)
                add(action, move, f"Alt+{fine}{name.capitalize()}")
        self.page.add_tool("previous_page", "previous", lambda: self.document.step(-1), "Ctrl+PgUp")
        self.page.add_tool("next_page", "next", lambda: self.document.step(1), "Ctrl+PgDown")

    def _connect(self) -> None:
        self.role.currentIndexChanged.connect(lambda: self.refresh())
        self.identity.currentIndexChanged.connect(lambda: self._identity_chosen())
        self.list.chosen.connect(self._document_chosen)
        self.list.rows.ticked.connect(self._count)
        self.page.canvas.stepped.connect(self.document.step)
        self.document.page_seen.connect(self._page_seen)
        self.panel.fix_wanted.connect(self.questions.mend)
        for button, run in (
            (self.sign, self._sign),
            (self.practice, self._practise),
            (self.tray.add_key, self.questions.ask_key),
            (self.retry, self._retry),
            (self.tray.pause, self.batch.hold_or_go_on),
            (self.tray.send_back, self.questions.send_back),
            (self.tray.next_unseen, self._next_unseen),
        ):
            button.clicked.connect(run)

    # -- what is shown

    def refresh(self, changes: Changes | None = None) -> None:
        office, role = self._desk.office, self.tray.chosen_role()
        self.tray.name_roles()
        if role == RETURNED:
            self._desk.runner.read(
                self, "list", lambda: (office.returned(), office.identities()), self._show_back
            )
        else:
            self._desk.runner.read(
                self, "list", lambda: (office.signing_list(role), office.identities()), self._show
            )

    def take_focus(self) -> None:
        self.list.setFocus()

    def _show_back(self, found: tuple[Sequence[Returned], Sequence[IdentityRow]]) -> None:
        back, identities = found
        self._reasons = {entry.document_id: entry.step.reason for entry in back}
        rows = [
            SigningRow(
                entry.document_id, entry.name, entry.kind_name, entry.dossier_code, entry.pages, RETURNED, (),
                entry.version,
            )
            for entry in back
        ]  # fmt: skip
        self._fill(rows, identities)

    def _show(self, found: tuple[Sequence[SigningRow], Sequence[IdentityRow]]) -> None:
        self._reasons = {}
        self._fill(*found)

    def _fill(self, waiting: Sequence[SigningRow], identities: Sequence[IdentityRow]) -> None:
        self._rows = {row.document_id: row for row in waiting}
        self.tray.show_identities(identities)
        self._identity_chosen()
        self.list.fill([self._row(row) for row in waiting])
        chosen = self._rows.get(self.list.key())
        if chosen is None:
            self.document.clear()
        else:
            self.document.open(chosen, self.tray.chosen_role())
        self._look_whose()
        self._count()

    def _row(self, row: SigningRow) -> Row:
        below = " · ".join(part for part in (row.kind_name, row.dossier_code) if part)
        reason = self._reasons.get(row.document_id)
        if reason:
            mark = messages.text("ui.sign.returned")
            return Row(row.document_id, row.name, reason, mark, "bad", "undo", checked=True, wrapped=True)
        order = self.batch.order if self.batch.running() else None
        if order is not None and row.document_id in order.document_ids:
            done = row.document_id in self.batch.done
            mark = messages.text("ui.sign.worked_on" if done else "ui.sign.in_line")
            return Row(row.document_id, row.name, below, mark, "ok" if done else "accent", checked=True)
        unseen = self.document.unseen(row)
        mark = messages.text("ui.sign.unseen", n=unseen) if unseen else messages.text("ui.sign.seen")
        return Row(
            row.document_id, row.name, below, mark, "warn" if unseen else "ok",
            "warning" if unseen else "check", checked=True,
        )  # fmt: skip

    def _document_chosen(self, document_id: str) -> None:
        if document_id in self._rows:
            self.document.open(self._rows[document_id], self.tray.chosen_role())
            self._look_whose()

    def _look_whose(self) -> None:
        """Whether the chosen key may sign the chosen document at all."""
        row, key, office = self.document.row, self.tray.chosen_identity(), self._desk.office
        self.panel.show_refusal(None)
        role = self.tray.chosen_role()
        if row is not None and key is not None and role != RETURNED:
            document, address = row.document_id, key.address
            self._desk.runner.read(
                self, "whose", lambda: office.refusal(document, role, address), self.panel.show_refusal
            )

    def _page_seen(self, document_id: str) -> None:
        if document_id in self._rows:
            self.list.update_row(self._row(self._rows[document_id]))
            self._count()

    def _next_unseen(self) -> None:
        row = self.document.next_unseen(list(self._rows.values()))
        if row is not None:
            self.list.choose(row.document_id)
            self.document.go(self.document.first_unseen(row))

    def _identity_chosen(self) -> None:
        self.document.practise(self.tray.show_practice())
        self._look_whose()
        identity, office = self.tray.chosen_identity(), self._desk.office
        self.panel.show_certificate(None, identity is not None)
        if identity is not None:
            address = identity.address
            self._desk.runner.read(
                self, "certificate", lambda: office.certificate(address),
                lambda checked: self.panel.show_certificate(checked, True),
            )  # fmt: skip

    def _count(self) -> None:
        ticked = [self._rows[key] for key in self.list.ticked() if key in self._rows]
        unseen = sum(self.document.unseen(row) for row in ticked)
        back = self.tray.chosen_role() == RETURNED
        wording.say(self.sign, "ui.sign.submit_n" if back else "ui.sign.sign_n", n=len(ticked))
        ready = back or self.identity.count() > 0
        self.sign.setEnabled(bool(ticked) and ready and not self.batch.running())
        self.tray.send_back.setVisible(not back)
        self.tray.next_unseen.setVisible(unseen > 0 and not back)
        self.tray.send_back.setEnabled(bool(self._rows) and not self.batch.running())
        if self.batch.running():
            total = len(self.batch.order.document_ids) if self.batch.order else 0
            key = "ui.sign.paused" if self.batch.paused() else "ui.sign.running"
            self.banner.put("accent", key, done=len(self.batch.done), n=total)
        elif not self._rows:
            self.banner.put("neutral", "ui.sign.nothing_back" if back else "ui.sign.nothing")
        elif back:
            self.banner.put("warn", "ui.sign.back_note")
        elif not ready:
            self.banner.put("warn", "ui.sign.no_identity")
        elif unseen:
            self.banner.put("warn", "ui.sign.unseen_all", n=unseen)
        else:
            self.banner.put("ok", "ui.sign.all_seen")

    # -- what is done

    def _sign(self) -> None:
        if not self.sign.isEnabled():
            return
        documents = tuple(self.list.ticked())
        if self.tray.chosen_role() == RETURNED:
            office = self._desk.office
            self._desk.runner.submit("ui.job.submit", lambda context: office.submit(documents, context))
        else:
            self._run(documents)

    def _retry(self) -> None:
        if self._failed and not self.batch.running():
            self._run(self._failed)

    def _run(self, documents: tuple[str, ...]) -> None:
        self._names = {key: self._rows[key].name for key in documents if key in self._rows}
        self.retry.hide()
        self.batch.start(
            SignOrder(
                documents,
                self.tray.chosen_role(),
                str(self.identity.currentData()),
                {key: self.document.numbers[key] for key in documents if key in self.document.numbers},
                {key: self.document.placements[key] for key in documents if key in self.document.placements},
            )
        )

    def _show_batch(self) -> None:
        self.tray.show_running(self.batch.running(), self.batch.paused())
        for row in self._rows.values():
            self.list.update_row(self._row(row))
        self._count()

    def _show_results(self, results: Sequence[Result]) -> None:
        self._failed = tuple(result.key for result in results if result.problem)
        rows = [result_row(result, self._names.get(result.key, "")) for result in results]
        self.tray.show_results(rows, len(self._failed))
        self._count()
        self.bring(self.results)

    def _practise(self) -> None:
        self._desk.runner.submit("ui.job.practice", self._desk.office.make_practice_office)

    def _may_send_back(self) -> bool:
        return not self.batch.running() and self.tray.chosen_role() != RETURNED
