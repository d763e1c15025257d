"""The verifying calls of the office behind the window, mapped to the steps that answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop import bootstrap
from desktop.ui.office.model_verify import DecisionOrder, WantedPage
from desktop.workflow.archive.decide import DecideFiles, decide_files, decisions_of, repeat
from desktop.workflow.inputs import PDF, copies_in, files_under
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.problems import StepFailed
from desktop.workflow.reports import verdict_words
from desktop.workflow.reports.model import Reported, WriteReport
from desktop.workflow.reports.verdicts import facts_of, write_report
from desktop.workflow.services import Services
from desktop.workflow.verify.extend import ExtendFiles, extend_files
from desktop.workflow.verify.files import FileVerified, VerifyFiles, verify_files
from desktop.workflow.verify.trusting import (
    AddTrust,
    Offer,
    RemoveTrust,
    SeekTrust,
    TrustedEntry,
    add_trust,
    remove_trust,
    seek_trust,
    trusted,
)
from desktop.workflow.views.revisions import revision_page
from signing.changes.revision_view import RevisionPage
from signing.model import OnlineAccess
from storage.catalog.decisions import Decision


class OfficeVerify:
    """Checking, reporting, deciding, renewing."""

    __slots__ = ()  # the office that carries the services has them

    services: Services
    pictures: Services

    def verify(
        self, paths: Sequence[Path], context: Context, each: Callable[[FileVerified], object]
    ) -> Outcome[tuple[FileVerified, ...]]:
        """`each` hears every file as it is done. What fails is shown with its file, not as a problem."""
        command = VerifyFiles(files_under(tuple(paths), PDF), self._trust(), None, self._access())
        return replace(verify_files(self.services.workers, command, context, each), problems=())

    def revision_page(self, wanted: WantedPage, dpi: int) -> RevisionPage:
        workers = self.pictures.workers
        return revision_page(workers, wanted.path, wanted.end, wanted.number, dpi, wanted.other)

    def write_report(
        self, files: tuple[FileVerified, ...], target: Path, context: Context
    ) -> Outcome[tuple[Path, ...]]:
        """With what was decided about each file."""
        known = self.decisions(tuple(found.digest for found in files))
        entries = tuple(Reported(found, verdict_words.decided(known.get(found.digest))) for found in files)
        facts = facts_of(self.services.settings, self.services.actor, self._trust())
        return write_report(self.services.workers, WriteReport(entries, (target,), facts), context)

    def trusted(self) -> tuple[TrustedEntry, ...]:
        return trusted(self._trust())

    def seek_trust(self, sources: tuple[str, ...]) -> Outcome[tuple[Offer, ...]]:
        """Whoever types an address wants it to be asked, whatever the setting says of addresses in files."""
        return seek_trust(SeekTrust(sources, bootstrap.online_access(True, self.services.home)))

    def add_trust(self, offers: tuple[Offer, ...]) -> Outcome[tuple[TrustedEntry, ...]]:
        return add_trust(self.services, AddTrust(offers, bootstrap.trust_home(self.services.home)))

    def remove_trust(self, fingerprint: str) -> Outcome[tuple[str, ...]]:
        """Names of what was removed; nothing where the certificate stands in a folder of the machine's."""
        command = RemoveTrust(fingerprint, bootstrap.trust_home(self.services.home))
        return remove_trust(self.services, command)

    def decisions(self, digests: tuple[str, ...]) -> Mapping[str, Decision]:
        return decisions_of(self.services, digests)

    def decide(self, order: DecisionOrder, context: Context) -> Outcome[tuple[Decision, ...]]:
        files = tuple((found.path, found.digest) for found in order.files)
        command = DecideFiles(files, order.passed, order.reason, self._trust(), self._access())
        return decide_files(self.services, command, context)

    def repeat(self, decision_id: str, context: Context) -> Outcome[bool]:
        return Outcome(repeat(self.services, decision_id, context).value.same)

    def extend(self, paths: tuple[Path, ...], folder: Path, context: Context) -> Outcome[tuple[Path, ...]]:
        """Renewed copies of these files in a folder; the files themselves stay. Raises StepFailed."""
        home, tsa = self.services.home, self.services.settings.tsa
        if not tsa:
            raise StepFailed(Problem("no_time_stamp_authority"))
        targets = copies_in(folder, paths, "gia-han")
        command = ExtendFiles(paths, targets, tsa, self._trust(), home, self._access())
        done = extend_files(self.services.workers, command, context)
        written = tuple(
            target for target, entry in zip(targets, done.value, strict=True) if entry.extended is not None
        )
        return Outcome(written, problems=done.problems)

    def _trust(self) -> tuple[Path, ...]:
        return bootstrap.trust_folders(self.services.home)

    def _access(self) -> OnlineAccess:
        return bootstrap.online_access(None, self.services.home)
