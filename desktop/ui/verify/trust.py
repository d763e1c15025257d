"""The trusted authorities, each by name with its fingerprint; added from files and folders, removed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.parts import chooser
from desktop.ui.parts.banner import Banner
from desktop.workflow.job import Outcome
from desktop.workflow.reports import verdict_words

if TYPE_CHECKING:
    from desktop.workflow.verify.trusting import TrustedEntry

CERTIFICATES = "*.crt *.cer *.pem *.p7b *.der *.crl"


class TrustDialog(QDialog):
    """Roots first, then those who issue below them. What is removed can be added again from its file."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wording.say(self, "ui.trust.title", "setWindowTitle")
        self.told = Banner()
        self.told.hide()
        self.list = QListWidget()
        self.list.setWordWrap(True)
        wording.name(self.list, "ui.trust.title")
        self.add_files = wording.button("ui.trust.add_files", "open", primary=True)
        self.add_folder = wording.button("ui.trust.add_folder", "folder")
        self.copy = wording.button("ui.trust.copy", "copy")
        self.remove = wording.button("ui.trust.remove", "trash")
        self.add_files.clicked.connect(
            lambda: chooser.files(self, "ui.trust.choose_files", self._add, CERTIFICATES)
        )
        self.add_folder.clicked.connect(
            lambda: chooser.folder(self, "ui.trust.choose_folder", lambda path: self._add([path]))
        )
        self.copy.clicked.connect(self._copy)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(lambda _row: self._enable())
        self._build()
        self._read()

    def _build(self) -> None:
        sizes = theme.current().sizes
        self.resize(sizes.control * 24, sizes.control * 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.l, sizes.l, sizes.l)
        column.setSpacing(sizes.m)
        column.addWidget(wording.label("ui.trust.hint", "muted", wrap=True))
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        line = QHBoxLayout()
        line.setSpacing(sizes.s)
        for button in (self.copy, self.remove):
            line.addWidget(button)
        line.addStretch(1)
        for button in (self.add_folder, self.add_files):
            line.addWidget(button)
        column.addLayout(line)

    def _read(self) -> None:
        self._desk.runner.read(self, "trusted", self._desk.office.trusted, self._show)

    def _show(self, entries: Sequence[TrustedEntry]) -> None:
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(_lines(entry))
            item.setData(Qt.ItemDataRole.UserRole, entry.certificate.fingerprint)
            self.list.addItem(item)
        self.list.setCurrentRow(0 if entries else -1)
        self._enable()

    def _enable(self) -> None:
        for button in (self.copy, self.remove):
            button.setEnabled(self.list.currentItem() is not None)

    def _chosen(self) -> str:
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._chosen())

    def _add(self, paths: Sequence[Path]) -> None:
        office, sources = self._desk.office, tuple(map(str, paths))
        self._desk.runner.submit("ui.job.trust", lambda _context: office.add_trust(sources), self._added)

    def _added(self, outcome: Outcome[tuple[TrustedEntry, ...]]) -> None:
        self._desk.tell(outcome.problems)
        self._tell("ok" if outcome.value else "warn", "ui.trust.added", len(outcome.value))

    def _remove(self) -> None:
        office, fingerprint = self._desk.office, self._chosen()
        self._desk.runner.submit(
            "ui.job.trust", lambda _context: office.remove_trust(fingerprint), self._removed
        )

    def _removed(self, outcome: Outcome[tuple[str, ...]]) -> None:
        key = "ui.trust.removed" if outcome.value else "ui.trust.fixed"
        self._tell("ok" if outcome.value else "warn", key, len(outcome.value))

    def _tell(self, tone: theme.Tone, key: str, count: int) -> None:
        self.told.put(tone, key, n=count)
        self.told.show()
        self._read()


def _lines(entry: TrustedEntry) -> str:
    """Name; what it is, until when, whether its fingerprint is known; the fingerprint in fours."""
    found = entry.certificate
    facts = (
        messages.text("trust.root" if entry.is_root else "trust.issuing"),
        messages.text("ui.trust.until", day=messages.day(found.not_after.date())),
        messages.text(f"trust.known.{entry.known}"),
    )
    return "\n".join(
        (verdict_words.visible(found.subject), " · ".join(facts), verdict_words.in_fours(found.fingerprint))
    )
