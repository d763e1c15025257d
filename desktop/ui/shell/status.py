"""The status bar: what is running, whose profile this is, and the states of scanner, token and archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStatusBar, QWidget

from desktop.ui import icons, theme, wording
from desktop.ui.job_runner import Job, JobRunner, State
from desktop.ui.office.model import Office
from desktop.ui.parts.cut_label import CutLabel
from desktop.ui.shell.scanner_watch import ScannerWatch
from desktop.ui.shell.status_chip import Chip
from desktop.ui.theme import Tone
from desktop.workflow.scan.orders import ScannerState
from desktop.workflow.scan_profiles import ScanProfile

if TYPE_CHECKING:  # the first window loads nothing it can do without
    from desktop.workflow.views.rows import IdentityRow, PackageRow

SCAN, CHECK = "ui.job.scan", "ui.job.check_archive"
"""Jobs whose end says how scanner and archive are."""
NARROW = 28
"""Heights of a control: below this width there is no room for everything."""
FOLDER = "folder:"


class Status(QStatusBar):
    """Always visible; a click on the queue opens the list of jobs, on a state what it means."""

    jobs_wanted = Signal()
    wanted = Signal(str, str)
    """A work area, and the action to start there ('' for none)."""

    def __init__(self, runner: JobRunner, office: Office) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(0, 0, theme.current().sizes.s, 0)
        self._runner, self._office = runner, office
        self._profiles: Sequence[ScanProfile] = ()
        self._packages: Sequence[PackageRow] = ()
        self._ended: dict[str, Job] = {}
        self.queue = QPushButton()
        self._bar = QProgressBar()
        self._said = CutLabel()
        self.addWidget(self._build(), 1)
        self._profile = CutLabel()
        self.addPermanentWidget(self._profile)
        self.scanner = self._chip("scan", "ui.scanner.act", "scan", "scan.profiles")
        self.token = self._chip("token", "ui.token.act", "sign")
        self.archive = self._chip("archive", "ui.archived.act", "archive")
        self.scanner_watch = ScannerWatch(office.ask_scanner, self)
        self.scanner_watch.told.connect(self._scanner_told)
        self._answer: ScannerState | None = None
        self.token.put("neutral", "ui.token.unknown")
        self._show_scanner()
        self._show_archive()
        self._queue()
        for signal in (runner.started, runner.progressed, runner.ended):
            signal.connect(self._queue)
        runner.started.connect(self._show_scanner)
        runner.ended.connect(self._keep)

    def _build(self) -> QWidget:
        sizes = theme.current().sizes
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(sizes.s, sizes.xs, sizes.s, sizes.xs)
        row.setSpacing(sizes.s)
        icons.put(self.queue, "jobs", "text")
        wording.say(self.queue, "ui.status.queue_hint", "setToolTip")
        self.queue.clicked.connect(self.jobs_wanted)
        self._bar.setFixedWidth(sizes.control * 4)
        self._bar.setTextVisible(False)
        wording.name(self._bar, "ui.jobs.progress")
        self._bar.hide()
        row.addWidget(self.queue)
        row.addWidget(self._bar)
        row.addWidget(self._said, 1)
        return left

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the states keep their words and whose profile this is gives way."""
        super().resizeEvent(event)
        self._profile.setVisible(self.width() >= theme.current().sizes.control * NARROW)

    def _chip(self, icon: str, act: str, area: str, action: str = "") -> Chip:
        made = Chip(icon, act)
        made.acted.connect(lambda: self.wanted.emit(area, action))
        self.addPermanentWidget(made)
        return made

    def close_down(self) -> None:
        """Ask no more scanners: the window is closing."""
        self.scanner_watch.stop()

    def refresh(self) -> None:
        """Ask the office how things stand."""
        read, office = self._runner.read, self._office
        read(self, "actor", office.actor, self.show_actor)
        read(self, "identities", office.identities, self.show_identities)
        read(self, "profiles", office.scan_profiles, self._profiles_came)
        read(self, "packages", office.packages, self._packages_came)

    def show_actor(self, actor: str) -> None:
        home = Path(self._office.home)
        wording.say(self._profile, "ui.status.profile", actor=actor, home=home.name)
        self._profile.setToolTip(str(home))

    def show_identities(self, identities: Sequence[IdentityRow]) -> None:
        """What can sign: nothing, practice keys only, or a real one with its date."""
        real = [row for row in identities if not row.practice]
        expired = [row for row in identities if row.state == "expired"]
        if not identities:
            self.token.put("neutral", "ui.token.none")
        elif expired:
            self.token.put("bad", "ui.token.expired", subject=expired[0].subject)
        elif real:
            until = wording.day(real[0].not_after.date()) if real[0].not_after else "–"
            self.token.put("ok", "ui.token.ready", subject=real[0].subject, until=until)
        else:
            self.token.put("warn", "ui.token.practice", n=len(identities))

    def _profiles_came(self, found: tuple[Sequence[ScanProfile], bool]) -> None:
        self._profiles = found[0]
        self._look_at_scanner()

    def _look_at_scanner(self) -> None:
        """Watch the scanner that was used last, or the first one; a hot folder is none."""
        last = self._ended[SCAN].facts.get("name") if SCAN in self._ended else ""
        own = [profile for profile in self._profiles if not profile.device.startswith(FOLDER)]
        own.sort(key=lambda profile: profile.name != last)
        address = own[0].device if own else ""
        if address != self.scanner_watch.address:
            self._answer = None
        self.scanner_watch.watch(address)
        self._show_scanner()

    def _scanner_told(self, answer: ScannerState) -> None:
        self._answer = answer
        self._show_scanner()

    def _packages_came(self, found: Sequence[PackageRow]) -> None:
        self._packages = found
        self._show_archive()

    def _show_scanner(self, _job: object = None) -> None:
        """Chosen or not, at work, gone, or in trouble when it was last used."""
        last, answer = self._ended.get(SCAN), self._answer
        scanning = any(job.title == SCAN for job in self._runner.running())
        self.scanner_watch.hold(scanning)
        if scanning:
            self.scanner.put("accent", "ui.scanner.busy")
        elif answer is not None and answer.state == "gone":
            self.scanner.put("bad", "ui.scanner.gone", name=answer.name)
        elif last is not None and last.problems:
            self.scanner.put("bad", "ui.scanner.trouble", name=last.facts.get("name", ""))
        elif answer is not None:
            tone: Tone = "ok" if answer.state == "ready" else "warn"
            self.scanner.put(tone, f"ui.scanner.{answer.state}", name=answer.name)
        elif self._profiles:
            self.scanner.put("neutral", "ui.scanner.chosen", name=self._profiles[0].name)
        else:
            self.scanner.put("neutral", "ui.scanner.none")

    def _show_archive(self) -> None:
        """Empty, whole as far as it was checked, waiting for packages, or damaged."""
        last = self._ended.get(CHECK)
        waiting = sum(row.deposited_at is None for row in self._packages)
        if last is not None and (last.problems or last.state is State.FAILED):
            self.archive.put("bad", "ui.archived.damaged", n=len(last.problems))
        elif waiting:
            self.archive.put("warn", "ui.archived.waiting", n=waiting)
        elif self._packages:
            self.archive.put("ok", "ui.archived.kept", n=len(self._packages))
        else:
            self.archive.put("neutral", "ui.archived.empty")

    def _queue(self, _job: object = None) -> None:
        running = self._runner.running()
        key = "ui.status.queue" if running else "ui.status.idle"
        wording.say(self.queue, key, n=len(running))
        wording.say(self.queue, key, "setAccessibleName", n=len(running))
        self._bar.setVisible(bool(running))
        progress = running[0].progress if running else None
        self._bar.setRange(0, progress.total if progress else 0)
        self._bar.setValue(progress.done if progress else 0)
        if running:
            wording.say(self._said, running[0].title, **running[0].facts)

    def _keep(self, job: Job) -> None:
        if job.state is not State.CANCELLED:
            self._ended[job.title] = job
        if job.title == SCAN:
            self._look_at_scanner()
        if not self._runner.running():
            wording.say(self._said, f"ui.status.{job.state.value}", **job.facts)
        self._show_scanner()
        self._show_archive()
