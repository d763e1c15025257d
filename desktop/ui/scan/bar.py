"""Which way to scan, and the button that does it; F-keys scan with a profile at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.job_runner import Job
from desktop.ui.parts.choice import Choice
from desktop.ui.scan.profile_dialog import ProfileDialog
from desktop.workflow.job import Outcome
from desktop.workflow.scan.orders import ScanOrder
from desktop.workflow.scan_profiles import ScanProfile

PROFILE_KEYS = ("F2", "F3", "F4", "F6", "F7", "F10", "F11", "F12")
"""F5, F8 and F9 reload, visit doubts and show the jobs."""
LAST = "scan_profile"
HOT_FOLDER = "folder:"


class ScanBar(QWidget):
    """One scan at a time: while it runs the button stops it."""

    began = Signal(object)
    """The Job of a scan."""
    came = Signal(object)
    """The Outcome of a scan; None when it was stopped."""
    folder_wanted = Signal(object)
    """The chosen profile is a hot folder at this Path: it is watched, not scanned."""

    def __init__(self, desk: Desk, area: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._profiles: tuple[ScanProfile, ...] = ()
        self._locked = False
        self._job: Job | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().sizes.s)
        self.profiles = Choice("ui.scan.profile")
        self.profiles.setMinimumWidth(theme.current().sizes.control * 6)
        self.edit = wording.tool("ui.action.scan.profiles", "settings")
        self.scan = wording.button("ui.action.scan.scan", "scan", primary=True)
        self.stop = wording.button("ui.scan.stop", "stop")
        for widget in (self.profiles, self.edit, self.scan, self.stop):
            row.addWidget(widget)
        self.stop.hide()
        self.scan.clicked.connect(lambda: self.start())
        self.stop.clicked.connect(self._stop)
        self.edit.clicked.connect(self.open_profiles)
        add = desk.actions.add
        add(area, "scan.scan", self.start, "Ctrl+Return", "Ctrl+Enter", area="scan")
        add(area, "scan.profiles", self.open_profiles, "Ctrl+L", area="scan")
        add(area, "scan.separator", self.open_separator, "Ctrl+Shift+S", area="scan")
        for place, key in enumerate(PROFILE_KEYS):
            add(area, f"scan.profile_{place + 1}", partial(self._with_profile, place), key, area="scan")

    def refresh(self) -> None:
        self._desk.runner.read(self, "profiles", self._desk.office.scan_profiles, self._show)

    def start(self, make: Callable[[ScanProfile], ScanOrder] = ScanOrder) -> None:
        """Scan with the chosen profile, asked for where there is none; `make` says where the pages go."""
        if self._job is not None:
            return
        if not self._profiles:
            self.open_profiles()
            return
        profile = self._profiles[max(self.profiles.currentIndex(), 0)]
        self._desk.layout.put(LAST, profile.name)
        if profile.device.startswith(HOT_FOLDER):
            self.folder_wanted.emit(Path(profile.device.removeprefix(HOT_FOLDER)))
            return
        order, office = make(profile), self._desk.office
        self._job = self._desk.runner.submit(
            "ui.job.scan", lambda context: office.scan(order, context), self._came, after=self._ended,
            scanning=True, name=profile.name,
        )  # fmt: skip
        self.began.emit(self._job)
        self._show_running()

    def running(self) -> bool:
        return self._job is not None

    def open_profiles(self) -> None:
        dialog = ProfileDialog(self._desk, self._profiles, self._locked, self)
        dialog.kept.connect(self._keep)
        dialog.open()

    def open_separator(self) -> None:
        from desktop.ui.scan.separator_dialog import SeparatorDialog

        SeparatorDialog(self._desk, self._profiles, self).open()

    def _with_profile(self, place: int) -> None:
        if place < len(self._profiles):
            self.profiles.setCurrentIndex(place)
            self.start()

    def _keep(self, profiles: tuple[ScanProfile, ...]) -> None:
        self._desk.runner.read(
            self, "keep", lambda: self._desk.office.keep_scan_profiles(profiles), lambda _: self.refresh()
        )

    def _show(self, found: tuple[Sequence[ScanProfile], bool]) -> None:
        profiles, self._locked = found
        self._profiles = tuple(profiles)
        name = self.profiles.currentData() or self._desk.layout.get(LAST, "")
        self.profiles.clear()
        for place, profile in enumerate(self._profiles):
            key = f"{PROFILE_KEYS[place]} · " if place < len(PROFILE_KEYS) else ""
            self.profiles.addItem(f"{key}{profile.name}", profile.name)
        found_at = [profile.name for profile in self._profiles]
        self.profiles.setCurrentIndex(found_at.index(name) if name in found_at else 0)
        self.profiles.setVisible(bool(self._profiles))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)

    def _came(self, outcome: Outcome[object]) -> None:
        self.came.emit(outcome)

    def _ended(self) -> None:
        stopped = self._job is not None and self._job.stop.is_set()
        self._job = None
        self._show_running()
        if stopped:
            self.came.emit(None)

    def _show_running(self) -> None:
        self.scan.setVisible(self._job is None)
        self.stop.setVisible(self._job is not None)
        self.stop.setEnabled(True)
        self.profiles.setEnabled(self._job is None)
