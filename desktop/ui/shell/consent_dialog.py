"""Asks whether to go on in spite of a problem; nothing goes on without a yes."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.ui import theme, wording
from desktop.ui.shell.question_desk import QuestionDesk
from desktop.workflow.job import Problem
from desktop.workflow.problem_words import words_of


class ConsentDialog(QDialog):
    """The status of the certificate cannot be told: whether to sign all the same (TT 15/2025 PL II b)."""

    def __init__(self, problem: Problem, parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        wording.say(self, "ui.sign.unchecked.title", "setWindowTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.s)
        for text, style in zip(words_of(problem), ("heading", "", "muted"), strict=True):
            if text:
                line = wording.label(style=style, wrap=True)
                wording.show(line, text)
                column.addWidget(line)
        column.addWidget(wording.label("ui.sign.unchecked.once", wrap=True))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Yes | QDialogButtonBox.StandardButton.No)
        self.agree = box.button(QDialogButtonBox.StandardButton.Yes)
        self.leave = box.button(QDialogButtonBox.StandardButton.No)
        wording.say(self.agree, "ui.sign.unchecked.sign")
        wording.say(self.leave, "ui.sign.unchecked.leave")
        self.leave.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        self.setMinimumWidth(sizes.control * 14)
        self.leave.setFocus()


class ConsentDesk(QuestionDesk):
    """Asks for a step that waits."""

    dialog: ConsentDialog | None

    def ask(self, problem: Problem) -> bool:
        """Called by a step, never on the GUI thread."""
        return self.put(lambda window: ConsentDialog(problem, window), lambda _dialog, agreed: agreed)
