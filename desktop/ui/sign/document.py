"""The chosen document: its pages, which were seen, what is found on it, and where its mark will stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop import messages
from desktop.ui import wording
from desktop.ui.desk import Desk
from desktop.ui.page.view import PageView
from desktop.ui.sign.mark import MarkItem, PracticeWatermark
from desktop.ui.sign.panel import SignPanel
from desktop.ui.sign.tray import RETURNED
from desktop.workflow.sign.check import Checked
from desktop.workflow.views.rows import SigningRow
from ocr.model import Box
from signing.law.model import Finding
from signing.model import FileVerdict, Placement


class SignDocument(QObject):
    """Remembers per document what was seen, dragged and typed until it is signed."""

    page_seen = Signal(str)

    def __init__(self, desk: Desk, page: PageView, panel: SignPanel) -> None:
        super().__init__(page)
        self._desk, self._page, self._panel = desk, page, panel
        self.seen: dict[str, set[int]] = {}
        self.placements: dict[str, Placement] = {}
        self.numbers: dict[str, str] = {}
        self.row: SigningRow | None = None
        self.number = 1
        self.checked: Checked | None = None
        self._role = ""
        self._lit: Finding | None = None
        self.mark = MarkItem(self._moved)
        self.watermark = PracticeWatermark()
        page.canvas.scene().addItem(self.mark)
        page.canvas.scene().addItem(self.watermark)
        page.canvas.shown.connect(self._shown)
        panel.place_wanted.connect(self.light)

    def unseen(self, row: SigningRow) -> int:
        return row.pages - len(self.seen.get(row.document_id, ()))

    def open(self, row: SigningRow, role: str) -> None:
        """Choose a document; an unchanged one stays at its page."""
        if row == self.row and role == self._role:
            return
        same = self.row is not None and row.document_id == self.row.document_id
        self.row, self._role = row, role
        self.number = min(self.number, row.pages) if same else 1
        self._lit = None
        self._show()
        self._panel.show_earlier(None)
        if row.signed_roles:
            office = self._desk.office
            self._desk.runner.read(
                self, "earlier", lambda: office.earlier(row.document_id), self._show_earlier(row.document_id)
            )
        self.look()

    def clear(self) -> None:
        self.row, self.checked = None, None
        self.mark.put(None, "", False)
        self._page.canvas.clear()
        wording.show(self._page.caption, "")
        self._panel.clear()

    def step(self, by: int) -> None:
        if self.row is not None:
            self.go(min(max(self.number + by, 1), self.row.pages))

    def go(self, number: int) -> None:
        self.number = number
        self._show()

    def next_unseen(self, rows: Sequence[SigningRow]) -> SigningRow | None:
        """The next document with a page that was not on screen, from the chosen one on."""
        keys = [row.document_id for row in rows]
        start = keys.index(self.row.document_id) if self.row and self.row.document_id in keys else 0
        return next((row for row in (*rows[start:], *rows[:start]) if self.unseen(row)), None)

    def first_unseen(self, row: SigningRow) -> int:
        return next(n for n in range(1, row.pages + 1) if n not in self.seen.get(row.document_id, ()))

    def look(self) -> None:
        """Judge the document by the rules, its mark where it would stand now."""
        row, role, office = self.row, self._role, self._desk.office
        if row is None:
            return
        if role == RETURNED:
            role = ""  # looked at by whoever corrects it; no mark is planned
        key = row.document_id
        place, number = self.placements.get(key), self.numbers.get(key, "")
        self._panel.show_findings(None)
        self._desk.runner.read(self, "check", lambda: office.check(key, role, place, number), self._judged)

    def light(self, finding: Finding) -> None:
        """Show where it is."""
        self._lit = finding
        if finding.page != self.number:
            self.go(finding.page)
        else:
            self._point()

    def mark_back(self) -> None:
        """The mark goes where its role puts it."""
        if self.row is not None:
            self.placements.pop(self.row.document_id, None)
            self.look()

    def mark_here(self) -> None:
        """The mark goes to the page that is on screen."""
        place = self.checked.planned if self.checked else None
        if place is not None and self.row is not None:
            self._moved(place._replace(page=self.number))

    def give_number(self, number: str) -> None:
        if self.row is not None:
            self.numbers[self.row.document_id] = number
            self.look()

    def practise(self, practising: bool) -> None:
        self.watermark.setVisible(practising)

    def _show(self) -> None:
        row, number, office = self.row, self.number, self._desk.office
        if row is None:
            return
        wording.say(self._page.caption, "ui.sign.page", name=row.name, page=number, pages=row.pages)
        self.mark.put(None, "", False)
        self._page.canvas.open(
            (row.document_id, row.version, number),
            partial(office.document_picture, row.document_id, number),
            partial(office.document_part, row.document_id, number),
        )

    def _shown(self, page: tuple[str, int, int]) -> None:
        """Only a page whose picture was on screen counts as seen."""
        document_id, _, number = page
        self.mark.page = self._page.canvas.sceneRect()
        self.watermark.cover(self.mark.page)
        self.seen.setdefault(document_id, set()).add(number)
        self.page_seen.emit(document_id)
        self._put_mark()
        self._point()

    def _show_earlier(self, document_id: str) -> Callable[[FileVerdict | None], None]:
        def arrive(verdict: FileVerdict | None) -> None:
            if self.row is not None and self.row.document_id == document_id:
                self._panel.show_earlier(verdict)

        return arrive

    def _judged(self, checked: Checked) -> None:
        self.checked = checked
        self._panel.show_findings(checked)
        self._put_mark()

    def _put_mark(self) -> None:
        checked = self.checked
        if checked is None or checked.planned is None or checked.planned.page != self.number:
            self.mark.put(None, "", False)
            return
        covers = any(finding.code == "mark_covers_text" for finding in checked.findings)
        self.mark.put(checked.planned, messages.text(f"ui.sign.mark.{self._role}"), covers)

    def _moved(self, place: Placement) -> None:
        if self.row is not None:
            self.placements[self.row.document_id] = place
            self.look()

    def _point(self) -> None:
        finding = self._lit
        if finding is not None and finding.page == self.number:
            self._page.canvas.point_at(Box(*finding.area) if finding.area else None)
