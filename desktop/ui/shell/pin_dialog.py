"""Asks for a PIN: warns of Caps Lock and the Vietnamese keyboard, shows the tries left, stores nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from desktop.ui import theme, wording
from desktop.ui.shell.question_desk import QuestionDesk
from desktop.workflow.job import Cancelled

if TYPE_CHECKING:
    from signing.model import PinQuestion, Secret


class PinDialog(QDialog):
    """The PIN is handed on once as a Secret and forgotten here."""

    def __init__(self, question: PinQuestion, tries_left: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        wording.say(self, "ui.pin.title", "setWindowTitle")
        self._question = question
        self._capital = False
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.xl, sizes.l, sizes.xl, sizes.l)
        column.setSpacing(sizes.s)
        column.addWidget(wording.label("ui.pin.for", "muted"))
        whom = wording.label(style="heading", wrap=True)
        wording.show(whom, question.name)
        column.addWidget(whom)
        pad = wording.label("ui.pin.pad", wrap=True)
        pad.setVisible(question.pad)
        column.addWidget(pad)
        self.field = QLineEdit()
        self.field.setVisible(not question.pad)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhLatinOnly
        )
        self.field.installEventFilter(self)
        wording.name(self.field, "ui.pin.field")
        column.addWidget(self.field)
        self.warning = wording.label(style="banner", wrap=True)
        self.warning.setProperty("tone", "warn")
        self.warning.setMargin(sizes.s)
        self.warning.hide()
        column.addWidget(self.warning)
        plain = tries_left is None and question.tries == "unknown"
        self.tries = wording.label(style="muted" if plain else "banner", wrap=True)
        column.addWidget(self.tries)
        self._show_tries(tries_left)
        column.addWidget(wording.label("ui.pin.never_stored", "small", wrap=True))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = box.button(QDialogButtonBox.StandardButton.Ok)
        wording.say(self.ok, "ui.pin.pad_ok" if question.pad else "ui.pin.ok")
        wording.say(box.button(QDialogButtonBox.StandardButton.Cancel), "ui.cancel")
        self.ok.setEnabled(False)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        self.field.textChanged.connect(self._look)
        self.setMinimumWidth(sizes.control * 12)
        self._look()
        self.field.setFocus()

    def take(self) -> Secret:
        """The PIN, once: the field is emptied."""
        from signing.model import Secret  # with the libraries, after the window

        secret = Secret(self.field.text())
        self.field.clear()
        return secret

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._note_capital(event)
            self._look()
        return super().eventFilter(watched, event)

    def _note_capital(self, event: QKeyEvent) -> None:
        # Qt does not tell the state of Caps Lock: a capital without Shift (or the reverse) gives it away.
        typed = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._capital = not self._capital
        elif len(typed) == 1 and typed.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._capital = typed.isupper() != shifted

    def _look(self) -> None:
        self.ok.setEnabled(self._question.pad or bool(self.field.text()))
        typing = not self._question.pad
        vietnamese = typing and (not self.field.text().isascii() or _vietnamese_keyboard())
        key = "ui.pin.vietnamese" if vietnamese else "ui.pin.capital" if self._capital else ""
        self.warning.setVisible(bool(key))
        if key:
            wording.say(self.warning, key)

    def _show_tries(self, left: int | None) -> None:
        if left == 1 or self._question.tries == "last":
            wording.say(self.tries, "ui.pin.last_try")
            self.tries.setProperty("tone", "bad")
        elif self._question.tries == "low":
            wording.say(self.tries, "ui.pin.tries_low")
            self.tries.setProperty("tone", "warn")
        elif left is None:
            wording.say(self.tries, "ui.pin.tries_unknown")
        else:
            wording.say(self.tries, "ui.pin.tries_left", n=left)


def _vietnamese_keyboard() -> bool:
    return QGuiApplication.inputMethod().locale().language() == QLocale.Language.Vietnamese


class PinDesk(QuestionDesk):
    """Asks for the PIN of a step that waits."""

    dialog: PinDialog | None

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.tries_left: int | None = None
        """What the token said last; None when it does not tell."""

    def ask(self, question: PinQuestion) -> Secret:
        """Called by a step, never on the GUI thread. Raises Cancelled when the person declines."""
        secret = self.put(lambda window: PinDialog(question, self.tries_left, window), _taken)
        if secret is None:
            raise Cancelled
        return secret

    def remember(self, tries_left: int | None) -> None:
        """What the token said last; the next question shows it."""
        self.tries_left = tries_left


def _taken(dialog: PinDialog, accepted: bool) -> Secret | None:
    secret = dialog.take()
    return secret if accepted else None
