"""A problem in words: what happened, what it means, what to do."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desktop import messages
from desktop.workflow.job import Problem


def words_of(problem: Problem) -> tuple[str, str, str]:
    """What happened, what it means, what to do; an unknown code is named so that somebody can be asked."""
    facts = {"name": Path(problem.subject).name, "subject": problem.subject} | dict(problem.facts)
    facts = {key: _said(key, value) for key, value in facts.items() if value is not None}
    if not messages.has(f"problem.{problem.code}.what"):
        return (
            messages.text("ui.problem.unknown.what", code=problem.code),
            "",
            messages.text("ui.problem.unknown.remedy"),
        )

    def part(name: str) -> str:
        key = f"problem.{problem.code}.{name}"
        return messages.text(key, **facts) if messages.has(key) else ""

    return part("what"), part("means"), part("remedy")


def _said(name: str, value: object) -> object:
    """A fact as a person reads it."""
    if name in ("role", "first"):
        return messages.text(f"role.{value}")
    if name == "reason" and messages.has(f"device.reason.{value}"):
        return messages.text(f"device.reason.{value}")
    if name == "since":
        with suppress(ValueError):
            return messages.day(datetime.fromisoformat(str(value)))
    return value
