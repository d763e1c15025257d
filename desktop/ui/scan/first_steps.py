"""What a person sees before the first paper: three steps, each with its button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout

from desktop.ui import theme, wording
from desktop.ui.desk import Desk


class FirstSteps(QFrame):
    """Choose a scanner, bring in papers, learn the keys."""

    def __init__(
        self, desk: Desk, choose_scanner: Callable[[], object], bring_in: Callable[[], object]
    ) -> None:
        super().__init__()
        sizes = theme.current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.xl, sizes.xl, sizes.xl, sizes.xl)
        column.setSpacing(sizes.l)
        column.addWidget(wording.label("ui.guide.title", "title", wrap=True))
        steps = QGridLayout()
        steps.setHorizontalSpacing(sizes.l)
        steps.setVerticalSpacing(sizes.m)
        self.buttons: list[QPushButton] = []
        for number, (name, icon, run) in enumerate(
            (
                ("scanner", "scan", choose_scanner),
                ("papers", "import", bring_in),
                ("keys", "keyboard", lambda: desk.actions["keys"].trigger()),
            )
        ):
            button = wording.button(f"ui.guide.{name}", icon, primary=number == 0)
            button.clicked.connect(lambda _checked=False, run=run: run())
            self.buttons.append(button)
            steps.addWidget(button, number, 0)
            steps.addWidget(wording.label(f"ui.guide.{name}_words", wrap=True), number, 1)
        steps.setColumnStretch(1, 1)
        column.addLayout(steps)
        column.addStretch(1)
