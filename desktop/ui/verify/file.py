"""The right half of the bench: one file's verdict, its revisions, its signatures and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.office.model_verify import WantedPage
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.cut_label import CutLabel
from desktop.ui.parts.problem_panel import ProblemCard
from desktop.ui.parts.verdict_banners import BANNERS
from desktop.ui.verify.card import SignatureCard
from desktop.ui.verify.pages import RevisionPages
from desktop.ui.verify.timeline import Revision, Timeline, revisions
from desktop.workflow.reports import verdict_words

if TYPE_CHECKING:
    from desktop.workflow.verify.files import FileVerified

CARDS, PAGES = 0, 1


class FilePanel(QWidget):
    """Shows one checked file."""

    copy_wanted = Signal()

    def __init__(self, desk: Desk, area: str) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self._found: FileVerified | None = None
        self.name = CutLabel("title")
        self.copy = wording.button("ui.action.verify.copy", "copy")
        self.banner = Banner()
        self.decision = wording.label(style="muted", wrap=True)
        self.renewal = wording.label(style="muted", wrap=True)
        self.timeline = Timeline()
        self.cards: list[SignatureCard] = []
        self.listing = QScrollArea()
        self.listing.setWidgetResizable(True)
        wording.name(self.listing, "ui.verify.cards")
        self.pages = RevisionPages(desk, area)
        self.tabs = QTabWidget()
        wording.name(self.tabs, "ui.verify.tabs")
        self.tabs.addTab(self.listing, "")
        self.tabs.addTab(self.pages, "")
        self.tabs.setMinimumHeight(sizes.control * 4)
        self._name_tabs()
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.s, 0, 0, 0)
        column.setSpacing(sizes.s)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(self.decision)
        column.addWidget(self.renewal)
        column.addWidget(self.timeline)
        column.addWidget(self.tabs, 1)
        self.copy.clicked.connect(self.copy_wanted)
        self.timeline.chosen.connect(self._open)
        self.tabs.currentChanged.connect(lambda _place: self._draw())

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the buttons of a card."""
        hint = super().minimumSizeHint()
        return QSize(max(hint.width(), theme.current().sizes.control * 14), hint.height())

    def show_file(self, found: FileVerified | None, decided: str, renewal: str) -> None:
        """Show a file, or nothing; the tab stays."""
        self._found = found
        self.copy.setVisible(found is not None)
        self.banner.setVisible(found is not None)
        self.tabs.setVisible(found is not None)
        self._name_tabs()
        for label, words in ((self.decision, decided), (self.renewal, renewal)):
            wording.show(label, words)
            label.setVisible(bool(words))
        wording.show(self.name, verdict_words.visible(found.path.name) if found else "")
        self.name.setToolTip(verdict_words.visible(str(found.path)) if found else "")  # the whole of it
        self.pages.clear()
        self._fill()
        states = revisions(found) if found is not None and found.verdict is not None else ()
        self.timeline.fill(states)
        if states:
            self.timeline.mark(0)
        self._draw()

    def _name_tabs(self) -> None:
        for place, key in ((CARDS, "ui.verify.tab.cards"), (PAGES, "ui.verify.tab.pages")):
            self.tabs.setTabText(place, messages.text(key))

    def _fill(self) -> None:
        content = QWidget()
        content.setObjectName("column")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, theme.current().sizes.s, theme.current().sizes.s, 0)
        column.setSpacing(theme.current().sizes.s)
        self.cards = []
        if self._found is not None:
            banner = verdict_words.banner_of_file(self._found)
            tone, icon = BANNERS[banner]
            self.banner.put(tone, f"ui.verdict.{banner}.long", icon)
            self._fill_column(self._found, column)
        column.addStretch(1)
        self.listing.setWidget(content)

    def _fill_column(self, found: FileVerified, column: QVBoxLayout) -> None:
        if found.problem is not None:
            column.addWidget(ProblemCard(found.problem))
        if found.verdict is None:
            return
        for said in verdict_words.notes(found.verdict):
            line = wording.label(wrap=True)
            wording.show(line, f"• {said}")
            column.addWidget(line)
        for number, signature in enumerate(found.verdict.signatures, 1):
            card = SignatureCard(number, signature)
            card.page_wanted.connect(lambda card=number - 1: self._page_of(card))
            self.cards.append(card)
            column.addWidget(card)

    def _open(self, revision: Revision) -> None:
        """A revision was chosen: its card or its page, whichever is looked at."""
        if self.tabs.currentIndex() == CARDS and revision.card is not None:
            self.listing.ensureWidgetVisible(self.cards[revision.card], 0, 0)
        self._draw()

    def _page_of(self, card: int) -> None:
        for place, revision in enumerate(self.timeline.revisions):
            if revision.card == card:
                self.timeline.mark(place)
        self.tabs.setCurrentIndex(PAGES)
        self._draw()

    def _draw(self) -> None:
        """Pages are drawn only while they are looked at."""
        place = self.timeline.place()
        if self._found is None or place < 0 or self.tabs.currentIndex() != PAGES:
            return
        revision = self.timeline.revisions[place]
        newest = revision.end == 0 or revision is self.timeline.revisions[-1]
        self.pages.open(
            WantedPage(self._found.path, revision.end, 0),
            revision.title if revision.card is not None else "",
            newest,
        )
