"""Scan into the profile: each page is on disk and in the catalog before the next is asked for.

A scan has a folder of its own until all its pages are kept. Whatever ends it - power, a crash, a full disk -
the next start finds the folder and finishes the work; a page's `arrival` keeps it from being doubled.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from desktop.workflow.executor import Task
from desktop.workflow.job import Changes, Context, Outcome, Problem, Progress
from desktop.workflow.pages.edit import rearrange
from desktop.workflow.pages.edit_commands import Rearrange
from desktop.workflow.papers.process import read_batches
from desktop.workflow.problems import KNOWN, problem_of
from desktop.workflow.scan.orders import ScanOrder, Unfinished
from desktop.workflow.scan_profiles import SCAN_BEGUN, ScanProfile
from desktop.workflow.services import Services, now
from ocr.files.importing import look
from ocr.locate import source
from ocr.model import PageLook
from ocr.ports import ScanOptions
from storage.catalog import batches, documents, journal, pages, versions
from storage.catalog.ids import new_id
from storage.errors import Conflict, NotFound, StorageError
from storage.model import Page

NOTE = "scan.json"
LOOK_LIMIT_S = 60
_PAGE_SUFFIXES = frozenset({".tif", ".jpg", ".png"})
_DPI_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Scanned:
    """Where the pages of a scan are; no batch when none came."""

    batch_id: str | None
    page_ids: tuple[str, ...]


def scan_batch(services: Services, order: ScanOrder, context: Context) -> Outcome[Scanned]:
    """The pages that came. What went wrong is told beside them, never instead of them.

    Raises Cancelled when the person stopped it; the pages stay then too.
    """
    if order.replaces:
        try:
            _require_unsigned(services, order.replaces)
        except StorageError as error:
            return Outcome(Scanned(order.batch_id, ()), problems=(Problem(error.code, error.facts),))
    folder = _folder(services) / new_id()
    folder.mkdir(parents=True)
    _write_note(services, folder, order)
    problems: list[Problem] = []
    count = 0
    try:
        for path in source(order.profile.device, _options(order.profile)).pages(folder, context.stop):
            count += 1
            page, problem = _deliver(services, folder, path, count)
            problems += [problem] if problem else []
            context.report(Progress("progress.scan", count, 0, path.name))
            context.changed(Changes(batches=frozenset({page.batch_id})))
    except KNOWN as error:
        problems.append(problem_of(error, order.profile.device) or Problem("disk_failed"))
    try:
        done, astray = _settle(services, folder)
        problems += astray
    except KNOWN as error:  # the folder stays, and is offered again
        problems.append(problem_of(error, order.profile.device) or Problem("disk_failed"))
        done = _kept(services, folder)
    context.check()
    changes = Changes(batches=frozenset({done.batch_id} if done.batch_id else ()))
    return Outcome(done, changes, _together(problems))


def unfinished(services: Services, earlier: Collection[str] | None = None) -> tuple[Unfinished, ...]:
    """What an earlier run left, newest first. Not while a scan runs: it would be among them.

    `earlier` are the keys that were found when this run began: what it left itself is no matter for
    recovery, since its pages are in their batch and a fault was told, unless pages still lie in a folder.
    """
    rows: list[Unfinished] = []
    told: set[str] = set()
    with services.catalog.read() as connection:
        for folder in _scans(services):
            kept = pages.delivered(connection, folder.name)
            told |= {page.batch_id for page in kept}
            outside = _files(folder)
            note, count = _note(folder), len(kept) + len(outside)
            if count and (outside or earlier is None or folder.name in earlier):
                rows.append(Unfinished(folder.name, note["profile"]["name"], _moment(note, folder), count))
        for batch_id, count in pages.unread(connection).items():
            batch = batches.get(connection, batch_id)
            if batch_id not in told and (earlier is None or batch_id in earlier):
                rows.append(Unfinished(batch_id, batch.name, batch.opened_at, count))
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def sweep(services: Services) -> None:
    """Let go the folders of scans of which nothing came; at the start, before any scan runs."""
    with services.catalog.read() as connection:
        for folder in _scans(services):
            if not pages.delivered(connection, folder.name) and not _files(folder):
                shutil.rmtree(folder)


def recover(services: Services, key: str, context: Context) -> Outcome[Scanned]:
    """Bring in what is left of a scan, then read what waits to be read."""
    found, astray = _left(services, key)
    if found.batch_id is None:
        return Outcome(found)
    read = read_batches(services, [found.batch_id], None, context)
    return Outcome(found, read.changes, (*astray, *read.problems))


def discard(services: Services, key: str, context: Context) -> Outcome[Scanned]:
    """Take the pages out of their batch; like every edit this can be undone."""
    found, _ = _left(services, key, place=False)  # a page to be replaced stays, since nothing replaces it
    if found.batch_id is None or not found.page_ids:
        return Outcome(found)
    done = rearrange(services, Rearrange(found.batch_id, "remove", found.page_ids), context)
    return Outcome(found, done.changes)


def _left(services: Services, key: str, place: bool = True) -> tuple[Scanned, list[Problem]]:
    """The pages of a scan that was cut off, now all kept; or the unread pages of a batch."""
    folder = _folder(services) / key
    if folder.is_dir():
        return _settle(services, folder, place)
    with services.catalog.read() as connection:
        of_batch = pages.of_batch(connection, key)
        unread = tuple(page.id for page in of_batch if not (page.reading_digest or page.problem))
        return Scanned(key, unread), []


def _deliver(services: Services, folder: Path, path: Path, number: int) -> tuple[Page, Problem | None]:
    """Keep one page; a damaged one too, marked, so that it is seen at its place and scanned again."""
    note = _note(folder)
    [done] = services.workers.executor.run([Task(number, look, (path,))], Context(), LOOK_LIMIT_S)
    problem = _judge(done.value, done.problem, note, number)
    digest = services.blobs.put(path)
    with services.catalog.write() as connection:
        batch_id = _batch(services, connection, folder, note)
        batches.add_file(
            connection,
            batch_id,
            digest,
            name=path.name,
            media_type=done.value.media_type if done.value else "application/octet-stream",
            size=path.stat().st_size,
            page_count=1,
        )
        damage = done.problem.code if done.problem else None
        page = pages.deliver(connection, batch_id, digest, f"{folder.name}/{path.name}", damage)
        details = {"batch": batch_id, "file": digest}
        journal.append(connection, now(), services.actor, "page_scanned", page.id, details)
    path.unlink()
    return page, problem


def _judge(
    seen: PageLook | None, problem: Problem | None, note: dict[str, Any], number: int
) -> Problem | None:
    facts = {"device": note["profile"]["device"], "page": number}
    if problem or seen is None:
        return Problem("device_page_damaged", facts)
    asked = note["profile"]["dpi"]
    if seen.dpi is not None and abs(seen.dpi - asked) > _DPI_TOLERANCE * asked:
        return Problem("device_wrong_resolution", {**facts, "asked": asked, "got": round(seen.dpi)})
    return None


def _together(problems: list[Problem]) -> tuple[Problem, ...]:
    """A scanner that always sends another resolution is told of once."""
    seen: dict[object, Problem] = {}
    for problem in problems:
        once = problem.code == "device_wrong_resolution"
        seen.setdefault(problem.code if once else (problem.code, str(problem.facts)), problem)
    return tuple(seen.values())


def _batch(services: Services, connection: Connection, folder: Path, note: dict[str, Any]) -> str:
    known = pages.delivered(connection, folder.name)
    if known:
        return known[0].batch_id
    asked, batch_id = note["profile"], note["batch_id"]
    if not batch_id:
        batch_id = batches.create(connection, asked["name"], services.actor, now(), asked["device"]).id
    details = {"batch": batch_id, **{name: asked[name] for name in ("feed", "dpi", "mode", "paper")}}
    journal.append(connection, now(), services.actor, SCAN_BEGUN, folder.name, details)
    return str(batch_id)


def _require_unsigned(services: Services, page_id: str) -> None:
    """Said before a sheet is fed: what is signed keeps its pages."""
    with services.catalog.read() as connection:
        for paper in documents.owners(connection, [page_id]):
            versions.require_unsigned(connection, paper)


def _settle(services: Services, folder: Path, place: bool = True) -> tuple[Scanned, list[Problem]]:
    """Keep what still lies in the folder, put the pages where they belong, and let the folder go.

    Where they cannot be put there any more they stay at the end of the batch, which is said.
    """
    note = _note(folder)
    with services.catalog.read() as connection:
        before = len(pages.delivered(connection, folder.name))
    for number, path in enumerate(_files(folder), before + 1):
        _deliver(services, folder, path, number)
    done = _kept(services, folder)
    problems: list[Problem] = []
    if place and done.batch_id and done.page_ids:
        try:
            _place(services, done.batch_id, done.page_ids, note)
        except (Conflict, NotFound) as error:
            problems = [Problem(error.code, error.facts), Problem("scan_at_end", {"n": len(done.page_ids)})]
    shutil.rmtree(folder)
    return done, problems


def _kept(services: Services, folder: Path) -> Scanned:
    with services.catalog.read() as connection:
        kept = pages.delivered(connection, folder.name)
    ids = tuple(page.id for page in kept if not page.removed)
    return Scanned(kept[0].batch_id if kept else None, ids)


def _place(services: Services, batch_id: str, ids: tuple[str, ...], note: dict[str, Any]) -> None:
    with services.catalog.read() as connection:
        live = {page.id for page in pages.of_batch(connection, batch_id)}
    if note["replaces"] in live:
        order = Rearrange(batch_id, "replace", (note["replaces"], *ids))
    elif note["to"] is not None:
        order = Rearrange(batch_id, "insert", ids, note["to"])
    else:
        return
    rearrange(services, order, Context())


def _options(profile: ScanProfile) -> ScanOptions:
    return ScanOptions(profile.feed, profile.dpi, profile.mode, profile.paper)  # type: ignore[arg-type]


def _folder(services: Services) -> Path:
    return services.home / "scans"


def _scans(services: Services) -> Iterator[Path]:
    if _folder(services).is_dir():
        yield from sorted(entry for entry in _folder(services).iterdir() if entry.is_dir())


def _files(folder: Path) -> list[Path]:
    """Whole pages that wait; a page under way has another ending."""
    return sorted(path for path in folder.iterdir() if path.suffix in _PAGE_SUFFIXES)


def _write_note(services: Services, folder: Path, order: ScanOrder) -> None:
    note = {**asdict(order), "at": now().isoformat()}
    (folder / NOTE).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")


def _note(folder: Path) -> dict[str, Any]:
    blank = asdict(ScanOrder(ScanProfile("", "")))
    try:
        found = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # the power went while it was written
        return blank
    return {**blank, **found} if isinstance(found, dict) else blank


def _moment(note: dict[str, Any], folder: Path) -> datetime:
    if note.get("at"):
        return datetime.fromisoformat(note["at"])
    return datetime.fromtimestamp(folder.stat().st_mtime).astimezone()
