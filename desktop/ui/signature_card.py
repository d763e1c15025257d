"""One signature: who, in what role, when; the verdict with its reasons; details on demand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.banner import Banner
from desktop.ui.verify_banners import BANNERS
from desktop.workflow import verdict_words
from signing.model import SignatureVerdict


class SignatureCard(QFrame):
    """Reachable by keyboard in reading order; a screen reader hears its summary."""

    def __init__(self, number: int, signature: SignatureVerdict) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self.setObjectName("panel")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.m, sizes.m, sizes.m, sizes.m)
        column.setSpacing(sizes.xs)
        banner = verdict_words.banner_of(signature)
        tone, icon = BANNERS[banner]
        head = Banner()
        head.put(tone, f"ui.verdict.{banner}", icon)
        column.addWidget(wording.label("ui.verify.signature_n", "small", n=number))
        self._line(column, verdict_words.who(signature), "heading")
        self._line(column, verdict_words.role(signature), "")
        self._line(column, verdict_words.when(signature), "muted")
        column.addWidget(head)
        for reason in (*signature.reasons, *signature.warnings):
            self._line(column, f"• {verdict_words.reason_text(reason)}", "")
        if signature.changes_after:
            column.addWidget(wording.label("ui.verify.changes", "heading"))
        for change in signature.changes_after:
            self._line(column, f"• {verdict_words.change_text(change)}", "")
        self.more = wording.button("ui.verify.details", "info")
        self.more.setCheckable(True)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.details = _details(signature)
        self.details.hide()
        column.addWidget(self.details)
        self.more.toggled.connect(self.details.setVisible)
        spoken = (
            messages.text(f"ui.verdict.{banner}"),
            verdict_words.who(signature),
            verdict_words.when(signature),
        )
        self.setAccessibleName(". ".join(spoken))

    def _line(self, column: QVBoxLayout, words: str, style: str) -> None:
        if words:
            line = wording.label(style=style, wrap=True)
            wording.show(line, words)
            column.addWidget(line)


def _details(signature: SignatureVerdict) -> QWidget:
    sizes = theme.current().sizes
    made = QWidget()
    form = QFormLayout(made)
    form.setContentsMargins(0, sizes.xs, 0, 0)
    form.setHorizontalSpacing(sizes.m)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    for name, value in verdict_words.details(signature):
        left, right = wording.label(style="muted"), wording.label(wrap=True)
        wording.show(left, name)
        wording.show(right, value)
        right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(left, right)
    return made
