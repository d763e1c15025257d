"""The archivist decides: đạt or không đạt, with everything kept that the same check needs later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.problems import StepFailed
from desktop.workflow.reports.verdicts import tool
from desktop.workflow.services import Services, now
from signing.model import OnlineAccess
from signing.verify import pinned
from signing.verify.pinned import Pinned, StoreFiles
from signing.verify.report import to_json
from storage.catalog import decisions, journal
from storage.catalog.decisions import Decision
from storage.catalog.ids import new_id
from storage.errors import Corrupt
from storage.files.canonical import canonical
from storage.files.hashing import digest_of

_KINDS = ("roots", "intermediates", "crls", "ocsps")


@dataclass(frozen=True, slots=True)
class DecideFiles:
    """Decide about these files as they were checked: (path, SHA-256 of what was looked at)."""

    files: tuple[tuple[Path, str], ...]
    passed: bool
    reason: str
    trust: tuple[Path, ...]
    access: OnlineAccess | None = None


@dataclass(frozen=True, slots=True)
class Repeated:
    """The check of a decision made again."""

    decision: Decision
    verdict: str
    same: bool
    """The verdict, its reasons and every signature came out as they were recorded."""
    tool_then: str
    policy_then: str


def decide_files(services: Services, command: DecideFiles, context: Context) -> Outcome[tuple[Decision, ...]]:
    """Keep file, grounds and decision, then the journal entry. A file that changed meanwhile is refused."""
    made: list[Decision] = []
    problems: list[Problem] = []
    for count, (path, digest) in enumerate(command.files, 1):
        try:
            made.append(_decide(services, command, path, digest, context))
        except StepFailed as failed:
            problems.append(failed.problem)
        context.progress("progress.decide", count, len(command.files), path.name)
    return Outcome(tuple(made), problems=tuple(problems))


def _decide(services: Services, command: DecideFiles, path: Path, digest: str, context: Context) -> Decision:
    try:
        kept = services.blobs.put(path)
    except OSError:
        raise StepFailed(Problem("file_missing", {"name": path.name}, str(path))) from None
    if kept != digest:
        raise StepFailed(Problem("file_changed", {"name": path.name}, str(path)))
    at = now()
    arguments = (services.blobs.path(kept), command.trust, at, command.access)
    found: Pinned = _in_worker(services, Task(path, pinned.pin, arguments, subject=str(path)), context)
    record = {
        "file": {"name": path.name, "sha256": kept},
        "at": at.isoformat(),
        "passed": command.passed,
        "reason": command.reason,
        "actor": services.actor,
        "tool": tool(),
        "policy": pinned.POLICY,
        "verdict": _verdict(found.verdict),
        **{kind: [services.blobs.put(der) for der in getattr(found.store, kind)] for kind in _KINDS},
    }
    decision = Decision(
        new_id(),
        kept,
        path.name,
        command.passed,
        command.reason,
        str(found.verdict.verdict),
        at,
        services.actor,
        services.blobs.put(canonical(record)),
    )
    with services.catalog.write() as connection:
        decisions.add(connection, decision)
        details = {
            "file": kept,
            "passed": int(command.passed),
            "verdict": decision.verdict,
            "record": decision.record_digest,
            "policy": pinned.POLICY,
        }
        journal.append(connection, at, services.actor, "file_decided", decision.id, details)
    return decision


def decisions_of(services: Services, digests: tuple[str, ...]) -> Mapping[str, Decision]:
    """The newest decision about each of these files."""
    with services.catalog.read() as connection:
        return decisions.newest(connection, digests)


def list_decisions(services: Services) -> tuple[Decision, ...]:
    """Every decision, oldest first."""
    with services.catalog.read() as connection:
        return decisions.find(connection)


def repeat(services: Services, decision_id: str, context: Context) -> Outcome[Repeated]:
    """Make the check again on what was kept: the same file, the same grounds, the same time.

    Raises NotFound and Corrupt when something that was kept is gone or spoilt.
    """
    with services.catalog.read() as connection:
        decision = decisions.get(connection, decision_id)
    record = json.loads(services.blobs.read(decision.record_digest))
    for digest in (decision.file_digest, *(item for kind in _KINDS for item in record[kind])):
        if digest_of(services.blobs.path(digest)) != digest:
            raise Corrupt(what="blob", id=digest)
    files = StoreFiles(*(tuple(map(services.blobs.path, record[kind])) for kind in _KINDS))
    path, at = services.blobs.path(decision.file_digest), datetime.fromisoformat(record["at"])
    task = Task(decision.id, pinned.again, (path, files, at), subject=decision.file_name)
    verdict = _verdict(_in_worker(services, task, context))
    same = verdict == record["verdict"]
    with services.catalog.write() as connection:
        details = {"record": decision.record_digest, "same": int(same), "policy": pinned.POLICY}
        journal.append(connection, now(), services.actor, "decision_repeated", decision.id, details)
    return Outcome(Repeated(decision, verdict["verdict"], same, record["tool"], record["policy"]))


def _in_worker(services: Services, task: Task, context: Context) -> Any:
    workers = services.workers
    [done] = workers.executor.run([task], context, 2 * workers.verify_limit_s)
    if done.problem:
        raise StepFailed(done.problem)
    return done.value


def _verdict(found: Any) -> Any:
    """The verdict as plain JSON, without the words: those may be said better one day."""
    entry = to_json("", found, lambda key, facts: json.dumps(dict(facts), default=str, sort_keys=True))
    for signature in entry["signatures"]:
        signature.pop("status", None)  # says where an answer lay then, not what it said
    return json.loads(json.dumps(entry))
