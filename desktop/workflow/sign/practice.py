"""The practice office of a profile: keys with which nothing is real."""

from __future__ import annotations

from pathlib import Path

from desktop.workflow.job import Context, Outcome
from desktop.workflow.services import Services
from signing import locate


def trust_folder(home: Path) -> Path:
    """Public certificates and revocation lists of the profile's practice office."""
    return home / "practice" / "trust"


def make_practice_office(services: Services, context: Context) -> Outcome[Path]:
    """Make the practice office where there is none; its folder."""
    return Outcome(locate.practice(services.home).folder)
