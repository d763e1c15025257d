"""One signature: who, in what role, when; the verdict with its reasons; chain and details on demand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.verdict_banners import BANNERS
from desktop.workflow.reports import verdict_words
from signing.model import Certificate, SignatureVerdict
from signing.trust.known import known

_MOST_CHANGES = 30


class SignatureCard(QFrame):
    """Reachable by keyboard in reading order; a screen reader hears its summary."""

    page_wanted = Signal()
    """The person wants to see what was signed."""

    def __init__(self, number: int, signature: SignatureVerdict) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self._signature = signature
        self.setObjectName("panel")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(sizes.m, sizes.m, sizes.m, sizes.m)
        self._column.setSpacing(sizes.xs)
        banner = verdict_words.banner_of(signature)
        tone, icon = BANNERS[banner]
        head = Banner()
        head.put(tone, f"ui.verdict.{banner}", icon)
        above = " · ".join(
            part
            for part in (messages.text("ui.verify.signature_n", n=number), verdict_words.role(signature))
            if part
        )
        self._line(above, "small")
        self._line(verdict_words.who(signature), "heading")
        self._line(verdict_words.when(signature), "muted")
        self._column.addWidget(head)
        self._law()
        for said in verdict_words.notes(signature):
            self._line(f"• {said}")
        self._changes()
        self._buttons()
        self.details: QWidget | None = None
        spoken = (
            messages.text(f"ui.verdict.{banner}"),
            verdict_words.who(signature),
            verdict_words.when(signature),
            *verdict_words.notes(signature),
        )
        self.setAccessibleName(". ".join(spoken))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setProperty("focused", True)
        self.style().polish(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setProperty("focused", False)
        self.style().polish(self)

    def _law(self) -> None:
        """The two questions, each with its answer."""
        for label, value in (
            ("report.column.content", messages.text(f"report.content.{self._signature.content}")),
            ("ui.verify.detail.then", verdict_words.validity_then(self._signature)),
        ):
            self._line(f"{messages.text(label)}: {value}")

    def _changes(self) -> None:
        changes = self._signature.changes_after
        if changes:
            self._column.addWidget(wording.label("ui.verify.changes", "heading"))
        for change in changes[:_MOST_CHANGES]:
            self._line(f"• {verdict_words.change_text(change)}")
        if len(changes) > _MOST_CHANGES:
            self._line(messages.text("report.sheet.more", n=len(changes) - _MOST_CHANGES), "muted")

    def _buttons(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.current().sizes.s)
        self.more = wording.button("ui.verify.details", "info")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_details)
        line.addWidget(self.more)
        self.page = wording.button("ui.verify.show_page", "page")
        self.page.setEnabled(self._signature.covered_bytes > 0)
        self.page.clicked.connect(self.page_wanted)
        line.addWidget(self.page)
        line.addStretch(1)
        self._column.addLayout(line)

    def _show_details(self, shown: bool) -> None:
        if self.details is None:
            self.details = _details(self._signature)
            self._column.addWidget(self.details)
        self.details.setVisible(shown)

    def _line(self, words: str, style: str = "") -> None:
        if words:
            line = wording.label(style=style, wrap=True)
            wording.show(line, words)
            self._column.addWidget(line)


def _details(signature: SignatureVerdict) -> QWidget:
    """Everything technical, then the chain from the signer up to the anchor."""
    sizes = theme.current().sizes
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, sizes.xs, 0, 0)
    column.setSpacing(sizes.s)
    column.addLayout(_form(verdict_words.details(signature)))
    column.addWidget(wording.label("ui.verify.path", "heading"))
    if not signature.path:
        column.addWidget(wording.label("ui.verify.path.none", "muted", wrap=True))
    for step, certificate in enumerate(signature.path):
        column.addWidget(_certificate(step, certificate, step == len(signature.path) - 1))
    return made


def _certificate(step: int, certificate: Certificate, anchor: bool) -> QFrame:
    """One certificate of the chain, indented by its height."""
    sizes = theme.current().sizes
    made = QFrame()
    made.setObjectName("chain")
    column = QVBoxLayout(made)
    column.setContentsMargins(sizes.m + step * sizes.l, 0, 0, 0)
    column.setSpacing(2)
    title = wording.label(style="heading", wrap=True)
    wording.show(title, f"{'└ ' if step else ''}{verdict_words.visible(certificate.subject)}")
    column.addWidget(title)
    period = f"{messages.day(certificate.not_before)} - {messages.day(certificate.not_after)}"
    rows = [
        (messages.text("ui.verify.detail.valid"), period),
        (messages.text("ui.verify.detail.fingerprint"), verdict_words.in_fours(certificate.fingerprint)),
    ]
    column.addLayout(_form(rows))
    if anchor:
        met = known().get(certificate.fingerprint)
        key = "ui.verify.anchor.unknown" if met is None else "ui.verify.anchor.known"
        column.addWidget(wording.label(key, "muted", wrap=True, name=met.name if met else ""))
    return made


def _form(rows: list[tuple[str, str]]) -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(theme.current().sizes.m)
    form.setVerticalSpacing(theme.current().sizes.xs)
    for name, value in rows:
        left, right = wording.label(style="muted"), wording.label(wrap=True)
        wording.show(left, name)
        wording.show(right, verdict_words.in_fours(value) if len(value) == 64 else value)
        right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(left, right)
    return form
