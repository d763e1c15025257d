"""Kiểm tra: files and folders in, a verdict per file, a card per signature."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import chooser, theme, wording
from desktop.ui.banner import Banner
from desktop.ui.desk import Area, Desk
from desktop.ui.problem_panel import ProblemCard
from desktop.ui.row_model import Row
from desktop.ui.rows import RowList
from desktop.ui.signature_card import SignatureCard
from desktop.ui.verify_banners import BANNERS
from desktop.workflow import verdict_words
from desktop.workflow.job import Changes, Outcome

if TYPE_CHECKING:
    from desktop.workflow.verify import FileVerified


class VerifyArea(Area):
    """The files at the left, the chosen one's signatures at the right."""

    name = "verify"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("area")
        self._found: dict[str, FileVerified] = {}
        self.files = RowList("ui.verify.files")
        self.banner = Banner()
        self.summary = Banner()
        self._file_name = wording.label(style="title", wrap=True)
        self._cards = QScrollArea()
        self._cards.setWidgetResizable(True)
        wording.name(self._cards, "ui.verify.cards")
        self.copy = wording.button("ui.action.verify.copy", "copy")
        self._build()
        self._add_actions()
        self.files.chosen.connect(self._show)
        self._show_summary()

    def _build(self) -> None:
        sizes = theme.current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.m)
        head = QHBoxLayout()
        head.setSpacing(sizes.s)
        head.addWidget(wording.label("ui.area.verify", "title"), 1)
        open_folder = wording.button("ui.action.verify.open_folder", "folder")
        open_files = wording.button("ui.action.verify.open_files", "open", primary=True)
        open_folder.clicked.connect(self._choose_folder)
        open_files.clicked.connect(self._choose_files)
        head.addWidget(open_folder)
        head.addWidget(open_files)
        column.addLayout(head)
        column.addWidget(self.summary)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("verify")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.current().sizes.s)
        split.addWidget(self.files)
        right = QWidget()
        inner = QVBoxLayout(right)
        inner.setContentsMargins(sizes.s, 0, 0, 0)
        inner.setSpacing(sizes.s)
        top = QHBoxLayout()
        top.addWidget(self._file_name, 1)
        top.addWidget(self.copy)
        inner.addLayout(top)
        inner.addWidget(self.banner)
        inner.addWidget(self._cards, 1)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([sizes.control * 14, 800])
        column.addWidget(split, 1)
        self.copy.clicked.connect(self._copy)

    def _add_actions(self) -> None:
        add = self._desk.actions.add
        add(self, "verify.open_files", self._choose_files, "Ctrl+O", area=self.name)
        add(self, "verify.open_folder", self._choose_folder, "Ctrl+Shift+O", area=self.name)
        add(self, "verify.copy", self._copy, "Ctrl+Shift+C", area=self.name)
        add(self, "verify.clear", self._clear, "Ctrl+Shift+Del", area=self.name)

    # -- what is shown

    def refresh(self, changes: Changes | None = None) -> None:
        """Results stay until they are cleared: only their words are said again."""
        if changes is None:
            self._list()

    def take_focus(self) -> None:
        self.files.setFocus()

    def _list(self) -> None:
        self.files.fill([_row(found) for found in self._found.values()])
        self._show(self.files.key())
        self._show_summary()

    def _show_summary(self) -> None:
        counts = dict.fromkeys(BANNERS, 0)
        for found in self._found.values():
            counts[verdict_words.banner_of_file(found)] += 1
        good = counts["valid"] + counts["limited"]
        bad = counts["altered"] + counts["invalid"] + counts["problem"]
        if not self._found:
            self.summary.put("neutral", "ui.verify.empty")
            return
        tone = "bad" if bad else "warn" if counts["undetermined"] else "ok" if good else "neutral"
        self.summary.put(
            tone,  # type: ignore[arg-type]
            "ui.verify.summary",
            files=len(self._found),
            good=good,
            open=counts["undetermined"],
            bad=bad,
            unsigned=counts["unsigned"],
        )

    def _show(self, key: str) -> None:
        found = self._found.get(key)
        self.copy.setEnabled(found is not None)
        self.banner.setVisible(found is not None)
        content = QWidget()
        content.setObjectName("column")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, theme.current().sizes.s, 0)
        column.setSpacing(theme.current().sizes.s)
        if found is not None:
            self._fill(found, column)
        else:
            wording.show(self._file_name, "")
        column.addStretch(1)
        self._cards.setWidget(content)

    def _fill(self, found: FileVerified, column: QVBoxLayout) -> None:
        wording.show(self._file_name, found.path.name)
        banner = verdict_words.banner_of_file(found)
        tone, icon = BANNERS[banner]
        self.banner.put(tone, f"ui.verdict.{banner}.long", icon)
        if found.problem is not None:
            column.addWidget(ProblemCard(found.problem))
        if found.verdict is None:
            return
        for reason in (*found.verdict.reasons, *found.verdict.warnings):
            line = wording.label(wrap=True)
            wording.show(line, f"• {verdict_words.reason_text(reason)}")
            column.addWidget(line)
        for number, signature in enumerate(found.verdict.signatures, 1):
            column.addWidget(SignatureCard(number, signature))

    # -- what is done

    def _choose_files(self) -> None:
        chooser.files(self, "ui.verify.choose_files", self.take, "*.pdf")

    def _choose_folder(self) -> None:
        chooser.folder(self, "ui.verify.choose_folder", lambda path: self.take([path]))

    def take(self, paths: Sequence[Path]) -> None:
        """Check these files and folders as a job."""
        office = self._desk.office
        self._desk.runner.submit(
            "ui.job.verify",
            lambda context: office.verify(tuple(paths), context),
            self._verified,
            n=len(paths),
        )

    def _verified(self, outcome: Outcome[tuple[FileVerified, ...]]) -> None:
        for found in outcome.value:
            self._found[str(found.path)] = found
        self._list()
        if outcome.value:
            self.files.choose(str(outcome.value[0].path))

    def _copy(self) -> None:
        found = self._found.get(self.files.key())
        if found is not None:
            QGuiApplication.clipboard().setText(verdict_words.as_text(found))

    def _clear(self) -> None:
        self._found.clear()
        self._list()


def _row(found: FileVerified) -> Row:
    banner = verdict_words.banner_of_file(found)
    tone, icon = BANNERS[banner]
    count = len(found.verdict.signatures) if found.verdict else 0
    below = messages.text("ui.verify.count", n=count) if found.verdict else ""
    return Row(str(found.path), found.path.name, below, messages.text(f"ui.verdict.{banner}"), tone, icon)
