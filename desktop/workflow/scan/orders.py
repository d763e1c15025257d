"""What is asked of scanners and hot folders, and where pages go; light, since the window fills these in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from desktop.workflow.scan_profiles import ScanProfile


@dataclass(frozen=True, slots=True)
class ScannerState:
    """What a scanner answered when it was asked whether it is there."""

    state: Literal["ready", "taken", "gone"]
    """`taken`: somebody else is using it."""
    name: str


@dataclass(frozen=True, slots=True)
class ScanOrder:
    """Scan with a profile: into a new batch, to the end of one, at place `to` of it, or instead of a page."""

    profile: ScanProfile
    batch_id: str | None = None
    to: int | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class TakeArrived:
    """Take these files of a hot folder in: to the end of a batch, or into a new one."""

    folder: Path
    whole: tuple[Path, ...]
    others: tuple[Path, ...] = ()
    batch_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What an earlier run of the program left: a scan that was cut off, or pages that wait to be read."""

    key: str
    """Id of the scan or of the batch."""
    name: str
    at: datetime
    pages: int
    """Pages that are kept, those still waiting in the scan's folder included."""
