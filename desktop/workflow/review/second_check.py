"""A second person looks at a sample of a batch: never her own, the strangest papers first.

What was found stands in the journal, which nobody can rewrite; a newer verdict of a paper counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from sqlalchemy import Connection

from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.papers.naming import readings_of
from desktop.workflow.papers.recognise import SEPARATOR
from desktop.workflow.problems import StepFailed
from desktop.workflow.review.sampling import SamplingPlan, drawn, plan
from desktop.workflow.services import Services, now
from ocr.batch.outliers import GAP_SCORE, PAGE_GAP, Strangeness, after_gaps, measured, strangeness
from storage.catalog import batches, documents, edits, journal, pages
from storage.model import Document

Verdict = Literal["good", "wrong", "rescan"]
Reason = Literal[
    "", "kind", "fields", "blurred", "cut_off", "dark", "askew", "page_missing", "order", "other"
]
VERDICTS: tuple[str, ...] = get_args(Verdict)
REASONS: tuple[str, ...] = get_args(Reason)[1:]
RESCAN = "rescan_wanted"
"""Problem of a page that goes back to the scanner."""
_ACTION = "paper_checked"


@dataclass(frozen=True, slots=True)
class CheckPaper:
    """What the second person found on a paper; wrong and rescan say why."""

    document_id: str
    verdict: Verdict
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class SampledPaper:
    """A paper of the sample, what is strange about it, and what was found (empty: not looked at yet)."""

    document_id: str
    name: str
    kind_code: str
    strange: Strangeness
    verdict: str
    reason: str
    checker: str


@dataclass(frozen=True, slots=True)
class BatchCheck:
    """How far the check of a batch is; state is open, passed or refused."""

    batch_id: str
    name: str
    operator: str
    workers: frozenset[str]
    """Everybody who scanned or mended it: none of them can check it."""
    plan: SamplingPlan
    papers: tuple[SampledPaper, ...]
    """The sample, the strangest first."""

    @property
    def wrong(self) -> int:
        return sum(paper.verdict in ("wrong", "rescan") for paper in self.papers)

    @property
    def state(self) -> str:
        if self.wrong > self.plan.accept:
            return "refused"
        return "open" if any(not paper.verdict for paper in self.papers) else "passed"


def batch_check(services: Services, batch_id: str) -> BatchCheck:
    """The sample of a batch and what was found so far. Raises NotFound."""
    with services.catalog.read() as connection:
        batch = batches.get(connection, batch_id)
        found = [
            each for each in documents.find(connection, batch_id=batch_id) if each.kind_code != SEPARATOR
        ]
        by = plan(len(found))
        wanted = set(drawn([paper.id for paper in found], by, batch_id))
        strange = _strangeness(services, connection, found)
        workers = _workers(connection, batch_id)
        papers = [
            _sampled(connection, paper, each)
            for paper, each in zip(found, strange, strict=True)
            if paper.id in wanted
        ]
    ordered = tuple(sorted(papers, key=lambda paper: -paper.strange.score))
    return BatchCheck(batch_id, batch.name, batch.operator, frozenset(workers), by, ordered)


def last_verdict(connection: Connection, document_id: str) -> tuple[str, str, str]:
    """Verdict, reason and checker of a paper; empty where nobody has looked at it."""
    told = [entry for entry in journal.entries(connection, document_id) if entry.action == _ACTION]
    if not told:
        return "", "", ""
    return str(told[-1].details["verdict"]), str(told[-1].details["reason"]), told[-1].actor


def check_paper(services: Services, command: CheckPaper, context: Context) -> Outcome[BatchCheck]:
    """Keep a verdict. StepFailed where the paper is her own work, or wrong without a reason."""
    if command.verdict != "good" and not command.reason:
        raise StepFailed(Problem("reason_missing"))
    with services.catalog.write() as connection:
        paper = documents.get(connection, command.document_id)
        if paper.batch_id is None or services.actor in _workers(connection, paper.batch_id):
            raise StepFailed(Problem("own_batch", {}, paper.name))
        details = {"batch": paper.batch_id, "verdict": command.verdict, "reason": command.reason}
        journal.append(connection, now(), services.actor, _ACTION, paper.id, details)
        if command.verdict == "rescan":
            _send_back(services, connection, paper, paper.batch_id)
    changes = Changes(frozenset({paper.batch_id}), frozenset({paper.id}))
    return Outcome(batch_check(services, paper.batch_id), changes)


def _workers(connection: Connection, batch_id: str) -> set[str]:
    """Everybody who scanned or mended the batch; going back over it is no second look."""
    mended = {edit.actor for edit in edits.history(connection, batch_id) if edit.action != RESCAN}
    return {batches.get(connection, batch_id).operator} | mended


def _send_back(services: Services, connection: Connection, paper: Document, batch_id: str) -> None:
    """Its pages say so in the strip until they are scanned again; undoable like every edit."""
    marked = [replace(page, problem=RESCAN) for page in pages.of_document(connection, paper.id)]
    edits.record(connection, batch_id, RESCAN, now(), services.actor, changed=marked)


def _strangeness(services: Services, connection: Connection, papers: Sequence[Document]) -> list[Strangeness]:
    """Of each paper, that of its strangest page within the batch."""
    pages_of = [[measured(page) for page in readings_of(services, connection, paper)] for paper in papers]
    every = iter(strangeness([page for paper in pages_of for page in paper]))
    nothing = Strangeness(0.0, ())
    found: list[Strangeness] = []
    for paper in pages_of:
        worst = max((next(every) for _ in paper), key=lambda page: page.score, default=nothing)
        if after_gaps(paper):
            worst = Strangeness(worst.score + GAP_SCORE, (*worst.reasons, PAGE_GAP))
        found.append(worst)
    return found


def _sampled(connection: Connection, paper: Document, strange: Strangeness) -> SampledPaper:
    return SampledPaper(
        paper.id, paper.name, paper.kind_code, strange, *last_verdict(connection, paper.id)
    )  # fmt: skip
