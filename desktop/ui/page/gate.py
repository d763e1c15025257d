"""The quality gate: why a page should be looked at, and the strangest pages first where that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop import messages
from desktop.ui.desk import Desk
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.choice import Choice
from desktop.workflow.job import Problem
from desktop.workflow.problem_words import words_of

if TYPE_CHECKING:  # the first window loads nothing it can do without
    from desktop.workflow.views.rows import PageDoubt, PageRow

ORDERS = ("scanned", "strange")


class PageGate(QObject):
    """`order` stands over the strip, `banner` over the page."""

    reordered = Signal()
    """The pages are to be shown anew: more is known of them, or another order is wanted."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: frozenset[tuple[str, int]] = frozenset()
        self._doubts: dict[str, PageDoubt] = {}
        self.banner = Banner()
        self.banner.hide()
        self.order = Choice("ui.gate.order")
        self.retranslate()
        self.order.currentIndexChanged.connect(self.reordered)

    def retranslate(self) -> None:
        """Say the orders in the language chosen now."""
        chosen = max(self.order.currentIndex(), 0)
        self.order.blockSignals(True)
        self.order.clear()
        for order in ORDERS:
            self.order.addItem(messages.text(f"ui.gate.order.{order}", n=len(self._doubts)), order)
        self.order.setCurrentIndex(chosen)
        self.order.blockSignals(False)

    def toggle(self) -> None:
        """The other order."""
        self.order.setCurrentIndex(1 - self.order.currentIndex())

    def look(self, batch: str, pages: Sequence[PageRow]) -> None:
        """Ask for the doubts of a batch where its pages are not those that are known."""
        self.retranslate()
        known, office = frozenset((page.id, page.version) for page in pages), self._desk.office
        if known != self._known:
            self._known = known
            self._desk.runner.read(self, "doubts", lambda: office.page_doubts(batch), self._put)

    def _put(self, doubts: Sequence[PageDoubt]) -> None:
        found = {doubt.page_id: doubt for doubt in doubts}
        if found != self._doubts:
            self._doubts = found
            self.retranslate()
            self.reordered.emit()

    def doubted(self) -> frozenset[str]:
        return frozenset(self._doubts)

    def ordered(self, pages: Sequence[PageRow]) -> list[PageRow]:
        """The pages as the person wants them: pages with a problem, then the strangest, then the others."""
        if self.order.currentData() == "scanned":
            return sorted(pages, key=lambda page: page.position)
        return sorted(pages, key=lambda page: (page.problem is None, -self._score(page), page.position))

    def show_page(self, page: PageRow) -> None:
        """Say over the page why to look at it; nothing where there is no reason."""
        said = self._reasons(page)
        self.banner.setVisible(bool(said))
        if said:
            self.banner.put("bad" if page.problem else "warn", "ui.gate.look", reasons=" ".join(said))

    def _score(self, page: PageRow) -> float:
        return self._doubts[page.id].score if page.id in self._doubts else 0.0

    def _reasons(self, page: PageRow) -> list[str]:
        said = list(words_of(Problem(page.problem, {}, page.file_name))) if page.problem else []
        if page.rescan_reason:
            why = messages.text(f"second.reason.{page.rescan_reason}")
            said.insert(1, messages.text("ui.gate.rescan_reason", reason=why))
        if page.blank:
            said.append(messages.text("ui.gate.blank"))
        if page.id in self._doubts:
            said += [_reason(code) for code in self._doubts[page.id].reasons]
        return [words for words in said if words]


def _reason(code: str) -> str:
    for key in (f"quality.{code}", f"strange.{code}"):
        if messages.has(key):
            words = messages.text(key).rstrip(".")
            return f"{words[0].upper()}{words[1:]}."
    return code
