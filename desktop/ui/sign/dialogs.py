"""Questions of the signing tray: why a document goes back, which number it gets, where a key is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.parts import chooser

REASON_LETTERS = 1000
_SCHEMES = ("pkcs12", "pkcs11", "csc", "esign")


class _Question(QDialog):
    """A title, whom it is about, a field, and two buttons."""

    def __init__(self, key: str, about: str, field: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        wording.say(self, f"{key}title", "setWindowTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.s)
        whom = wording.label(style="heading", wrap=True)
        wording.show(whom, about)
        column.addWidget(whom)
        line = wording.label(f"{key}field", "muted", wrap=True)
        line.setBuddy(field)
        column.addWidget(line)
        wording.name(field, f"{key}field")
        column.addWidget(field)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = box.button(QDialogButtonBox.StandardButton.Ok)
        wording.say(self.ok, f"{key}ok")
        wording.say(box.button(QDialogButtonBox.StandardButton.Cancel), "ui.cancel")
        self.ok.setEnabled(False)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        self.setMinimumWidth(sizes.control * 14)
        self.finished.connect(self.deleteLater)


class ReturnDialog(_Question):
    """A document goes back to the clerk: the reason is what the clerk will read."""

    given = Signal(str)

    def __init__(self, about: str, reason: str, parent: QWidget) -> None:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        super().__init__("ui.sign.return.", about, field, parent)
        self.reason = field
        self.reason.textChanged.connect(self._look)
        self.reason.setPlainText(reason)
        self.accepted.connect(lambda: self.given.emit(self._said()))
        self.reason.setFocus()

    def _said(self) -> str:
        return self.reason.toPlainText().strip()

    def _look(self) -> None:
        self.ok.setEnabled(0 < len(self._said()) <= REASON_LETTERS)


class NumberDialog(_Question):
    """Number and symbol that the registry gives at issue."""

    given = Signal(str)

    def __init__(self, about: str, number: str, parent: QWidget) -> None:
        field = QLineEdit()
        super().__init__("ui.sign.number.", about, field, parent)
        self.number = field
        self.number.textChanged.connect(self._look)
        self.number.setText(number)
        self.accepted.connect(lambda: self.given.emit(self.number.text().strip()))
        self.number.setFocus()

    def _look(self) -> None:
        typed = self.number.text().strip()
        self.ok.setEnabled("/" in typed and typed[:1].isdigit())


class KeyDialog(_Question):
    """Where a key is: a file, or the address of a token or a service. The key itself stays there."""

    given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        field = QLineEdit()
        super().__init__("ui.sign.key.", messages.text("ui.sign.key.about"), field, parent)
        self.address = field
        self.file = wording.button("ui.sign.key.file", "open-file")
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, self.file)
        wording.say(field, "ui.sign.key.example", "setPlaceholderText")
        field.textChanged.connect(self._look)
        self.file.clicked.connect(self._choose)
        self.accepted.connect(lambda: self.given.emit(field.text().strip()))
        field.setFocus()

    def _look(self) -> None:
        scheme, _, rest = self.address.text().strip().partition(":")
        self.ok.setEnabled(scheme in _SCHEMES and bool(rest) and ";" not in rest)

    def _choose(self) -> None:
        chooser.files(self, "ui.sign.key.file", self._chosen, "*.p12 *.pfx")

    def _chosen(self, paths: list[Path]) -> None:
        address = f"pkcs12:{paths[0]}"
        self.address.setText(address)
