"""A separator sheet to print: for which dossier and component, scanned in which way what follows is meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.parts import chooser
from desktop.ui.parts.choice import Choice
from desktop.workflow.scan_profiles import ScanProfile
from desktop.workflow.views.rows import DossierRow, DossierView


class SeparatorDialog(QDialog):
    """Everything may stay open: a sheet that names nothing only divides two papers."""

    def __init__(self, desk: Desk, profiles: Sequence[ScanProfile], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        sizes = theme.current().sizes
        wording.say(self, "ui.separator.title", "setWindowTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.s)
        column.addWidget(wording.label("ui.separator.hint", "muted", wrap=True))
        self.dossier, self.component, self.profile = (
            Choice(f"ui.separator.{name}") for name in ("dossier", "component", "profile")
        )
        for name, field in (
            ("dossier", self.dossier), ("component", self.component), ("profile", self.profile),
        ):  # fmt: skip
            line = wording.label(f"ui.separator.{name}", "muted")
            line.setBuddy(field)
            field.addItem(messages.text("ui.separator.none"), "")
            column.addWidget(line)
            column.addWidget(field)
        for profile in profiles:
            self.profile.addItem(profile.name, profile.name)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = box.button(QDialogButtonBox.StandardButton.Ok)
        wording.say(self.ok, "ui.separator.ok")
        wording.say(box.button(QDialogButtonBox.StandardButton.Cancel), "ui.cancel")
        box.accepted.connect(self._ask_where)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        self.setMinimumWidth(sizes.control * 16)
        self.dossier.currentIndexChanged.connect(self._dossier_chosen)
        desk.runner.read(self, "dossiers", desk.office.dossiers, self._fill)

    def _fill(self, dossiers: Sequence[DossierRow]) -> None:
        for row in dossiers:
            if row.state == "open":
                self.dossier.addItem(f"{row.code} · {row.applicant}", row.code)

    def _dossier_chosen(self) -> None:
        while self.component.count() > 1:
            self.component.removeItem(1)
        code, office = self.dossier.currentData(), self._desk.office
        if code:
            self._desk.runner.read(self, "components", lambda: office.dossier(code), self._fill_components)

    def _fill_components(self, view: DossierView) -> None:
        if view.row.code == self.dossier.currentData():
            for item in view.items:
                self.component.addItem(item.component_name, item.component_code)

    def _ask_where(self) -> None:
        self.accept()
        dossier, component, profile = (
            str(field.currentData()) for field in (self.dossier, self.component, self.profile)
        )
        office, runner = self._desk.office, self._desk.runner

        def write(path: Path) -> None:
            runner.submit(
                "ui.job.separator",
                lambda context: office.separator_sheet(dossier, component, profile, path),
            )

        name = messages.text("ui.separator.file")
        chooser.save(self._parent, "ui.separator.choose", name, write, "*.pdf")
