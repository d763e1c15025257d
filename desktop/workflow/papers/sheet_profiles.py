"""Separator sheets that name a scan profile: which pages behind them were scanned with less than it asks for.

The pages were scanned before the sheet was read, so nothing can be set right by itself: a person is told.
Pages scanned with more than was asked for lack nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop import settings
from desktop.workflow.executor import Task
from desktop.workflow.job import Context, Problem
from desktop.workflow.papers.page_tasks import mode_of_page
from desktop.workflow.scan_profiles import MODES, SCAN_BEGUN, ScanProfile, profiles_in
from desktop.workflow.services import Services
from ocr.codes.separators import on_page
from ocr.model import PageReading
from storage.catalog import journal, pages
from storage.model import Page

POORER = "scanned_poorer"
"""Marks a page until it is scanned again: a message alone would be gone after a restart."""
_COARSER = 0.9
"""Scanners round the resolution that they are asked for."""
_LOOK_LIMIT_S = 60


@dataclass(frozen=True, slots=True)
class _Section:
    """The pages behind a sheet that names a profile, up to the next sheet that names a dossier or profile."""

    profile: str
    sheet: Page
    pages: list[tuple[Page, PageReading]] = field(default_factory=list)


def check_profiles(
    services: Services, stack: Sequence[Page], readings: Sequence[PageReading]
) -> tuple[list[Problem], frozenset[str]]:
    """What to tell of the sheets among these pages, and the ids of pages that lack what a sheet asks for.

    `readings` are numbered by place in the stack.
    """
    sections = _sections([(stack[reading.number - 1], reading) for reading in readings])
    if not sections:
        return [], frozenset()
    with services.catalog.read() as connection:
        places = pages.places(connection, stack[0].batch_id)
    known = {profile.name.casefold(): profile for profile in profiles_in(settings.load(services.home))}
    problems: list[Problem] = []
    poorer: set[str] = set()
    for section in sections:
        profile = known.get(section.profile.casefold())
        if profile is None:
            facts = {"profile": section.profile, "sheet": places[section.sheet.id]}
            problems.append(Problem("sheet_profile_unknown", facts))
        else:
            for problem, lacking in _lacking(services, section, profile, places):
                problems.append(problem)
                poorer |= {page.id for page in lacking}
    return problems, frozenset(poorer)


def _sections(sheets: Sequence[tuple[Page, PageReading]]) -> list[_Section]:
    sections: list[_Section] = []
    current: _Section | None = None
    for page, reading in sheets:
        sheet = on_page(reading)
        if sheet is not None and (sheet.dossier or sheet.profile):
            current = _Section(sheet.profile, page) if sheet.profile else None
            sections += [current] if current else []
        elif sheet is None and current and not reading.blank and reading.text_source == "ocr":
            current.pages.append((page, reading))
    return sections


def _lacking(
    services: Services, section: _Section, profile: ScanProfile, places: Mapping[str, int]
) -> Iterator[tuple[Problem, list[Page]]]:
    """One problem for each thing that pages lack, with the pages."""
    scans = _scans(services, [page for page, _ in section.pages])
    modes = _modes(services, section, profile, scans)
    lacks: dict[str, list[Page]] = {}
    for page, reading in section.pages:
        scan = scans.get(_scan_of(page), {})
        if reading.quality.dpi < _COARSER * profile.dpi:
            lacks.setdefault("resolution", []).append(page)
        if MODES.index(modes[page.id]) > MODES.index(profile.mode):
            lacks.setdefault(profile.mode, []).append(page)
        if profile.feed == "adf-duplex" and scan.get("feed", profile.feed) != profile.feed:
            lacks.setdefault("both_sides", []).append(page)
    for lack, lacking in lacks.items():
        ranges = _ranges([places[page.id] for page in lacking])
        got = min(reading.quality.dpi for _, reading in section.pages)
        facts = {"profile": profile.name, "sheet": places[section.sheet.id], "pages": ranges}
        yield Problem(f"sheet_asks_{lack}", {**facts, "asked": profile.dpi, "got": got}), lacking


def _scan_of(page: Page) -> str:
    return (page.arrival or "").partition("/")[0]


def _scans(services: Services, scanned: Sequence[Page]) -> dict[str, Mapping[str, Any]]:
    """How each of our own scans was asked for; of files that were brought in nothing is known."""
    found: dict[str, Mapping[str, Any]] = {}
    with services.catalog.read() as connection:
        for scan in {_scan_of(page) for page in scanned} - {""}:
            begun = (each.details for each in journal.entries(connection, scan) if each.action == SCAN_BEGUN)
            found[scan] = next(begun, {})
    return found


def _modes(
    services: Services, section: _Section, profile: ScanProfile, scans: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """The colours of each page, as asked of the scanner or else as its pixels tell."""
    modes = {page.id: scans.get(_scan_of(page), {}).get("mode", profile.mode) for page, _ in section.pages}
    if profile.mode == MODES[-1]:
        return modes  # black and white is the least there is
    tasks = [
        Task(page.id, mode_of_page, (services.blobs.path(page.file_digest), page.number))
        for page, _ in section.pages
        if not page.arrival
    ]
    looked = services.workers.executor.run(tasks, Context(), _LOOK_LIMIT_S)
    return modes | {done.key: done.value for done in looked if done.problem is None}


def _ranges(places: Sequence[int]) -> str:
    """ "2-4, 7" for 2, 3, 4, 7."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
