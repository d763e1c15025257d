"""What the verification area asks of the office behind the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop.workflow.job import Context, Outcome
    from desktop.workflow.verify.files import FileVerified
    from desktop.workflow.verify.trusting import Offer, TrustedEntry
    from signing.changes.revision_view import RevisionPage
    from storage.catalog.decisions import Decision


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A page of one revision of a file, compared with another; revisions by their length, 0 the newest."""

    path: Path
    end: int
    other: int
    number: int = 1


@dataclass(frozen=True, slots=True)
class DecisionOrder:
    """What the archivist says of files that were checked."""

    files: tuple[FileVerified, ...]
    passed: bool
    reason: str


class VerifyingOffice(Protocol):
    """Calls block: only the job runner's threads make them."""

    def verify(
        self, paths: Sequence[Path], context: Context, each: Callable[[FileVerified], object]
    ) -> Outcome[tuple[FileVerified, ...]]: ...
    def revision_page(self, wanted: WantedPage, dpi: int) -> RevisionPage: ...
    def write_report(
        self, files: tuple[FileVerified, ...], target: Path, context: Context
    ) -> Outcome[tuple[Path, ...]]: ...
    def trusted(self) -> tuple[TrustedEntry, ...]: ...
    def seek_trust(self, sources: tuple[str, ...]) -> Outcome[tuple[Offer, ...]]: ...
    def add_trust(self, offers: tuple[Offer, ...]) -> Outcome[tuple[TrustedEntry, ...]]: ...
    def remove_trust(self, fingerprint: str) -> Outcome[tuple[str, ...]]: ...
    def decisions(self, digests: tuple[str, ...]) -> Mapping[str, Decision]: ...
    def decide(self, order: DecisionOrder, context: Context) -> Outcome[tuple[Decision, ...]]: ...
    def repeat(self, decision_id: str, context: Context) -> Outcome[bool]: ...
    def extend(
        self, paths: tuple[Path, ...], folder: Path, context: Context
    ) -> Outcome[tuple[Path, ...]]: ...
