"""Problems in words: what happened, what it means, what to do; stays until it is put away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import icons, theme, wording
from desktop.workflow.job import Problem
from desktop.workflow.problem_words import words_of

SHOWN = 20


class ProblemCard(QFrame):
    """One problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self.setObjectName("banner")
        self.setProperty("tone", "bad")
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.m, sizes.s, sizes.m, sizes.s)
        mark = wording.label()
        icons.put(mark, "error", "bad")
        row.addWidget(mark)
        column = QVBoxLayout()
        row.addLayout(column, 1)
        what, means, remedy = words_of(problem)
        for words, style in ((what, "heading"), (means, ""), (remedy, "")):
            if words:
                line = wording.label(style=style, wrap=True)
                wording.show(line, words)
                column.addWidget(line)
        subject = Path(problem.subject).name
        if subject not in what:
            line = wording.label(style="small", wrap=True)
            wording.show(line, subject)
            column.addWidget(line)
        self.setAccessibleName(" ".join(part for part in (what, means, remedy) if part))


class ProblemPanel(QFrame):
    """The problems not yet put away, the newest on top, with copy and close; hidden while there is none."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self.setObjectName("panel")
        self._problems: list[Problem] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.s, sizes.s, sizes.s, sizes.s)
        head = QHBoxLayout()
        self._title = wording.label(style="heading")
        copy = wording.button("ui.problem.copy", "copy")
        close = wording.button("ui.problem.close", "cancel")
        head.addWidget(self._title, 1)
        head.addWidget(copy)
        head.addWidget(close)
        column.addLayout(head)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        wording.name(self._area, "ui.problem.list")
        column.addWidget(self._area)
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.put_away)
        self.hide()

    def tell(self, problems: Sequence[Problem]) -> None:
        """Show these problems above the ones that stand there; what is told again stands once."""
        if not problems:
            return
        once = {(each.code, str(each.facts), each.subject): each for each in (*problems, *self._problems)}
        self._problems = list(once.values())
        self._fill()
        self.show()

    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def retranslate(self) -> None:
        if self._problems:
            self._fill()

    def put_away(self) -> None:
        self._problems = []
        self.hide()
        self.closed.emit()

    def _fill(self) -> None:
        sizes = theme.current().sizes
        wording.say(self._title, "ui.problem.count", n=len(self._problems))
        content = QWidget()
        content.setObjectName("column")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.xs)
        for problem in self._problems[:SHOWN]:
            column.addWidget(ProblemCard(problem))
        if len(self._problems) > SHOWN:
            column.addWidget(wording.label("ui.problem.more", "muted", n=len(self._problems) - SHOWN))
        column.addStretch(1)
        self._area.setWidget(content)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the problems are, at most as two of them."""
        sizes, content = theme.current().sizes, self._area.widget()
        layout = content.layout() if content else None
        if layout is not None:
            wanted = layout.heightForWidth(self._area.viewport().width())
            self._area.setFixedHeight(min(wanted, sizes.control * 6) + sizes.xs)

    def _copy(self) -> None:
        lines = [
            " ".join(part for part in (*words_of(problem), problem.subject) if part)
            for problem in self._problems
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
