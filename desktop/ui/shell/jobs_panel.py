"""The one place for running jobs: name, progress, cancel; the last finished ones stay readable."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.job_runner import Job, JobRunner, State
from desktop.ui.parts.cut_label import CutLabel

KEPT = 5


class JobRow(QWidget):
    """One job."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
        sizes = theme.current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, sizes.xs, 0, sizes.xs)
        column.setSpacing(sizes.xs)
        head = QHBoxLayout()
        self._title = wording.label(wrap=True)
        wording.say(self._title, job.title, **job.facts)
        self._state = wording.label(style="muted")
        self.cancel = wording.tool("ui.jobs.cancel", "cancel")
        self.cancel.clicked.connect(self._cancel)
        head.addWidget(self._title, 1)
        head.addWidget(self._state)
        head.addWidget(self.cancel)
        column.addLayout(head)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        wording.name(self._bar, "ui.jobs.progress")
        column.addWidget(self._bar)
        self._step = CutLabel("small")
        column.addWidget(self._step)
        self.problems = wording.button("ui.jobs.problems", "warning")
        column.addWidget(self.problems)
        self.refresh()

    def refresh(self) -> None:
        running = self.job.state is State.RUNNING
        stopping = running and self.job.stop.is_set()
        wording.say(self._state, f"ui.jobs.state.{'stopping' if stopping else self.job.state.value}")
        self.cancel.setVisible(running)
        self.cancel.setEnabled(not stopping)
        self._bar.setVisible(running)
        self._step.setVisible(running)
        wording.say(self.problems, "ui.jobs.problems", n=len(self.job.problems))
        self.problems.setVisible(bool(self.job.problems))
        progress = self.job.progress
        if progress is not None:
            self._bar.setRange(0, max(progress.total, 1))
            self._bar.setValue(progress.done)
            step = messages.text(progress.step) if messages.has(progress.step) else ""
            parts = [f"{progress.done}/{progress.total}", step, progress.subject]
            wording.show(self._step, " · ".join(part for part in parts if part))

    def _cancel(self) -> None:
        self.job.cancel()
        self.refresh()


class JobsPanel(QFrame):
    """Slides in beside the work area while it is wanted."""

    wanted = Signal(object)
    """The problems of a job, to be looked at again."""

    def __init__(self, runner: JobRunner) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self.setObjectName("panel")
        wording.name(self, "ui.jobs.name")
        self.rows: list[JobRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(sizes.m, sizes.m, sizes.m, sizes.m)
        self._column.addWidget(wording.label("ui.jobs.title", "heading"))
        self._none = wording.label("ui.jobs.none", "muted", wrap=True)
        self._column.addWidget(self._none)
        self._column.addStretch(1)
        runner.started.connect(self._add)
        runner.progressed.connect(self._refresh)
        runner.ended.connect(self._refresh)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().sizes.jobs, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(theme.current().sizes.jobs, super().sizeHint().height())

    def _add(self, job: Job) -> None:
        row = JobRow(job)
        row.problems.clicked.connect(lambda: self.wanted.emit(job.problems))
        self.rows.insert(0, row)
        self._column.insertWidget(2, row)
        self._none.hide()
        ended = [row for row in self.rows if row.job.state is not State.RUNNING]
        for old in ended[KEPT:]:
            self.rows.remove(old)
            old.deleteLater()

    def _refresh(self, job: Job) -> None:
        for row in self.rows:
            if row.job is job:
                row.refresh()
