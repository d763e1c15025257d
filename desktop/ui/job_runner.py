"""Runs workflow steps on threads and brings their results back to the window.

The signals belong to the runner, which outlives every piece of work: a QRunnable that owns its own signals
object loses results silently.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from desktop import incidents
from desktop.workflow.job import Cancelled, Changes, Context, Outcome, Problem, Progress
from desktop.workflow.problems import problem_of

if TYPE_CHECKING:
    from signing.model import PinQuestion, Secret
    from signing.ports import PinPrompt

T = TypeVar("T")
REPORT_S = 0.05
"""Progress reaches the window at most twenty times a second."""
CHANGES_S = 1.0
"""What a running job changes reaches the views at most once in this time."""
PAUSE_S = 0.1


class State(StrEnum):
    """How a job stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work as the list of jobs shows it; changed by the GUI thread alone."""

    number: int
    title: str
    """Message key."""
    facts: dict[str, object]
    after: Callable[[], object] | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    paused: threading.Event = field(default_factory=threading.Event)
    """Set while the person wants it to wait: it does so after the piece of work in hand."""
    state: State = State.RUNNING
    progress: Progress | None = None
    problems: tuple[Problem, ...] = ()

    def cancel(self) -> None:
        self.stop.set()

    def wait(self) -> None:
        """On the job's own thread: stand still while it is paused."""
        while self.paused.is_set() and not self.stop.wait(PAUSE_S):
            pass


class JobRunner(QObject):
    """Two threads for jobs, one for scans, two for what views read, one for edits; results arrive on the
    GUI thread."""

    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    changed = Signal(object)
    brought = Signal(object, object)
    """A Job that still runs, and the Changes that it told of; before `changed`."""
    failed = Signal(object)
    """A Problem that nobody else shows."""
    _deliver = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        ask_pin: PinPrompt | None = None,
        consent: Callable[[Problem], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask_pin = ask_pin or _decline
        self._consent = consent or (lambda problem: False)
        self._jobs = ThreadPoolExecutor(2, "job")
        self._scans = ThreadPoolExecutor(1, "scan")
        self._reads = ThreadPoolExecutor(2, "read")
        self._acts = ThreadPoolExecutor(1, "act")
        self._numbers = itertools.count(1)
        self._running: set[Job] = set()
        self._newest: dict[tuple[int, str], int] = {}
        self._pending = 0
        self._open = True
        self._deliver.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        title: str,
        work: Callable[[Context], Any],
        then: Callable[[Any], object] | None = None,
        otherwise: Callable[[Problem], object] | None = None,
        after: Callable[[], object] | None = None,
        scanning: bool = False,
        **facts: object,
    ) -> Job:
        """Run `work` as a visible job. `then` gets its value, `otherwise` its problem (or `failed` does);
        `after` is called in any case, when it was cancelled too. A scan never waits behind other jobs."""
        job = Job(next(self._numbers), title, facts, after)
        if not self._open:
            return job
        self._running.add(job)
        self._pending += 1
        context = Context(self._reporter(job), job.stop, self._ask_pin, self._consent, self._teller(job))
        pool = self._scans if scanning else self._jobs
        pool.submit(self._work, job, lambda: work(context), then, otherwise)
        self.started.emit(job)
        return job

    def read(self, owner: QObject, purpose: str, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Fetch something for a view; of several for one purpose only the newest arrives."""
        if not self._open:
            return
        number = next(self._numbers)
        key = (id(owner), purpose)
        self._newest[key] = number
        self._pending += 1

        def arrive(value: T) -> None:
            if isValid(owner) and self._newest.get(key) == number:
                then(value)

        def run() -> None:
            if self._newest.get(key) != number:
                self._post(lambda: None)
                return
            value, problem = _attempt(work)
            self._post(lambda: self.failed.emit(problem) if problem else arrive(cast(T, value)))

        self._reads.submit(run)

    def act(self, work: Callable[[Context], Outcome[Any]], then: Callable[[Any], object]) -> None:
        """Do something quick that is no job to watch, such as an edit; one after another, none left out."""
        if not self._open:
            return
        self._pending += 1

        def arrive(outcome: Outcome[Any]) -> None:
            if outcome.changes != Changes():
                self.changed.emit(outcome.changes)
            then(outcome)

        def run() -> None:
            value, problem = _attempt(lambda: work(Context()))
            self._post(lambda: self.failed.emit(problem) if problem else arrive(cast(Outcome[Any], value)))

        self._acts.submit(run)

    def running(self) -> tuple[Job, ...]:
        return tuple(sorted(self._running, key=lambda job: job.number))

    def idle(self) -> bool:
        """Nothing is under way and every result was handed over."""
        return self._pending == 0

    def open(self) -> bool:
        """Work is still taken."""
        return self._open

    def close(self) -> None:
        """Ask everything to stop and wait for it: no thread outlives the window."""
        self._open = False
        for job in self._running:
            job.cancel()
        self._scans.shutdown(wait=True, cancel_futures=True)
        self._jobs.shutdown(wait=True, cancel_futures=True)
        self._reads.shutdown(wait=True, cancel_futures=True)
        self._acts.shutdown(wait=True)

    def _work(
        self,
        job: Job,
        work: Callable[[], Any],
        then: Callable[[Any], object] | None,
        otherwise: Callable[[Problem], object] | None,
    ) -> None:
        try:
            job_cancelled = job.stop.is_set()
            value, problem = (None, None) if job_cancelled else _attempt(work)
        except Cancelled:
            job_cancelled, value, problem = True, None, None
        if job_cancelled:
            self._post(lambda: self._finish(job, State.CANCELLED))
        elif problem is not None:
            self._post(lambda: self._fail(job, problem, otherwise))
        else:
            self._post(lambda: self._succeed(job, value, then))

    def _succeed(self, job: Job, value: Any, then: Callable[[Any], object] | None) -> None:
        if isinstance(value, Outcome):
            job.problems = value.problems
        self._finish(job, State.DONE)
        if isinstance(value, Outcome) and value.changes != Changes():
            self.changed.emit(value.changes)
        if then is not None:
            then(value)

    def _fail(self, job: Job, problem: Problem, otherwise: Callable[[Problem], object] | None) -> None:
        job.problems = (problem,)
        self._finish(job, State.FAILED)
        if otherwise is not None:
            otherwise(problem)
        else:
            self.failed.emit(problem)

    def _finish(self, job: Job, state: State) -> None:
        job.state = state
        self._running.discard(job)
        self.ended.emit(job)
        if job.after is not None:
            job.after()

    def _reporter(self, job: Job) -> Callable[[Progress], None]:
        last = 0.0

        def report(progress: Progress) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= REPORT_S or progress.done >= progress.total:
                last = now
                self._deliver.emit(lambda: self._advance(job, progress))
            job.wait()

        return report

    def _advance(self, job: Job, progress: Progress) -> None:
        job.progress = progress
        self.progressed.emit(job)

    def _teller(self, job: Job) -> Callable[[Changes], None]:
        """The first change is told at once, those that follow together: each has the views fetch again."""
        last, held = -CHANGES_S, Changes()

        def tell(changes: Changes) -> None:
            nonlocal last, held
            held = held.joined(changes)
            now = time.monotonic()
            if self._open and now - last >= CHANGES_S:
                told, last, held = held, now, Changes()
                self._deliver.emit(lambda: self._bring(job, told))

        return tell

    def _bring(self, job: Job, changes: Changes) -> None:
        self.brought.emit(job, changes)
        self.changed.emit(changes)

    def _post(self, call: Callable[[], object]) -> None:
        def counted() -> None:
            self._pending -= 1
            call()

        if self._open:
            self._deliver.emit(counted)

    @Slot(object)
    def _receive(self, call: Callable[[], object]) -> None:
        call()


def _decline(question: PinQuestion) -> Secret:
    raise Cancelled


def _attempt(work: Callable[[], T]) -> tuple[T | None, Problem | None]:
    """The value, or the problem; a bug becomes the problem `bug` with its incident id."""
    try:
        return work(), None
    except Cancelled:
        raise
    except Exception as error:
        return None, problem_of(error) or Problem("bug", {"incident": incidents.record(error)})
