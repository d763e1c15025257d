"""What would be trusted, shown with its fingerprints before anybody trusts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.workflow.reports import verdict_words

if TYPE_CHECKING:
    from desktop.workflow.verify.trusting import Offer, TrustedEntry

_HALF = 40
"""Letters of half a fingerprint."""


class OfferDialog(QDialog):
    """Nothing is trusted without a yes; no is what Enter says."""

    def __init__(self, offers: Sequence[Offer], then: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        wording.say(self, "ui.trust.offer.title", "setWindowTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.s)
        column.addWidget(wording.label("ui.trust.offer.ask", "heading", wrap=True, n=len(offers)))
        column.addWidget(wording.label("ui.trust.offer.hint", "muted", wrap=True))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        wording.name(self.list, "ui.trust.offer.title")
        self.list.addItems([lines(offer.entry) for offer in offers])
        column.addWidget(self.list, 1)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Yes | QDialogButtonBox.StandardButton.No)
        self.trust = box.button(QDialogButtonBox.StandardButton.Yes)
        self.leave = box.button(QDialogButtonBox.StandardButton.No)
        wording.say(self.trust, "ui.trust.offer.trust", n=len(offers))
        wording.say(self.leave, "ui.trust.offer.leave")
        self.leave.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        self.resize(parent.size().boundedTo(self.sizeHint().expandedTo(parent.size() * 0.8)))
        self.accepted.connect(then)
        self.finished.connect(self.deleteLater)
        self.leave.setFocus()


def lines(entry: TrustedEntry) -> str:
    """Name; what it is, until when, whether its fingerprint is known; the fingerprint in fours."""
    found = entry.certificate
    facts = (
        messages.text("trust.root" if entry.is_root else "trust.issuing"),
        messages.text("ui.trust.until", day=messages.day(found.not_after.date())),
        messages.text(f"trust.known.{entry.known}"),
    )
    halves = wrap(verdict_words.in_fours(found.fingerprint), _HALF)  # a line that is cut cannot be compared
    return "\n".join((verdict_words.visible(found.subject), " · ".join(facts), *halves))
