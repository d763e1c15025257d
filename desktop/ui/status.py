"""The status bar: what is running, whose profile this is, what can sign."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from desktop.ui import icons, theme, wording
from desktop.ui.banner import Banner
from desktop.ui.job_runner import Job, JobRunner
from desktop.workflow.views import IdentityRow


class Status(QStatusBar):
    """Always visible; a click on the queue opens the list of jobs."""

    jobs_wanted = Signal()

    def __init__(self, runner: JobRunner, home: str) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self.setSizeGripEnabled(False)
        self._runner, self._home = runner, home
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(sizes.s, sizes.xs, sizes.s, sizes.xs)
        row.setSpacing(sizes.s)
        self.queue = QPushButton()
        icons.put(self.queue, "jobs", "text")
        self.queue.clicked.connect(self.jobs_wanted)
        row.addWidget(self.queue, 0)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(sizes.control * 5)
        self._bar.setTextVisible(False)
        wording.name(self._bar, "ui.jobs.progress")
        self._bar.hide()
        row.addWidget(self._bar)
        self._said: QLabel = wording.label(style="muted")
        self._said.setMinimumWidth(1)  # gives way before it pushes the window wider
        row.addWidget(self._said, 1)
        self.addWidget(left, 1)
        self._profile = wording.label(style="muted")
        self._profile.setMinimumWidth(1)
        self.addPermanentWidget(self._profile)
        self.token = Banner("chip")
        self.addPermanentWidget(self.token)
        self.token.put("neutral", "ui.token.unknown", "token")
        self._queue()
        for signal in (runner.started, runner.progressed, runner.ended):
            signal.connect(self._queue)
        runner.ended.connect(self._ended)

    def show_actor(self, actor: str) -> None:
        wording.say(self._profile, "ui.status.profile", actor=actor, home=Path(self._home).name)
        self._profile.setToolTip(self._home)

    def show_identities(self, identities: Sequence[IdentityRow]) -> None:
        """What can sign: nothing, practice keys only, or a real one with its date."""
        real = [row for row in identities if not row.practice]
        expired = [row for row in identities if row.state == "expired"]
        if not identities:
            self.token.put("neutral", "ui.token.none", "token")
        elif expired:
            self.token.put("bad", "ui.token.expired", "token", subject=expired[0].subject)
        elif real:
            until = wording.day(real[0].not_after.date()) if real[0].not_after else "–"
            self.token.put("ok", "ui.token.ready", "token", subject=real[0].subject, until=until)
        else:
            self.token.put("warn", "ui.token.practice", "token", n=len(identities))

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

    def _ended(self, job: Job) -> None:
        if not self._runner.running():
            wording.say(self._said, f"ui.status.{job.state.value}", **job.facts)
