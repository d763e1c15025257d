"""Who may sign for whom: the list, a form for one more, and ending one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.parts.choice import Choice
from desktop.ui.parts.dialog_size import open_within
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList
from desktop.workflow.sign.mandates import GiveMandate
from storage.catalog.handover_model import Form, Mandate


class MandateDialog(QDialog):
    """NĐ 30/2020 Điều 13: a deputy, an order, a written delegation, each with its limits."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        self._desk = desk
        wording.say(self, "ui.mandate.title", "setWindowTitle")
        self.list = RowList("ui.mandate.list", empty="ui.mandate.none")
        self.end = wording.button("ui.mandate.end", "cancel")
        self.form, self.person, self.principal = Choice("ui.mandate.form"), QLineEdit(), QLineEdit()
        self.basis, self.limited = QLineEdit(), QCheckBox()
        today = QDate.currentDate()
        self.since, self.until = QDateEdit(today), QDateEdit(today.addYears(1))
        self.add = wording.button("ui.mandate.add", "check", primary=True)
        self.close_ = wording.button("ui.mandate.close", "cancel")
        for form in Form:
            self.form.addItem(messages.text(f"ui.mandate.form.{form.value}"), form)
        wording.say(self.limited, "ui.mandate.limited")
        self.limited.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.s)
        column.addWidget(wording.label("ui.mandate.note", "muted", wrap=True))
        known = QVBoxLayout()
        known.addWidget(self.list, 1)
        known.addWidget(self.end)
        row = QHBoxLayout()
        row.setSpacing(sizes.m)
        row.addLayout(known, 2)
        row.addLayout(self._fields(), 3)
        column.addLayout(row, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.close_)
        foot.addStretch(1)
        foot.addWidget(self.add)
        column.addLayout(foot)
        open_within(self, 26, 12)
        self.add.clicked.connect(self._give)
        self.end.clicked.connect(self._end)
        self.close_.clicked.connect(self.reject)
        self.limited.toggled.connect(self.until.setEnabled)
        for field in (self.person, self.principal):
            field.textChanged.connect(self._look)
        self.finished.connect(self.deleteLater)
        self._look()
        self._refresh()

    def _fields(self) -> QFormLayout:
        made = QFormLayout()
        made.setHorizontalSpacing(theme.current().sizes.m)
        for key, field in (
            ("person", self.person),
            ("form", self.form),
            ("principal", self.principal),
            ("since", self.since),
            ("until", self.until),
            ("basis", self.basis),
        ):
            wording.name(field, f"ui.mandate.{key}")
            made.addRow(wording.label(f"ui.mandate.{key}", "muted"), field)
        for field in (self.since, self.until):
            field.setDisplayFormat("dd/MM/yyyy")
            field.setCalendarPopup(True)
        made.addRow(self.limited)
        return made

    def _refresh(self) -> None:
        self._desk.runner.read(self, "mandates", self._desk.office.mandates, self._show)

    def _show(self, found: Sequence[Mandate]) -> None:
        self.list.fill([_row(mandate) for mandate in found], choose_first=False)

    def _look(self) -> None:
        self.add.setEnabled(bool(self.person.text().strip()) and bool(self.principal.text().strip()))

    def _give(self) -> None:
        order = GiveMandate(
            self.person.text(),
            Form(self.form.currentData()),
            self.principal.text(),
            _day(self.since),
            _day(self.until) if self.limited.isChecked() else None,
            self.basis.text(),
        )
        office = self._desk.office
        self._desk.runner.submit(
            "ui.job.mandate", lambda context: office.give_mandate(order, context), after=self._refresh
        )

    def _end(self) -> None:
        key, office = self.list.key(), self._desk.office
        if key:
            self._desk.runner.submit(
                "ui.job.mandate", lambda context: office.end_mandate(key, context), after=self._refresh
            )


def _day(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())


def _row(mandate: Mandate) -> Row:
    until = wording.day(mandate.valid_to) or messages.text("ui.mandate.open_end")
    facts = {"form": mandate.form.value, "principal": mandate.principal}
    below = messages.text(
        "ui.mandate.row", since=wording.day(mandate.valid_from), until=until, basis=mandate.basis or "–"
    )
    title = f"{mandate.person} · {messages.text('ui.mandate.whom', **facts)}"
    if mandate.ended_at is not None:
        return Row(mandate.id, title, below, messages.text("ui.mandate.ended"), "neutral", wrapped=True)
    return Row(mandate.id, title, below, messages.text("ui.mandate.running"), "ok", "check", wrapped=True)
