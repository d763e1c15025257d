"""The trusted authorities, each by name with its fingerprint; added from files, folders, the web, removed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.parts import chooser
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.dialog_size import open_within
from desktop.ui.parts.lines import Lines, group, share
from desktop.ui.verify.offer import OfferDialog, lines
from desktop.workflow.job import Outcome
from desktop.workflow.problem_words import words_of

if TYPE_CHECKING:
    from desktop.workflow.verify.trusting import Offer, TrustedEntry

CERTIFICATES = "*.crt *.cer *.pem *.p7b *.der *.crl"


class TrustDialog(QDialog):
    """Roots first, then those who issue below them. What is removed can be added again from its file."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wording.say(self, "ui.trust.title", "setWindowTitle")
        self.told = Banner()
        self.told.hide()
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        wording.name(self.list, "ui.trust.title")
        self.address = QLineEdit()
        wording.name(self.address, "ui.trust.address")
        wording.say(self.address, "ui.trust.address", "setPlaceholderText")
        self.add_address = wording.button("ui.trust.add_address", "import")
        self.add_address.setDefault(True)  # what Enter does in the field
        self.add_files = wording.button("ui.trust.add_files", "open", primary=True)
        self.add_folder = wording.button("ui.trust.add_folder", "folder")
        self.copy = wording.button("ui.trust.copy", "copy")
        self.remove = wording.button("ui.trust.remove", "trash")
        self.add_files.clicked.connect(
            lambda: chooser.files(self, "ui.trust.choose_files", self._files, CERTIFICATES)
        )
        self.add_folder.clicked.connect(
            lambda: chooser.folder(self, "ui.trust.choose_folder", lambda path: self._seek([str(path)]))
        )
        self.address.textChanged.connect(lambda _words: self._enable())
        self.add_address.clicked.connect(lambda: self._seek([self._typed()]))
        self.copy.clicked.connect(self._copy)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(lambda _row: self._enable())
        self._build()
        self._read()

    def _build(self) -> None:
        sizes = theme.current().sizes
        open_within(self, 24, 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.l, sizes.l, sizes.l)
        column.setSpacing(sizes.m)
        column.addWidget(wording.label("ui.trust.hint", "muted", wrap=True))
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        share(self.address, 1)
        column.addWidget(group(self.address, self.add_address))
        chosen = group(self.copy, self.remove, stretch=1, slack=1)
        column.addWidget(Lines(chosen, group(self.add_folder, self.add_files)))

    def _read(self) -> None:
        self._desk.runner.read(self, "trusted", self._desk.office.trusted, self._show)

    def _show(self, entries: Sequence[TrustedEntry]) -> None:
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(lines(entry))
            item.setData(Qt.ItemDataRole.UserRole, entry.certificate.fingerprint)
            self.list.addItem(item)
        self.list.setCurrentRow(0 if entries else -1)
        self._enable()

    def _enable(self) -> None:
        for button in (self.copy, self.remove):
            button.setEnabled(self.list.currentItem() is not None)
        self.add_address.setEnabled(self._typed().startswith(("http://", "https://")))

    def _typed(self) -> str:
        return self.address.text().strip()

    def _chosen(self) -> str:
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._chosen())

    def _files(self, paths: Sequence[Path]) -> None:
        self._seek(list(map(str, paths)))

    def _seek(self, sources: Sequence[str]) -> None:
        """What they hold is shown before it is trusted."""
        office, wanted = self._desk.office, tuple(sources)
        self._desk.runner.submit("ui.job.trust", lambda _context: office.seek_trust(wanted), self._found)

    def _found(self, outcome: Outcome[tuple[Offer, ...]]) -> None:
        self._desk.tell(outcome.problems)
        if outcome.value:
            OfferDialog(outcome.value, lambda: self._add(outcome.value), self).open()
        else:
            what, _, remedy = words_of(outcome.problems[0])
            self.told.put("warn", "ui.trust.nothing", what=what, remedy=remedy)
            self.told.show()

    def _add(self, offers: tuple[Offer, ...]) -> None:
        office = self._desk.office
        self._desk.runner.submit("ui.job.trust", lambda _context: office.add_trust(offers), self._added)

    def _added(self, outcome: Outcome[tuple[TrustedEntry, ...]]) -> None:
        self.address.clear()
        self._tell("ok", "ui.trust.added", len(outcome.value))

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
