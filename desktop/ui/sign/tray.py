"""The left column of the signing area: in what role, with which key, which documents, how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.choice import Choice
from desktop.ui.parts.columns import titled
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList
from desktop.ui.sign.batch import Result
from desktop.workflow.problem_words import words_of
from desktop.workflow.views.rows import IdentityRow
from signing.model import SigningRole

ROLES = (
    SigningRole.SO_HOA,
    SigningRole.KY_DUYET,
    SigningRole.DONG_DAU,
    SigningRole.SAO_Y,
    SigningRole.PHU_LUC,
    SigningRole.LUU_TRU,
)
RETURNED = "returned"
"""In place of a role: what was sent back to the clerk."""


class SignTray(QWidget):
    """Widgets and what they show; what is done with them is the area's."""

    def __init__(self) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self.role = Choice("ui.sign.role")
        self.identity = Choice("ui.sign.identity")
        wording.say(self.identity, "ui.sign.identity_none", "setPlaceholderText")
        self.list = RowList("ui.sign.list")
        self.results = RowList("ui.sign.results")
        self.practice_note = Banner()
        self.banner = Banner()
        self.sign = wording.button("ui.action.sign.sign", "sign", primary=True)
        self.retry = wording.button("ui.action.sign.retry", "retry")
        self.pause = wording.button("ui.action.sign.pause", "pause")
        self.send_back = wording.button("ui.action.sign.send_back", "undo")
        self.next_unseen = wording.button("ui.action.sign.next_unseen", "next")
        self.practice = wording.button("ui.action.sign.practice", "token")
        self.add_key = wording.tool("ui.action.sign.add_key", "token")
        self._identities: Sequence[IdentityRow] = ()
        for known in (*(role.value for role in ROLES), RETURNED):
            self.role.addItem(messages.text(f"ui.role.{known}"), known)
        self.role.setCurrentIndex(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, sizes.s, 0)
        column.setSpacing(sizes.s)
        column.addWidget(self.practice_note)
        for key, field in (("ui.sign.role", self.role), ("ui.sign.identity", self.identity)):
            line = wording.label(key, "muted")
            line.setBuddy(field)
            column.addWidget(line)
            row = QHBoxLayout()
            row.addWidget(field, 1)
            if field is self.identity:
                row.addWidget(self.add_key)
            column.addLayout(row)
        column.addWidget(titled(wording.label("ui.sign.list", "heading"), self.list), 2)
        column.addWidget(self.banner)
        column.addWidget(self.next_unseen)
        column.addWidget(self.practice)
        self._result_panel = titled(wording.label("ui.sign.results", "heading"), self.results)
        column.addWidget(self._result_panel, 1)
        column.addLayout(self._foot())
        for hidden in (self._result_panel, self.retry, self.pause, self.practice, self.practice_note):
            hidden.hide()

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(theme.current().sizes.s)
        foot.addWidget(self.send_back)
        foot.addWidget(self.pause)
        foot.addWidget(self.retry)
        foot.addStretch(1)
        foot.addWidget(self.sign)
        return foot

    def chosen_role(self) -> str:
        return str(self.role.currentData())

    def chosen_identity(self) -> IdentityRow | None:
        address = self.identity.currentData()
        return next((row for row in self._identities if row.address == address), None)

    def name_roles(self) -> None:
        """Say the roles again, in the language chosen now."""
        for number in range(self.role.count()):
            self.role.setItemText(number, messages.text(f"ui.role.{self.role.itemData(number)}"))

    def show_identities(self, identities: Sequence[IdentityRow]) -> None:
        """Keys that may sign in the chosen role."""
        self._identities = identities
        before = self.identity.currentData()
        self.identity.blockSignals(True)
        self.identity.clear()
        for identity in identities:
            if self.chosen_role() in identity.roles:
                self.identity.addItem(_identity_name(identity), identity.address)
        self.identity.setCurrentIndex(max(self.identity.findData(before), 0))
        self.identity.blockSignals(False)
        self.practice.setVisible(not identities)
        self.show_practice()

    def show_practice(self) -> bool:
        """Whether the chosen key is one with which nothing is real; says so over everything."""
        identity = self.chosen_identity()
        practising = identity is not None and identity.practice
        self.practice_note.setVisible(practising)
        if practising:
            self.practice_note.put("warn", "ui.sign.practice_note")
        return practising

    def show_results(self, rows: Sequence[Row], failed: int) -> None:
        """What became of each; the button signs only those that failed."""
        self.results.fill(rows)
        self._result_panel.setVisible(bool(rows))
        self.retry.setVisible(failed > 0)
        wording.say(self.retry, "ui.sign.retry_n", n=failed)

    def show_running(self, running: bool, paused: bool) -> None:
        """While a batch runs it can be held; nothing else can be started."""
        self.pause.setVisible(running)
        wording.say(self.pause, "ui.action.sign.resume" if paused else "ui.action.sign.pause")
        for widget in (self.role, self.identity, self.send_back):
            widget.setEnabled(not running)


def _identity_name(identity: IdentityRow) -> str:
    if identity.not_after is None:
        return identity.subject
    until = wording.day(identity.not_after.date())
    return messages.text("ui.sign.identity_until", subject=identity.subject, until=until)


def result_row(result: Result, name: str) -> Row:
    """Signed, with what is to be known of it, or not and why."""
    if result.problem is None:
        said = " ".join(messages.text(f"reason.{code}") for code in result.warnings)
        signed = messages.text("ui.sign.signed")
        if said:
            return Row(result.key, name, said, signed, "warn", "warning", wrapped=True)
        return Row(result.key, name, "", signed, "ok", "check")
    what, _, remedy = words_of(result.problem)
    failed = messages.text("ui.sign.failed")
    return Row(result.key, name, f"{what} {remedy}", failed, "bad", "error", wrapped=True)
