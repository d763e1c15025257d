"""The ways to scan: name, scanner, where the paper lies, resolution, colours, paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.parts.choice import Choice
from desktop.ui.parts.dialog_size import open_within
from desktop.workflow.scan_profiles import DPIS, FEEDS, MODES, PAPERS, ScanProfile

if TYPE_CHECKING:
    from ocr.ports import Device


class ProfileDialog(QDialog):
    """A list of profiles and a form for the chosen one; greyed where the office has fixed them."""

    kept = Signal(object)
    """All profiles, as they shall be."""

    def __init__(self, desk: Desk, profiles: Sequence[ScanProfile], locked: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._profiles, self._shown = desk, list(profiles), -1
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wording.say(self, "ui.profiles.title", "setWindowTitle")
        self.list = QListWidget()
        wording.name(self.list, "ui.profiles.list")
        self.name = QLineEdit()
        self.device = Choice("ui.profiles.device")
        self.device.setEditable(True)
        if (address := self.device.lineEdit()) is not None:
            wording.name(address, "ui.profiles.device")
        self.feed = _choice("ui.profiles.feed", FEEDS)
        self.dpi = Choice("ui.profiles.dpi")
        for dpi in DPIS:
            self.dpi.addItem(messages.text("ui.profiles.dots", n=dpi), dpi)
        self.mode = _choice("ui.profiles.mode", MODES)
        self.paper = _choice("ui.profiles.paper", PAPERS)
        self.finder = wording.button("ui.profiles.find", "search")
        self.add = wording.button("ui.profiles.add")
        self.drop = wording.button("ui.profiles.drop", "trash")
        self.keep = wording.button("ui.profiles.keep", "check", primary=True)
        self.keep.setDefault(True)  # Enter in the name keeps, and looks for no scanner
        self.note = wording.label("ui.profiles.locked" if locked else "ui.profiles.hint", "muted", wrap=True)
        self._build(locked)
        self.list.currentRowChanged.connect(self._show)
        self.finder.clicked.connect(self.look)
        self.add.clicked.connect(self._add)
        self.drop.clicked.connect(self._drop)
        self.keep.clicked.connect(self._keep)
        self.name.textEdited.connect(lambda text: self._take())
        self._fill(0)
        if not self._profiles and not locked:
            self._add()
            self.look()

    def _build(self, locked: bool) -> None:
        sizes = theme.current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.l, sizes.l, sizes.l)
        column.setSpacing(sizes.m)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(sizes.m)
        self.list.setFixedWidth(sizes.control * 6)
        row.addWidget(self.list)
        form = QFormLayout()
        form.setSpacing(sizes.s)
        device = QHBoxLayout()
        device.addWidget(self.device, 1)
        device.addWidget(self.finder)
        for key, field in (("name", self.name), ("device", device), ("feed", self.feed), ("dpi", self.dpi),
                           ("mode", self.mode), ("paper", self.paper)):  # fmt: skip
            form.addRow(wording.label(f"ui.profiles.{key}"), field)
        wording.name(self.name, "ui.profiles.name")
        row.addLayout(form, 1)
        column.addLayout(row, 1)
        buttons = QHBoxLayout()
        close = wording.button("ui.cancel")
        close.clicked.connect(self.reject)
        for button in (self.add, self.drop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (close, self.keep):
            buttons.addWidget(button)
        column.addLayout(buttons)
        form_fields = (self.name, self.device, self.feed, self.dpi, self.mode, self.paper)
        for widget in (*form_fields, self.finder, self.add, self.drop, self.keep):
            widget.setEnabled(not locked)
        open_within(self, 22, 12)

    def look(self) -> None:
        """Ask the computer and the network for scanners; takes some seconds."""
        wording.say(self.finder, "ui.profiles.finding")
        self.finder.setEnabled(False)
        self._desk.runner.read(self, "devices", self._desk.office.devices, self._found)

    def _found(self, devices: Sequence[Device]) -> None:
        wording.say(self.finder, "ui.profiles.find")
        self.finder.setEnabled(True)
        key = "ui.profiles.found" if devices else "ui.profiles.none_found"
        wording.say(self.note, key, n=len(devices))
        before = self._address()
        self.device.clear()
        names = Counter(device.name for device in devices)
        for device in devices:
            alike = names[device.name] > 1
            self.device.addItem(f"{device.name} ({device.address})" if alike else device.name, device.address)
        if before:
            self._choose_device(before)

    def _address(self) -> str:
        """Of the chosen scanner, or what was typed."""
        typed = self.device.currentText()
        place = self.device.currentIndex()
        if self.device.itemText(place) != typed:
            place = self.device.findText(typed)
        return str(self.device.itemData(place)) if place >= 0 else typed.strip()

    def _choose_device(self, address: str) -> None:
        place = self.device.findData(address)
        if place < 0:
            self.device.addItem(address, address)
            place = self.device.count() - 1
        self.device.setCurrentIndex(place)

    def _fill(self, row: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([profile.name for profile in self._profiles])
        self.list.setCurrentRow(min(row, len(self._profiles) - 1))
        self.list.blockSignals(False)
        self._shown = -1
        self._show(self.list.currentRow())

    def _show(self, row: int) -> None:
        self._take()
        self._shown = row
        if row < 0:
            return
        profile = self._profiles[row]
        self.name.setText(profile.name)
        if profile.device:
            self._choose_device(profile.device)
        for field, value in ((self.feed, profile.feed), (self.dpi, profile.dpi), (self.mode, profile.mode),
                             (self.paper, profile.paper)):  # fmt: skip
            field.setCurrentIndex(max(field.findData(value), 0))

    def _take(self) -> None:
        """Keep what stands in the form for the profile that it shows."""
        if not 0 <= self._shown < len(self._profiles):
            return
        self._profiles[self._shown] = replace(
            self._profiles[self._shown], name=self.name.text().strip(), device=self._address(),
            feed=self.feed.currentData(), dpi=self.dpi.currentData(), mode=self.mode.currentData(),
            paper=self.paper.currentData(),
        )  # fmt: skip
        self.list.item(self._shown).setText(self.name.text().strip())

    def _add(self) -> None:
        self._take()
        name = messages.text("ui.profiles.new_name", n=len(self._profiles) + 1)
        self._profiles.append(ScanProfile(name, ""))
        self._fill(len(self._profiles) - 1)

    def _drop(self) -> None:
        if 0 <= self._shown < len(self._profiles):
            del self._profiles[self._shown]
            self._fill(self._shown)

    def _keep(self) -> None:
        self._take()
        self.kept.emit(tuple(profile for profile in self._profiles if profile.device and profile.name))
        self.accept()


def _choice(name: str, values: Sequence[str]) -> Choice:
    made = Choice(name)
    for value in values:
        made.addItem(messages.text(f"{name}.{value}"), value)
    return made
