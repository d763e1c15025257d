"""What the signing area asks a person, and what follows from the answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop import messages
from desktop.ui.desk import Desk
from desktop.ui.sign.dialogs import KeyDialog, NumberDialog, ReturnDialog
from desktop.ui.sign.document import SignDocument
from desktop.ui.sign.mandates import MandateDialog
from desktop.workflow.sign.finding_words import said
from signing.law.model import Finding, Fix


class SignQuestions(QObject):
    """Opens dialogs over `parent`; they stay open beside the work and answer later."""

    def __init__(
        self, desk: Desk, parent: QWidget, document: SignDocument, may_send_back: Callable[[], bool]
    ) -> None:
        super().__init__(parent)
        self._desk, self._window, self._document = desk, parent, document
        self._may_send_back = may_send_back

    def mend(self, finding: Finding) -> None:
        """Do what can be done about a finding."""
        if finding.fix is Fix.MOVE_MARK:
            self._document.mark_back()
        elif finding.fix in (Fix.FILL_NUMBER, Fix.FILL_DATE):
            self.ask_number()
        else:
            self.send_back(messages.text("ui.sign.finding", what=said(finding), clause=finding.clause))

    def ask_number(self) -> None:
        row = self._document.row
        if row is not None:
            dialog = NumberDialog(row.name, self._document.numbers.get(row.document_id, ""), self._window)
            dialog.given.connect(self._document.give_number)
            dialog.open()

    def send_back(self, reason: str | bool = "") -> None:
        """Ask why; `reason` is what stands there to begin with (a click brings its own False)."""
        row, office, runner = self._document.row, self._desk.office, self._desk.runner
        if row is None or not self._may_send_back():
            return
        key = row.document_id
        dialog = ReturnDialog(row.name, reason if isinstance(reason, str) else "", self._window)
        dialog.given.connect(
            lambda why: runner.submit("ui.job.send_back", lambda context: office.send_back(key, why, context))
        )
        dialog.open()

    def ask_key(self) -> None:
        office, runner, dialog = self._desk.office, self._desk.runner, KeyDialog(self._window)
        dialog.given.connect(
            lambda address: runner.submit("ui.job.add_key", lambda context: office.add_key(address, context))
        )
        dialog.open()

    def open_mandates(self) -> None:
        MandateDialog(self._desk, self._window).open()
