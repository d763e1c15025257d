"""What an office sets once: who works here, its name and codes, what divides papers, how it signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop import messages
from desktop.settings import Settings
from desktop.ui import theme, wording
from desktop.ui.job_runner import JobRunner
from desktop.ui.office.model import Office
from desktop.ui.parts.choice import Choice
from desktop.ui.parts.dialog_size import open_within

GROUPS: Mapping[str, tuple[str, ...]] = {
    "office": ("operator", "agency", "agency_code", "archive_name", "archive_code"),
    "papers": ("divide_by_content", "divide_by_patches", "divide_by_barcodes", "divide_by_size"),
    "signing": ("level", "tsa", "online"),
}
"""Settings by heading; the others are for who installs the program and stay in its file."""
CHOICES: Mapping[str, tuple[str, ...]] = {"level": ("B-B", "B-T", "B-LT", "B-LTA")}
_CODE = r"(?=.{1,35}$)[0-9A-Z]+(\.[0-9A-Z]+)*"  # QĐ 20/2020/QĐ-TTg
SHAPES: Mapping[str, str] = {
    "agency_code": _CODE,
    "archive_code": _CODE,
    "tsa": r"|practice:|https?://\S+( https?://\S+)*",
}


class SettingsDialog(QDialog):
    """Each setting once; greyed where the machine's file fixes it. What is kept holds at once."""

    def __init__(self, office: Office, runner: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        self._office, self._runner, self._before = office, runner, Settings()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wording.say(self, "ui.settings.title", "setWindowTitle")
        self.fields: dict[str, QLineEdit | QCheckBox | Choice] = {
            name: self._field(name) for names in GROUPS.values() for name in names
        }
        self.warning = wording.label(style="warning", wrap=True)
        self.keep = wording.button("ui.settings.keep", "check", primary=True)
        cancel = wording.button("ui.cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.s)
        column.addWidget(self._form(), 1)
        column.addWidget(self.warning)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        open_within(self, 20, 19)
        self.keep.clicked.connect(self._keep)
        cancel.clicked.connect(self.reject)
        self.setEnabled(False)
        runner.read(self, "settings", office.chosen_settings, lambda found: self._show(*found))

    def _field(self, name: str) -> QLineEdit | QCheckBox | Choice:
        made: QLineEdit | QCheckBox | Choice
        if name in CHOICES:
            made = Choice(f"ui.settings.{name}")
            for value in CHOICES[name]:
                made.addItem(messages.text(f"ui.settings.{name}.{value}"), value)
        elif isinstance(getattr(self._before, name), bool):
            made = QCheckBox()
            wording.say(made, f"ui.settings.{name}")
        else:
            made = QLineEdit()
            wording.name(made, f"ui.settings.{name}")
            if name in SHAPES:
                made.setValidator(QRegularExpressionValidator(QRegularExpression(SHAPES[name]), made))
            made.textChanged.connect(self._look)
        return made

    def _form(self) -> QScrollArea:
        sizes = theme.current().sizes
        inside = QWidget()
        inside.setObjectName("column")
        form = QFormLayout(inside)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setSpacing(sizes.s)
        for group, names in GROUPS.items():
            form.addRow(wording.label(f"ui.settings.{group}", "heading", wrap=True))
            for name in names:
                field = self.fields[name]
                if isinstance(field, QCheckBox):
                    form.addRow(field)
                else:
                    form.addRow(wording.label(f"ui.settings.{name}", "muted"), field)
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(inside)
        return room

    def _show(self, chosen: Settings, fixed: frozenset[str]) -> None:
        self._before = chosen
        for name, field in self.fields.items():
            value = getattr(chosen, name)
            if isinstance(field, QCheckBox):
                field.setChecked(value)
            elif isinstance(field, Choice):
                field.setCurrentIndex(field.findData(value))
            else:
                field.setText(value)
            field.setEnabled(name not in fixed)
        self.setEnabled(True)
        self.fields["operator"].setFocus()
        if fixed & self.fields.keys():
            wording.say(self.warning, "ui.settings.fixed")

    def _look(self) -> None:
        """Say which value cannot stand; it is not kept."""
        wrong = next((n for n, f in self.fields.items() if isinstance(f, QLineEdit) and not _sound(f)), "")
        self.keep.setEnabled(not wrong)
        if wrong:
            wording.say(self.warning, f"ui.settings.{wrong}.wrong")
        else:
            self.warning.clear()

    def changes(self) -> dict[str, Any]:
        """The settings that were changed, with their new values."""
        now = {name: _value(field) for name, field in self.fields.items()}
        return {name: value for name, value in now.items() if value != getattr(self._before, name)}

    def _keep(self) -> None:
        changes, office = self.changes(), self._office
        if changes:
            self._runner.act(lambda context: office.keep_settings(changes, context), lambda _done: None)
        self.accept()


def _sound(field: QLineEdit) -> bool:
    return field.hasAcceptableInput() or not field.isEnabled()


def _value(field: QLineEdit | QCheckBox | Choice) -> object:
    if isinstance(field, QCheckBox):
        return field.isChecked()
    return field.currentData() if isinstance(field, Choice) else field.text().strip()
