"""Opening a dossier: for which procedure, for whom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from desktop.ui import theme, wording
from desktop.ui.parts.choice import Choice
from storage.model import Procedure


class NewDossierDialog(QDialog):
    """Asks for the procedure and the applicant."""

    chosen = Signal(object, str)

    def __init__(self, procedures: Sequence[Procedure], parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        wording.say(self, "ui.new_dossier.title", "setWindowTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.s)
        self.procedure = Choice("ui.new_dossier.procedure")
        for procedure in procedures:
            self.procedure.addItem(f"{procedure.code} - {procedure.name}", procedure)
        self.applicant = QLineEdit()
        wording.name(self.applicant, "ui.new_dossier.applicant")
        for key, field in (
            ("ui.new_dossier.procedure", self.procedure),
            ("ui.new_dossier.applicant", self.applicant),
        ):
            line = wording.label(key, "muted")
            line.setBuddy(field)
            column.addWidget(line)
            column.addWidget(field)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = box.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setObjectName("primary")
        wording.say(self.ok, "ui.new_dossier.ok")
        wording.say(box.button(QDialogButtonBox.StandardButton.Cancel), "ui.cancel")
        self.ok.setEnabled(False)
        self.applicant.textChanged.connect(lambda typed: self.ok.setEnabled(bool(typed.strip())))
        box.accepted.connect(self._take)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        self.setMinimumWidth(sizes.control * 16)
        self.applicant.setFocus()

    def _take(self) -> None:
        self.accept()
        self.chosen.emit(self.procedure.currentData(), self.applicant.text().strip())
