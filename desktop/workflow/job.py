"""What every workflow step takes and gives back: a context going in, an outcome coming out.

A step is `step(services, command, context) -> Outcome`. The window and the command line run the same steps.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:  # the window is there before the libraries are loaded
    from signing.model import PinQuestion, Secret

T = TypeVar("T")


class Cancelled(Exception):
    """The person stopped the job; what was finished stays."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `step` names the message, `subject` what is being worked on."""

    step: str
    done: int
    total: int
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something expected went wrong. The words for `code` (what happened, what to do) live in i18n."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    subject: str = ""
    """The file, page or document it is about."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a job touched, so that views refresh themselves."""

    batches: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    dossiers: frozenset[str] = frozenset()

    def joined(self, other: Changes) -> Changes:
        return Changes(
            self.batches | other.batches, self.documents | other.documents, self.dossiers | other.dossiers
        )


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """The value of a step, what it changed, and what did not work along the way."""

    value: T
    changes: Changes = Changes()
    problems: tuple[Problem, ...] = ()


def _nobody_to_ask(question: PinQuestion) -> Secret:
    raise Cancelled


def _nobody_agrees(problem: Problem) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Context:
    """Carries progress out of a job, cancellation into it, and its questions to the person."""

    report: Callable[[Progress], None] = lambda progress: None
    stop: threading.Event = field(default_factory=threading.Event)
    ask_pin: Callable[[PinQuestion], Secret] = _nobody_to_ask
    """Never part of a command, so that no job, log or queue holds a PIN."""
    consent: Callable[[Problem], bool] = _nobody_agrees
    """Whether to go on in spite of a problem; asked inside the job, so that a PIN is typed once."""
    changed: Callable[[Changes], None] = lambda changes: None
    """Tells of what is there already while the job still runs, such as a page that just came."""

    def progress(self, step: str, done: int, total: int, subject: str = "") -> None:
        """Say how far the job is; raises Cancelled when it was stopped meanwhile."""
        self.check()
        self.report(Progress(step, done, total, subject))

    def check(self) -> None:
        if self.stop.is_set():
            raise Cancelled
