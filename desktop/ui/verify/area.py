"""Kiểm tra: files and folders in, a verdict per file as it comes, a card per signature, pages as signed."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Area, Desk
from desktop.ui.parts import chooser
from desktop.ui.parts.columns import beside
from desktop.ui.parts.lines import Lines, group, share
from desktop.ui.verify.facets import Facets, due_words
from desktop.ui.verify.file import CARDS, PAGES, FilePanel
from desktop.ui.verify.filters import Filters
from desktop.ui.verify.result_list import ResultList
from desktop.ui.verify.summary import Summary
from desktop.ui.verify.trust import TrustDialog
from desktop.ui.verify.work import ChosenWork
from desktop.workflow.job import Changes
from desktop.workflow.reports import verdict_words

if TYPE_CHECKING:
    from desktop.workflow.verify.files import FileVerified
    from storage.catalog.decisions import Decision

DRAIN_MS = 100
AT_ONCE = 25
"""Results shown per beat: the window goes on breathing while hundreds arrive."""


class VerifyArea(Area):
    """The files at the left, the chosen one at the right, filters above."""

    name = "verify"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.files = ResultList()
        self.filters = Filters()
        self.summary = Summary()
        self.file = FilePanel(desk, self.name)
        self.decided: dict[str, Decision] = {}
        self.work = ChosenWork(desk, self.name, self.files, self._decision)
        self._running = 0
        self._arrived: deque[FileVerified] = deque()
        self._drain = QTimer(self)
        self._drain.setInterval(DRAIN_MS)
        self._drain.timeout.connect(self._take_some)
        self._build()
        self._add_actions()
        self.files.chosen.connect(lambda _path: self._show())
        self.filters.changed.connect(self._filter)
        self.file.copy_wanted.connect(self._copy)
        self.work.decided.connect(self._know)
        self.work.renewed.connect(self.take)
        self.work.repeated.connect(self._repeated)
        self._show()
        self._show_summary()

    def _build(self) -> None:
        sizes = theme.current().sizes
        column = self._column()
        column.setSpacing(sizes.s)
        self.open_folder = wording.button("ui.action.verify.open_folder", "folder")
        self.open_files = wording.button("ui.action.verify.open_files", "open", primary=True)
        self.trust = wording.button("ui.verify.trust", "verify")
        self.trust.clicked.connect(self._show_trust)
        self.open_folder.clicked.connect(self._choose_folder)
        self.open_files.clicked.connect(self._choose_files)
        share(self.summary, 1)
        self.summary.setMinimumWidth(sizes.control * 9)
        title = group(wording.label("ui.area.verify", "title"), self.summary, stretch=1)
        column.addWidget(Lines(title, self.trust, self.open_folder, self.open_files))
        column.addWidget(self.filters)
        split = beside(self.name, self._left(), self.file)
        # Its parts scroll by themselves: with the height they would like, the buttons were out of sight.
        split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        split.setStretchFactor(1, 1)
        split.setSizes([sizes.control * 12, 800])
        column.addWidget(split, 1)

    def _left(self) -> QWidget:
        """The list, and below it what is done with the chosen files."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().sizes.s)
        column.addWidget(self.files, 1)
        column.addWidget(self.work)
        return made

    def _add_actions(self) -> None:
        add = partial(self._desk.actions.add, self, area=self.name)
        add("verify.open_files", self._choose_files, "Ctrl+O")
        add("verify.open_folder", self._choose_folder, "Ctrl+Shift+O")
        add("verify.find", self.filters.text.setFocus, "/", "Ctrl+F")
        add("verify.trust", self._show_trust, "Ctrl+Shift+T")
        add("verify.copy", self._copy, "Ctrl+Shift+C")
        add("verify.clear", self._clear, "Ctrl+Shift+Del")
        add("verify.pages", self._turn_tab, "Ctrl+T")

    # -- what is shown

    def refresh(self, changes: Changes | None = None) -> None:
        """Results stay until they are cleared: only their words are said again."""
        if changes is None:
            self.filters.say()
            self.filters.offer(self.files.results.facets)
            self._say_decisions()
            self._show()
            self._show_summary()

    def take_focus(self) -> None:
        self.files.setFocus()

    def show_thing(self, key: str) -> None:
        """Check this file."""
        self.take([Path(key)])

    def _filter(self) -> None:
        self.files.arrange(self.filters.wanted(), self.filters.order())
        if not self.files.currentIndex().isValid() and self.files.order.rowCount():
            self.files.choose(0)
        self._show_summary()

    def _take_some(self) -> None:
        """Show some of what has arrived; the rest waits for the next beat."""
        some = [self._arrived.popleft() for _ in range(min(AT_ONCE, len(self._arrived)))]
        if some:
            self.files.results.add(some)
            self.filters.offer(self.files.results.facets)
            self._look_up(some)
            if not self.files.currentIndex().isValid():
                self.files.choose(0)
            elif (now := self.files.current()) is not None and any(now.path == each.path for each in some):
                self._show()
            self._show_summary()
        elif not self._running:
            self._drain.stop()

    def _show_summary(self) -> None:
        self.summary.tell(self.files.results.facets, self.files.order.rowCount(), bool(self._running))

    def _show(self) -> None:
        decided = verdict_words.decided(self._decision())
        self.file.show_file(self.files.current(), decided, _renewal_words(self.files.known()))
        self.work.enable()

    def _decision(self) -> Decision | None:
        """The newest decision about the file that is looked at."""
        found = self.files.current()
        return self.decided.get(found.digest) if found else None

    def _say_decisions(self) -> None:
        self.files.results.decided = {
            digest: messages.text(f"ui.verify.decided.{'passed' if decision.passed else 'failed'}")
            for digest, decision in self.decided.items()
        }
        self.files.results.say_again()

    def _look_up(self, arrived: Sequence[FileVerified]) -> None:
        """What was decided about these files before."""
        office = self._desk.office
        digests = tuple(found.digest for found in arrived if found.digest)
        self._desk.runner.read(
            self, f"decisions {digests[:1]}", lambda: office.decisions(digests), self._know
        )

    def _know(self, known: Mapping[str, Decision]) -> None:
        if known:
            self.decided |= known
            self._say_decisions()
            self._show()

    # -- what is done

    def _show_trust(self) -> None:
        TrustDialog(self._desk, self.window()).open()

    def _choose_files(self) -> None:
        chooser.files(self, "ui.verify.choose_files", self.take, "*.pdf")

    def _choose_folder(self) -> None:
        chooser.folder(self, "ui.verify.choose_folder", lambda path: self.take([path]))

    def take(self, paths: Sequence[Path]) -> None:
        """Check these files and folders as a job; each result shows as it comes."""
        office = self._desk.office
        self._running += 1
        self._drain.start()
        self._desk.runner.submit(
            "ui.job.verify",
            lambda context: office.verify(tuple(paths), context, self._arrived.append),
            after=self._ended,
            n=len(paths),
        )
        self._show_summary()

    def _ended(self) -> None:
        self._running -= 1
        self._show_summary()

    def _copy(self) -> None:
        found = self.files.current()
        if found is not None:
            QGuiApplication.clipboard().setText(verdict_words.as_text(found))

    def _clear(self) -> None:
        self._arrived.clear()
        self.files.results.clear()
        self.filters.reset()
        self.filters.offer(())
        self._show()
        self._show_summary()

    def _turn_tab(self) -> None:
        self.file.tabs.setCurrentIndex(PAGES if self.file.tabs.currentIndex() == CARDS else CARDS)

    def _repeated(self, same: bool) -> None:
        wording.say(self.file.decision, f"ui.verify.repeated.{'same' if same else 'other'}")


def _renewal_words(known: Facets | None) -> str:
    """By when the proof of the chosen file must be renewed, and why then."""
    if known is None or known.renewal is None:
        return ""
    return f"{due_words(known)}: {messages.text(f'renewal.{known.renewal.why}')}"
