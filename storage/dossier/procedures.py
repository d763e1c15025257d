"""The procedures this program knows: what a dossier of each must contain, from which day to which."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from storage.errors import NotFound
from storage.model import Case, Component, Procedure, TimeLimit


@cache
def load() -> tuple[Procedure, ...]:
    """Every edition of every procedure, by code and first day."""
    folder = resources.files("resources") / "procedures"
    found = [
        _procedure(json.loads(file.read_bytes())) for file in folder.iterdir() if file.name.endswith(".json")
    ]
    return tuple(sorted(found, key=lambda procedure: (procedure.code, procedure.valid_from)))


def find(code: str, on: date) -> Procedure:
    """The edition in force on a day. Raises NotFound.

    A dossier older than the first edition we know is measured by that one, so that a backlog can be taken in.
    """
    editions = [procedure for procedure in load() if procedure.code == code]
    if not editions:
        raise NotFound(what="procedures", id=code)
    begun = [procedure for procedure in editions if procedure.valid_from <= on]
    latest = begun[-1] if begun else editions[0]
    if latest.valid_to is not None and latest.valid_to < on:
        raise NotFound(what="procedures", id=code, on=on.isoformat(), valid_to=latest.valid_to.isoformat())
    return latest


def _procedure(raw: dict[str, Any]) -> Procedure:
    return Procedure(
        code=raw["code"],
        name=raw["name"],
        sector=raw["sector"],
        valid_from=date.fromisoformat(raw["valid_from"]),
        valid_to=date.fromisoformat(raw["valid_to"]) if raw["valid_to"] else None,
        components=tuple(_component(item) for item in raw["components"]),
        result_code=raw["result"]["code"],
        result_name=raw["result"]["name"],
        result_kind=raw["result"]["kind"],
        source=raw["source"],
        decision=raw["decision"],
        cases=tuple(Case(**item) for item in raw["cases"]),
        time_limits=tuple(TimeLimit(**item) for item in raw["time_limits"]),
        notes=tuple(raw["notes"]),
    )


def _component(raw: dict[str, Any]) -> Component:
    return Component(**{**raw, "kinds": tuple(raw["kinds"])})
