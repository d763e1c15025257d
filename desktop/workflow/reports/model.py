"""What a report on checked files is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import messages

if TYPE_CHECKING:
    from desktop.workflow.verify.files import FileVerified


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report says of itself."""

    agency: str
    actor: str
    made: datetime
    tool: str
    """Program and rules of judging, with their versions."""
    trust: str
    """How many certificates were trusted, or a digest of them."""
    language: messages.Language = "vi"


@dataclass(frozen=True, slots=True)
class Reported:
    """One file of a report; `decision` is what the archivist decided, in words."""

    found: FileVerified
    decision: str = ""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """Write these results into each of the `targets`, by their suffix."""

    files: tuple[Reported, ...]
    targets: tuple[Path, ...]
    facts: ReportFacts
