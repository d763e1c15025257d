"""Kho lưu trữ: find a paper by a word on it, see what was deposited, prove that it is still whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Area, Desk
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.columns import beside, titled
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList
from desktop.workflow.job import Changes, Outcome
from desktop.workflow.views.rows import PackageRow
from storage.model import Receipt, SearchHit

if TYPE_CHECKING:
    from storage.catalog.reports import Indicators

TYPING_MS = 250


class ArchiveArea(Area):
    """Search at the left, packages at the right."""

    name = "archive"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.field = QLineEdit()
        wording.name(self.field, "ui.archive.search")
        wording.say(self.field, "ui.archive.search_hint", "setPlaceholderText")
        self.field.setClearButtonEnabled(True)
        self.hits = RowList("ui.archive.hits", empty="ui.archive.hits_here")
        self.packages = RowList("ui.archive.packages", empty="ui.archive.no_packages")
        self.banner = Banner()
        self.figures = wording.label(style="muted", wrap=True)
        self._hits_title = wording.label("ui.archive.hits", "heading", wrap=True)
        self._receipt = wording.label(style="muted", wrap=True)
        self._receipt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.check = wording.button("ui.action.archive.check", "verify")
        self._rows: dict[str, PackageRow] = {}
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._build()
        add = desk.actions.add
        add(self, "archive.search", self._to_search, "/", "Ctrl+F", area=self.name)
        add(self, "archive.check", self._check, "Ctrl+Shift+K", area=self.name)
        self._typing.timeout.connect(self._search)
        self.field.textChanged.connect(lambda: self._typing.start())
        self.field.returnPressed.connect(self._search)
        self.hits.activated.connect(self._open_hit)
        self.packages.chosen.connect(self._show_receipt)
        self.check.clicked.connect(self._check)

    def _build(self) -> None:
        sizes = theme.current().sizes
        column = self._column()
        head = QHBoxLayout()
        head.setSpacing(sizes.s)
        head.addWidget(wording.label("ui.area.archive", "title"))
        head.addSpacing(sizes.l)
        head.addWidget(self.field, 1)
        head.addWidget(self.check)
        column.addLayout(head)
        column.addWidget(self.figures)
        column.addWidget(self.banner)
        self.banner.hide()
        right = titled(wording.label("ui.archive.packages", "heading"), self.packages)
        layout = right.layout()
        if layout is not None:
            layout.addWidget(self._receipt)
        left = titled(self._hits_title, self.hits)
        for side in (left, right):
            side.setMinimumWidth(sizes.control * 9)
        split = beside(self.name, left, right)
        split.setSizes([600, 600])
        column.addWidget(split, 1)

    # -- what is shown

    def refresh(self, changes: Changes | None = None) -> None:
        self._desk.runner.read(self, "packages", self._desk.office.packages, self._show_packages)
        self._desk.runner.read(self, "figures", self._desk.office.indicators, self._show_figures)

    def take_focus(self) -> None:
        self.field.setFocus()

    def _show_packages(self, rows: Sequence[PackageRow]) -> None:
        self._rows = {row.id: row for row in rows}
        self.packages.fill([_package_row(row) for row in rows])

    def _show_figures(self, found: Indicators) -> None:
        """This year's counts, as `tramso report indicators` gives them."""
        wording.say(self.figures, "ui.archive.figures", **asdict(found))

    def _show_receipt(self, key: str) -> None:
        row = self._rows[key]
        if row.deposited_at is None:
            wording.say(self._receipt, "ui.archive.not_deposited")
            return
        wording.say(
            self._receipt,
            "ui.archive.receipt",
            time=wording.day(row.deposited_at),
            archive=(row.archive or "").partition(":")[2] or messages.text("ui.archive.own"),
            key=row.key,
            digest=" ".join(wrap(row.digest, 16)),  # a word of 64 letters would push the window wider
        )

    # -- what is done

    def _to_search(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _search(self) -> None:
        self._typing.stop()
        words, office = self.field.text().strip(), self._desk.office
        if not words:
            self._show_hits(())
            return
        self._desk.runner.read(self, "search", lambda: office.search(words), self._show_hits)

    def _show_hits(self, hits: Sequence[SearchHit]) -> None:
        words = self.field.text().strip()
        wording.say(self._hits_title, "ui.archive.hits_count" if hits else "ui.archive.hits", n=len(hits))
        wording.say(self.hits.empty, "ui.archive.hits_none" if words else "ui.archive.hits_here", words=words)
        self.hits.fill([_hit_row(hit) for hit in hits])

    def _open_hit(self) -> None:
        if self.hits.key():
            self._desk.go("scan", self.hits.key())

    def _check(self) -> None:
        self.check.setEnabled(False)
        self._desk.runner.submit(
            "ui.job.check_archive",
            self._desk.office.check_archive,
            self._checked,
            after=lambda: self.check.setEnabled(True),
        )

    def _checked(self, outcome: Outcome[tuple[Receipt, ...]]) -> None:
        self.banner.show()
        if outcome.problems:
            self.banner.put("bad", "ui.archive.check_bad", n=len(outcome.problems))
            self._desk.tell(outcome.problems)
        else:
            self.banner.put("ok", "ui.archive.check_good", n=len(outcome.value))


def _hit_row(hit: SearchHit) -> Row:
    below = " · ".join(part for part in (hit.dossier_code, hit.snippet) if part)
    return Row(hit.document_id, f"{hit.kind_name} - {hit.name}", below, wrapped=True)


def _package_row(row: PackageRow) -> Row:
    below = " · ".join((row.title, wording.size(row.size), wording.day(row.made_at)))
    if row.deposited_at is None:
        return Row(row.id, row.dossier_code, below, messages.text("ui.archive.waiting"), "warn", "warning")
    return Row(row.id, row.dossier_code, below, messages.text("ui.archive.deposited"), "ok", "receipt")
