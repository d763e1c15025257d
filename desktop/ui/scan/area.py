"""Quét: scan or bring files in, look at the pages, mend them, see what was recognised."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QToolButton

from desktop.ui import theme, wording
from desktop.ui.desk import Area, Desk
from desktop.ui.page.gate import PageGate
from desktop.ui.page.original_beside import OriginalBeside
from desktop.ui.page.thumbnails import ThumbnailStrip
from desktop.ui.page.view import PageView
from desktop.ui.parts.choice import Choice
from desktop.ui.parts.columns import beside, titled
from desktop.ui.parts.lines import Lines, group, share
from desktop.ui.review.paper_panel import PaperPanel
from desktop.ui.review.work import ReviewWork
from desktop.ui.scan.bar import ScanBar
from desktop.ui.scan.editing import PageEditing
from desktop.ui.scan.first_steps import FirstSteps
from desktop.ui.scan.following import Following
from desktop.ui.scan.hot_folder import HotFolder
from desktop.ui.scan.intake import ScanIntake
from desktop.ui.scan.recovery import RecoveryBar
from desktop.workflow.job import Changes, Outcome
from desktop.workflow.scan.orders import ScanOrder

if TYPE_CHECKING:
    from desktop.workflow.scan.batch import Scanned
    from desktop.workflow.views.rows import BatchRow, PageRow, PaperRow

TOOLS = (("undo", "undo"), ("redo", "redo"), ("rotate_left", "rotate-left"), ("rotate_right", "rotate-right"),
         ("remove", "trash"))  # fmt: skip
"""Edits that have a button over the page."""
CROWDED = 150
"""Percent from which these buttons are left to the menu: the one that scans must stay on a small screen."""


class ScanArea(Area):
    """Pages at the left, the page in the middle, the papers at the right."""

    name = "scan"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted_paper = ""
        self._into = ""
        self._at_end = False
        self.batches = Choice("ui.scan.batch")
        self.following = Following(desk.runner, self)
        self.bar = ScanBar(desk, self)
        self.intake = ScanIntake(desk, self)
        self.recovery = RecoveryBar(desk)
        self.hot_folder = HotFolder(desk, self)
        self.strip = ThumbnailStrip(desk.runner, desk.office.thumbnail)
        self.page = PageView(desk.runner, desk.actions, self.name)
        self.gate = PageGate(desk, self)
        self.original = OriginalBeside(desk.runner, desk.office)
        self.editing = PageEditing(desk, self, self.strip, self.page.canvas, self._batch)
        self.papers = PaperPanel()
        self._stack = QStackedWidget()
        self.review = ReviewWork(desk, self, self.papers, self.page.canvas, self.strip, self._batch)
        self._build()
        self._add_actions()
        self.batches.currentIndexChanged.connect(self._go_to_batch)
        self.bar.began.connect(self.following.begin)
        self.intake.began.connect(self.following.begin)
        self.strip.chosen.connect(self._page_chosen)
        self.page.canvas.stepped.connect(self.strip.step)
        self.papers.paper_chosen.connect(self._paper_chosen)
        self.papers.place_chosen.connect(self._point_at)
        self.bar.came.connect(self._scanned)
        self.bar.folder_wanted.connect(self.hot_folder.start)
        self.hot_folder.arrived.connect(self.editing.read_soon)
        self.gate.reordered.connect(self._reorder)

    def _build(self) -> None:
        sizes = theme.current().sizes
        column = self._column()
        self.batches.setMaximumWidth(sizes.control * 12)
        share(self.batches, 3)
        label = (wording.label("ui.scan.batch", "muted"),) if theme.current().scale < CROWDED else ()
        title = group(wording.label("ui.area.scan", "title"), *label, self.batches, stretch=1, slack=1)
        self.open_files = wording.tool("ui.action.scan.import_files", "import")
        self.open_folder = wording.tool("ui.action.scan.import_folder", "folder")
        self.open_files.clicked.connect(self.intake.choose_files)
        self.open_folder.clicked.connect(self.intake.choose_folder)
        self.finish = wording.button("ui.action.scan.finish", "check")
        self.finish.clicked.connect(self._finish)
        work = group(self.editing.button, self.review.button, self.finish)
        column.addWidget(Lines(title, work, group(self.open_folder, self.open_files, self.bar)))
        column.addWidget(self.recovery)
        column.addWidget(self.hot_folder)
        pages = titled(self.gate.order, self.strip)
        pages.setMinimumWidth(sizes.strip)
        self.page.add_above(self.gate.banner)
        self.page.beside.addWidget(self.original, 1)
        split = beside(self.name, pages, self.page, self.papers)
        split.setStretchFactor(1, 1)
        split.setSizes([sizes.strip + sizes.l, 700, sizes.control * 11])
        self.guide = FirstSteps(self._desk, self.bar.open_profiles, self.intake.choose_files)
        self._stack.addWidget(self.guide)
        self._stack.addWidget(split)
        column.addWidget(self._stack, 1)

    def _add_actions(self) -> None:
        add = self._desk.actions.add
        add(self, "scan.finish", self._finish, "Ctrl+Shift+Return", area=self.name)
        add(self, "scan.insert", self._insert, "Ctrl+Shift+I", area=self.name)
        add(self, "scan.insert_files", self._insert_files, "Ctrl+Alt+I", area=self.name)
        add(self, "scan.rescan", self._rescan, "Ctrl+Shift+R", area=self.name)
        add(self, "scan.next_page", lambda: self.strip.step(1), "Ctrl+PgDown", area=self.name)
        add(self, "scan.previous_page", lambda: self.strip.step(-1), "Ctrl+PgUp", area=self.name)
        self.open_folder.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.open_folder.addAction(self._desk.actions["scan.hot_folder"])
        self.open_folder.addAction(self._desk.actions["scan.separator"])
        for name, icon in TOOLS if theme.current().scale < CROWDED else ():
            self.page.add_button(f"scan.{name}", icon)
        for name in ("insert", "insert_files", "rescan"):
            self.editing.menu.addAction(self._desk.actions[f"scan.{name}"])
        add(self, "scan.strange_first", self.gate.toggle, "Ctrl+Shift+F", area=self.name)
        self.page.add_tool("original", "page", self.original.toggle, "Ctrl+Shift+B")
        self.page.add_tool("words", "words", self._toggle_words, "Ctrl+T")

    # -- what is shown

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is None:
            self.bar.refresh()
            self.hot_folder.refresh()
            if not self._desk.runner.running():
                self.recovery.look()
        if changes is None or changes.batches or changes.documents or changes.dossiers:
            self._desk.runner.read(self, "batches", self._desk.office.batches, self._show_batches)

    def take_focus(self) -> None:
        self.strip.setFocus()

    def show_thing(self, key: str) -> None:
        """Open the paper with this id, in its batch."""
        self._wanted_paper = key
        self.following.leave()
        self._desk.runner.read(self, "batch_of", lambda: self._desk.office.batch_of(key), self._open_batch)

    def _open_batch(self, batch_id: str) -> None:
        place = self.batches.findData(batch_id)
        if place >= 0 and place != self.batches.currentIndex():
            self.batches.setCurrentIndex(place)
        else:
            self._batch_chosen()

    def _show_batches(self, rows: Sequence[BatchRow]) -> None:
        filled = {row.id for row in rows if row.pages}
        followed = self.following.batch in filled
        before = self.following.batch if followed else self._batch()
        if followed and self.bar.running() and not self._into:
            self._at_end = True
        self.batches.blockSignals(True)
        self.batches.clear()
        for row in rows:
            self.batches.addItem(f"{row.name} · {wording.day(row.opened_at)}", row.id)
        place = self.batches.findData(before)
        self.batches.setCurrentIndex(max(place, 0) if rows else -1)
        self.batches.blockSignals(False)
        self.batches.setEnabled(bool(rows))
        self.editing.button.setEnabled(bool(rows))
        self.review.button.setEnabled(bool(rows))
        self.finish.setEnabled(bool(rows))
        first = bool(rows) and self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(1 if rows else 0)
        if first and self.isVisible():
            self.take_focus()
        if rows:
            self._batch_chosen()

    def _batch(self) -> str:
        return str(self.batches.currentData() or "")

    def _go_to_batch(self) -> None:
        self.following.leave()
        self._batch_chosen()

    def _batch_chosen(self) -> None:
        batch = self._batch()
        if not batch:
            return
        office = self._desk.office
        self._desk.runner.read(
            self,
            "batch",
            lambda: (office.pages(batch), office.papers(batch)),
            self._show_batch,
        )

    def _show_batch(self, found: tuple[Sequence[PageRow], Sequence[PaperRow]]) -> None:
        pages, papers = found
        self.papers.fill(papers, {page.id: page.position + 1 for page in pages})
        self.strip.fill(self.gate.ordered(pages), self.gate.doubted())
        if self._at_end and pages:
            self._at_end = False
            self.strip.go_to(pages[-1].id)
        if self._wanted_paper:
            self.papers.papers.choose(self._wanted_paper)
            self._wanted_paper = ""
        self.gate.look(self._batch(), pages)

    def _reorder(self) -> None:
        self.strip.fill(self.gate.ordered(self.strip.pages.pages), self.gate.doubted())
        page = self.strip.page()
        if page is not None:
            self.gate.show_page(page)

    def _page_chosen(self, page_id: str) -> None:
        page = self.strip.page()
        if page is None:
            return
        office = self._desk.office
        wording.say(
            self.page.caption, "ui.page.of_file", n=page.position + 1, file=page.file_name, page=page.number
        )
        self.page.canvas.open(
            (page.id, page.version),
            partial(office.page_picture, page_id),
            partial(office.page_part, page_id),
        )
        self.original.open(page_id)
        self.gate.show_page(page)
        self._desk.runner.read(self, "text", lambda: office.page_text(page_id), self.page.canvas.put_text)
        self.papers.follow_page(page.document_id)

    def _paper_chosen(self, first_page: str) -> None:
        self.strip.go_to(first_page)

    def _point_at(self, page_id: str, box: object) -> None:
        self.strip.go_to(page_id)
        self.page.canvas.point_at(box)  # type: ignore[arg-type]

    def _toggle_words(self) -> None:
        self.page.canvas.show_all_words(not self.page.canvas.words.all_shown)

    # -- what is done

    def take(self, paths: Sequence[Path]) -> None:
        self.intake.take(paths)

    def _finish(self) -> None:
        """The clerk has looked: the papers go on to be signed."""
        batch, office = self._batch(), self._desk.office
        if batch:
            self._desk.runner.submit(
                "ui.job.finish", lambda context: office.finish(batch, context), self._finished
            )

    def _finished(self, outcome: Outcome[object]) -> None:
        self._desk.tell(outcome.problems)
        if not outcome.problems:
            self._desk.go("sign", "")

    def _insert(self) -> None:
        """Scan pages into this batch, after the page that is shown."""
        page = self.strip.page()
        if page is not None:
            self._into, place = self._batch(), page.position + 1
            self.bar.start(lambda profile: ScanOrder(profile, self._into, to=place))

    def _insert_files(self) -> None:
        """Take files into this batch, after the page that is shown."""
        page = self.strip.page()
        if page is not None:
            self.intake.choose_to_insert(self._batch(), page.position + 1)

    def _rescan(self) -> None:
        """Scan the page that is shown once more; the old one can be had back."""
        page = self.strip.page()
        if page is not None:
            self._into, key = self._batch(), page.id
            self.bar.start(lambda profile: ScanOrder(profile, self._into, replaces=key))

    def _scanned(self, outcome: Outcome[Scanned] | None) -> None:
        self._at_end, self._into = bool(self.following.batch) and not self._into, ""
        self.refresh(Changes(batches=frozenset({self._batch()})))
        if outcome is None:
            self.editing.read_soon(self._batch())  # stopped: what came stays
            return
        self._desk.tell(outcome.problems)
        self.editing.read_soon(outcome.value.batch_id or "")
        if outcome.problems:
            self.recovery.look()
