"""Which batch comes into view by itself: the one that the person's own scan or import fills."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.ui.job_runner import Job, JobRunner
from desktop.workflow.job import Changes


class Following(QObject):
    """What came by itself, such as a hot folder's files, is never followed."""

    def __init__(self, runner: JobRunner, area: QObject) -> None:
        super().__init__(area)
        self._job: Job | None = None
        self.batch = ""
        """The batch to be shown; empty before it is there, and once the person went elsewhere."""
        runner.brought.connect(self._brought)

    def begin(self, job: Job) -> None:
        """The person started this: what it brings is shown."""
        self._job, self.batch = job, ""

    def leave(self) -> None:
        """The person went to another batch by hand, and is left there."""
        self._job, self.batch = None, ""

    def _brought(self, job: Job, changes: Changes) -> None:
        if job is self._job and changes.batches and not self.batch:
            self.batch = min(changes.batches)
