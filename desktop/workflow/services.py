"""The live services a step works with; only `desktop.bootstrap` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # workers come through here and need no database
    from desktop.settings import Settings
    from desktop.workflow.executor import Executor
    from storage.catalog.database import Catalog
    from storage.ports import Archive, Blobs


@dataclass(frozen=True, slots=True)
class Workers:
    """What stateless steps need: where tasks run, what reads pages, and how long a task may take."""

    executor: Executor
    engine: str
    page_limit_s: float
    verify_limit_s: float


@dataclass(frozen=True, slots=True)
class Services:
    """One open profile."""

    home: Path
    settings: Settings
    catalog: Catalog
    blobs: Blobs
    archive: Archive
    workers: Workers
    actor: str
    """Who works here, as the journal names them."""


def now() -> datetime:
    """This moment in UTC, as everything kept has it."""
    return datetime.now(UTC)
