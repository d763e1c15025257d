"""The office behind the window: every call of a view, mapped to the workflow function that answers it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop import bootstrap, settings
from desktop.settings import Settings
from desktop.ui.office.model import PageText
from desktop.ui.office.steps_review import OfficeReview
from desktop.ui.office.steps_signing import OfficeSigning
from desktop.ui.office.steps_verify import OfficeVerify
from desktop.workflow.archive.pack import Deposit, deposit
from desktop.workflow.archive.prove import check_archive
from desktop.workflow.dossiers.attach import Attach, attach
from desktop.workflow.dossiers.open_close import CloseDossier, NewDossier, close_dossier, new_dossier
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.pages.edit import adjust, rearrange, take_back
from desktop.workflow.pages.edit_commands import Adjust, Rearrange, TakeBack
from desktop.workflow.pages.insert import InsertFiles, insert_files
from desktop.workflow.papers.intake import Intake, intake, on_file, passed_over, sizes_assumed
from desktop.workflow.papers.process import process_batches, read_batches
from desktop.workflow.papers.screen_tasks import PagePart, Part
from desktop.workflow.reports import dossiers as report_dossiers
from desktop.workflow.review.correct import correct
from desktop.workflow.review.correct_commands import CorrectPaper
from desktop.workflow.review.duplicates import FindTwins, find_twins
from desktop.workflow.scan import batch as scan_batch
from desktop.workflow.scan.ask import ask_scanner
from desktop.workflow.scan.hot_folder import take_arrived
from desktop.workflow.scan.orders import ScannerState, ScanOrder, TakeArrived, Unfinished
from desktop.workflow.scan.separator_sheet import separator_pdf
from desktop.workflow.scan_profiles import ScanProfile, as_setting, profiles_in
from desktop.workflow.services import now
from desktop.workflow.views import dossiers as view_dossiers
from desktop.workflow.views import page_doubts, pictures
from desktop.workflow.views import papers as view_papers
from desktop.workflow.views.rows import (
    BatchRow,
    DossierRow,
    DossierView,
    PackageRow,
    PageDoubt,
    PageRow,
    PaperRow,
)
from ocr.codes.separators import Separator
from ocr.locate import devices
from ocr.ports import Device
from storage.catalog import journal
from storage.catalog.reports import Indicators
from storage.dossier import procedures
from storage.model import Procedure, SearchHit

ASKED_S = 0.2
"""How soon a scan that waits for the scanner's answer notices that it was stopped."""


@dataclass(slots=True)
class WorkflowOffice(OfficeSigning, OfficeVerify, OfficeReview):
    """One open profile."""

    scanner: threading.Lock = field(default_factory=threading.Lock)
    """Drivers open a device for one at a time: it is asked or it scans."""
    left_before: frozenset[str] = frozenset()
    """Keys of what earlier runs left, as it was found when the profile was opened."""

    @property
    def home(self) -> Path:
        return self.services.home

    def actor(self) -> str:
        return self.services.actor

    def chosen_settings(self) -> tuple[Settings, frozenset[str]]:
        """What the office has set, and the names that this machine fixes."""
        return settings.load(self.home), settings.locked()

    def keep_settings(self, changes: Mapping[str, Any], context: Context) -> Outcome[None]:
        """Change settings; every step that begins from now on works with them."""
        with self.services.catalog.write() as connection:
            details = {"names": sorted(changes)}
            journal.append(connection, now(), self.actor(), "settings_changed", "", details)
            settings.save(self.home, replace(settings.load(self.home), **changes))
        self.services = bootstrap.with_settings(self.services)
        return Outcome(None, Changes(documents=frozenset({"settings"})))

    # -- what is there

    def batches(self) -> Sequence[BatchRow]:
        return view_papers.list_batches(self.services)

    def batch_of(self, document_id: str) -> str:
        return view_papers.batch_of(self.services, document_id) or ""

    def pages(self, batch_id: str) -> Sequence[PageRow]:
        return view_papers.batch_pages(self.services, batch_id)

    def papers(self, batch_id: str) -> Sequence[PaperRow]:
        return view_papers.batch_papers(self.services, batch_id)

    def unattached(self) -> Sequence[PaperRow]:
        return view_papers.unattached_papers(self.services)

    def thumbnail(self, page_id: str, height: int) -> bytes:
        return pictures.page_thumbnail(self.pictures, page_id, height)

    def page_picture(self, page_id: str, dpi: int) -> bytes:
        return pictures.page_picture(self.pictures, page_id, dpi)

    def page_part(self, page_id: str, part: Part, dpi: float) -> PagePart:
        return pictures.page_part(self.pictures, page_id, part, dpi)

    def original_picture(self, page_id: str, dpi: int) -> bytes:
        return pictures.original_picture(self.pictures, page_id, dpi)

    def original_part(self, page_id: str, part: Part, dpi: float) -> PagePart:
        return pictures.original_part(self.pictures, page_id, part, dpi)

    def page_doubts(self, batch_id: str) -> Sequence[PageDoubt]:
        return page_doubts.page_doubts(self.services, batch_id)

    def page_text(self, page_id: str) -> PageText:
        width, height, found = view_papers.page_words(self.services, page_id)
        return PageText(width, height, found.words)

    def document_picture(self, document_id: str, number: int, dpi: int) -> bytes:
        return pictures.document_picture(self.pictures, document_id, number, dpi)

    def document_part(self, document_id: str, number: int, part: Part, dpi: float) -> PagePart:
        return pictures.document_part(self.pictures, document_id, number, part, dpi)

    def dossiers(self) -> Sequence[DossierRow]:
        return view_dossiers.list_dossiers(self.services)

    def dossier(self, code: str) -> DossierView:
        return view_dossiers.dossier(self.services, code)

    def procedures(self) -> Sequence[Procedure]:
        today = now().date()
        return [
            entry
            for entry in procedures.load()
            if entry.valid_from <= today and (entry.valid_to is None or today <= entry.valid_to)
        ]

    def packages(self) -> Sequence[PackageRow]:
        return view_dossiers.list_packages(self.services)

    def search(self, words: str) -> Sequence[SearchHit]:
        return view_papers.search_papers(self.services, words)

    def indicators(self) -> Indicators:
        return report_dossiers.this_year(self.services)

    # -- what is done

    def intake(self, paths: Sequence[Path], context: Context) -> Outcome[Any]:
        """Take in, read, cut into papers and name them: what lies under "Nhập"."""
        name = paths[0].name if len(paths) == 1 else f"{paths[0].parent.name} ({len(paths)})"
        taken = intake(self.services, Intake(tuple(paths), name), context)
        batches = {entry.batch_id for entry in taken.value}
        read = read_batches(self.services, batches, None, context)
        twins = [
            problem
            for batch in sorted({entry.batch_id for entry in taken.value if not entry.known})
            for problem in find_twins(self.services, FindTwins(batch), context).problems
        ]
        known = on_file(self.services, taken.value)
        assumed = sizes_assumed(taken.value)
        told = (*taken.problems, *known, *passed_over(tuple(paths)), *assumed, *read.problems, *twins)
        if not taken.value and not told:
            told = (Problem("nothing_to_take", {}, str(paths[0])),)
        return Outcome(taken.value, read.changes, told)

    def insert_files(self, paths: Sequence[Path], batch_id: str, to: int, context: Context) -> Outcome[Any]:
        return insert_files(self.services, InsertFiles(tuple(paths), batch_id, to), context)

    def scan(self, order: ScanOrder, context: Context) -> Outcome[Any]:
        """What came is looked at by the worker of the pictures: the scanner never waits behind reading."""
        while not self.scanner.acquire(timeout=ASKED_S):
            context.check()
        try:
            services = replace(self.services, workers=self.pictures.workers)
            return scan_batch.scan_batch(services, order, context)
        finally:
            self.scanner.release()

    def unfinished(self) -> Sequence[Unfinished]:
        return scan_batch.unfinished(self.services, self.left_before)

    def recover(self, key: str, context: Context) -> Outcome[Any]:
        return scan_batch.recover(self.services, key, context)

    def discard(self, key: str, context: Context) -> Outcome[Any]:
        return scan_batch.discard(self.services, key, context)

    def devices(self) -> Sequence[Device]:
        return devices()

    def ask_scanner(self, address: str) -> ScannerState:
        with self.scanner:
            return ask_scanner(address)

    def scan_profiles(self) -> tuple[Sequence[ScanProfile], bool]:
        """The ways to scan, and whether the office has fixed them."""
        return profiles_in(settings.load(self.home)), "scan_profiles" in settings.locked()

    def keep_scan_profiles(self, profiles: Sequence[ScanProfile]) -> None:
        kept = as_setting(tuple(profiles))
        settings.save(self.home, replace(settings.load(self.home), scan_profiles=kept))

    def separator_sheet(self, dossier: str, component: str, profile: str, path: Path) -> None:
        """Write a sheet to print; empty parts are not named on it."""
        path.write_bytes(separator_pdf(Separator(dossier, component, profile)))

    def hot_folder(self) -> Path | None:
        """The folder that is watched for papers; None where none is."""
        chosen = settings.load(self.home).hot_folder
        return Path(chosen) if chosen else None

    def keep_hot_folder(self, folder: Path | None) -> None:
        settings.save(self.home, replace(settings.load(self.home), hot_folder=str(folder or "")))

    def take_arrived(self, order: TakeArrived, context: Context) -> Outcome[Any]:
        return take_arrived(self.services, order, context)

    def paste(self, save: Callable[[Path], object], context: Context) -> Outcome[Any]:
        """Take in a picture that `save` writes to a path."""
        folder = self.home / "incoming"
        folder.mkdir(exist_ok=True)
        path = folder / f"{now().astimezone():%Y%m%d-%H%M%S-%f}.png"  # two may be pasted in one second
        save(path)
        done = self.intake([path], context)
        path.unlink()
        return done

    def finish(self, batch_id: str, context: Context) -> Outcome[Any]:
        """Make the files of all papers of a batch: from now on they wait to be signed."""
        return process_batches(self.services, [batch_id], None, context)

    def rearrange(self, order: Rearrange, context: Context) -> Outcome[Any]:
        return rearrange(self.services, order, context)

    def adjust(self, order: Adjust, context: Context) -> Outcome[Any]:
        return adjust(self.services, order, context)

    def take_back(self, order: TakeBack, context: Context) -> Outcome[Any]:
        return take_back(self.services, order, context)

    def correct(self, order: CorrectPaper, context: Context) -> Outcome[Any]:
        return correct(self.services, order, context)

    def read_batch(self, batch_id: str, context: Context) -> Outcome[Any]:
        """Read what is unread, cut what is loose, name what changed; new papers may be there already."""
        before = {paper.id for paper in self.papers(batch_id)}
        read = read_batches(self.services, [batch_id], None, context)
        new = frozenset(read.value) - before
        twins = find_twins(self.services, FindTwins(batch_id, new), context).problems if new else ()
        return Outcome(read.value, read.changes, (*read.problems, *twins))

    def new_dossier(self, procedure: Procedure, applicant: str, context: Context) -> Outcome[Any]:
        made = new_dossier(self.services, NewDossier(procedure.code, procedure.name, applicant), context)
        return Outcome(made.value, made.changes, made.problems)

    def attach(self, paper: PaperRow, dossier: str, component: str, context: Context) -> Outcome[Any]:
        done = attach(self.services, Attach(paper.id, dossier, component), context)
        return Outcome(done.value, done.changes, done.problems)

    def deposit(self, dossier: str, context: Context) -> Outcome[Any]:
        """Close the dossier, pack it, put the package into the archive; each once."""
        closed = close_dossier(self.services, CloseDossier(dossier), context)
        done = deposit(self.services, Deposit(dossier), context)
        changes = Changes(done.changes.batches, done.changes.documents, closed.changes.dossiers)
        return Outcome(done.value, changes, (*closed.problems, *done.problems))

    def check_archive(self, context: Context) -> Outcome[Any]:
        return check_archive(self.services, context)


@contextmanager
def open_office(home: Path) -> Iterator[WorkflowOffice]:
    """Open the profile for the window. Raises ProfileBusy when another program has it open."""
    with bootstrap.open_services(home) as services, bootstrap.open_workers(1, services.settings) as pictures:
        scan_batch.sweep(services)
        left = frozenset(row.key for row in scan_batch.unfinished(services))
        yield WorkflowOffice(services, replace(services, workers=pictures), left_before=left)
