"""One batch under way: which documents, how far, held or not, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.ui.desk import Desk
from desktop.ui.job_runner import Job
from desktop.ui.office.model_signing import SignOrder
from desktop.workflow.job import Outcome, Problem

if TYPE_CHECKING:
    from desktop.workflow.sign.files import Signed


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one document."""

    key: str
    problem: Problem | None = None
    warnings: tuple[str, ...] = ()
    """Codes of what the signer must know of a signature that was made."""


class SignBatch(QObject):
    """Starts it, follows it, holds it; the area shows what it says."""

    def __init__(
        self, desk: Desk, changed: Callable[[], object], finished: Callable[[Sequence[Result]], object]
    ) -> None:
        super().__init__()
        self._desk, self._changed, self._finished = desk, changed, finished
        self._job: Job | None = None
        self.order: SignOrder | None = None
        self.done: set[str] = set()
        desk.runner.progressed.connect(self._progressed)

    def running(self) -> bool:
        return self._job is not None

    def paused(self) -> bool:
        return self._job is not None and self._job.paused.is_set()

    def start(self, order: SignOrder) -> None:
        office = self._desk.office
        self.order, self.done = order, set()
        self._job = self._desk.runner.submit(
            "ui.job.sign",
            lambda context: office.sign(order, context),
            self._signed,
            self._stopped,
            after=self._ended,
            n=len(order.document_ids),
        )
        self._changed()

    def hold_or_go_on(self) -> None:
        """After the file in hand it stands still; pages can be looked at meanwhile."""
        if self._job is not None:
            if self._job.paused.is_set():
                self._job.paused.clear()
            else:
                self._job.paused.set()
            self._changed()

    def _progressed(self, job: Job) -> None:
        if job is self._job and job.progress is not None and job.progress.subject:
            self.done.add(job.progress.subject)
            self._changed()

    def _ended(self) -> None:
        self._job = None
        self._changed()

    def _signed(self, outcome: Outcome[tuple[Signed, ...]]) -> None:
        left = [
            entry.problem.facts["tries_left"]
            for entry in outcome.value
            if entry.problem is not None and isinstance(entry.problem.facts.get("tries_left"), int)
        ]
        self._desk.tries_left(int(str(left[-1])) if left else None)
        self._finished(
            [
                Result(entry.subject, entry.problem, entry.sealed.warnings if entry.sealed else ())
                for entry in outcome.value
            ]
        )

    def _stopped(self, problem: Problem) -> None:
        """A wrong PIN for example: said once; every document that is left can be tried again."""
        self._desk.tell((problem,))
        left = problem.facts.get("tries_left")
        self._desk.tries_left(left if isinstance(left, int) else None)
        documents = self.order.document_ids if self.order else ()
        self._finished([Result(key, None if key in self.done else problem) for key in documents])
