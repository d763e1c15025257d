"""Asks the archivist for the reason of a decision before it is written into the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui import theme, wording
from desktop.ui.parts.banner import Banner
from desktop.workflow.reports import verdict_words

if TYPE_CHECKING:
    from desktop.workflow.verify.files import FileVerified

_NAMES = 6
_MOST_LETTERS = 1000


class DecisionDialog(QDialog):
    """Đạt or không đạt for some files. A reason is asked for unless the verdict speaks for itself."""

    def __init__(
        self,
        files: Sequence[FileVerified],
        passed: bool,
        then: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._then = then
        banners = {verdict_words.banner_of_file(found) for found in files}
        self._needs_reason = not passed or not banners <= {"valid", "limited"}
        sizes = theme.current().sizes
        word = "passed" if passed else "failed"
        wording.say(self, f"ui.verify.decision.{word}", "setWindowTitle")
        self.setMinimumWidth(sizes.control * 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.l, sizes.l, sizes.l)
        column.setSpacing(sizes.m)
        column.addWidget(wording.label(f"ui.verify.decision.ask.{word}", "title", wrap=True, n=len(files)))
        names = wording.label(wrap=True)
        shown = [verdict_words.visible(found.path.name) for found in files[:_NAMES]]
        wording.show(names, "\n".join([*shown, *(["…"] if len(files) > _NAMES else [])]))
        column.addWidget(names)
        if passed and self._needs_reason:
            warning = Banner()
            warning.put("warn", "ui.verify.decision.not_valid")
            column.addWidget(warning)
        reason = "ui.verify.decision.reason_wanted" if self._needs_reason else "ui.verify.decision.reason"
        column.addWidget(wording.label(reason))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(sizes.control * 2)
        wording.name(self.reason, reason)
        column.addWidget(self.reason)
        column.addWidget(wording.label("ui.verify.decision.kept", "muted", wrap=True))
        self.ok = wording.button("ui.verify.decision.ok", "check", primary=True)
        cancel = wording.button("ui.cancel", "cancel")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        column.addLayout(buttons)
        self.ok.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.reason.textChanged.connect(self._check)
        self.accepted.connect(lambda: self._then(self._words()))
        self.finished.connect(self.deleteLater)
        self._check()

    def _words(self) -> str:
        return " ".join(self.reason.toPlainText().split())[:_MOST_LETTERS]

    def _check(self) -> None:
        self.ok.setEnabled(bool(self._words()) or not self._needs_reason)
