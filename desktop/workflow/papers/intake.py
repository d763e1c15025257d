"""Take files into the profile: bytes first, then the catalog, so that a crash never loses a page."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from desktop.messages import day
from desktop.workflow.inputs import PAPERS, files_and_refused, others_under
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.papers.inspection import inspect_files
from desktop.workflow.problems import KNOWN, problem_of
from desktop.workflow.services import Services, now
from ocr.model import FileInfo
from storage.catalog import batches, edits, journal, pages
from storage.errors import NotFound
from storage.model import SourceFile

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Intake:
    """Import these files and folders as one batch called `name`, or to the end of the batch `batch_id`."""

    paths: tuple[Path, ...]
    name: str
    batch_id: str | None = None
    device: str = ""
    """Where they come from by themselves, such as `folder:PATH`; empty where a person chose them."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one file; `known` files were in the profile already and are not doubled.

    `sized` is False for a picture that does not tell its resolution.
    """

    path: Path
    digest: str
    batch_id: str
    pages: int
    known: bool
    back: bool = False
    """All its pages had been deleted: now they are in their batch again."""
    sized: bool = True


def intake(services: Services, command: Intake, context: Context) -> Outcome[tuple[TakenIn, ...]]:
    """Keep every readable file once. Run again after a crash, the rest joins the batch that was begun."""
    paths, refused = files_and_refused(command.paths, PAPERS)
    infos, problems = inspect_files(services.workers, paths, context)
    taken: list[TakenIn] = []
    for count, (index, info) in enumerate(sorted(infos.items()), 1):
        context.progress("progress.intake", count, len(infos), paths[index].name)
        try:
            taken.append(_take_in(services, paths[index], info, command, taken))
            if not taken[-1].known:  # its pages are there to be seen while they wait to be read
                context.changed(Changes(batches=frozenset({taken[-1].batch_id})))
        except KNOWN as error:
            problem = problem_of(error, str(paths[index]))
            problems[index] = problem or Problem("disk_failed", {}, str(paths[index]))
            if problems[index].code == "disk_full":
                break
    changed = Changes(batches=frozenset(entry.batch_id for entry in taken))
    closed = [problem_of(error, str(error.filename)) for error in refused]
    told = [problem for _, problem in sorted(problems.items())]
    return Outcome(tuple(taken), changed, (*told, *filter(None, closed)))


def passed_over(paths: tuple[Path, ...]) -> tuple[Problem, ...]:
    """Files in the folders given that are no papers: the first ones by name, the rest by number."""
    return passed_over_files(others_under(paths, PAPERS))


def passed_over_files(others: tuple[Path, ...]) -> tuple[Problem, ...]:
    """The same for files that were found already."""
    told = [Problem("passed_over", {"name": path.name}, str(path)) for path in others[:MOST_TOLD]]
    more = len(others) - len(told)
    return (*told, Problem("more_passed_over", {"n": more})) if more else tuple(told)


def sizes_assumed(taken: tuple[TakenIn, ...]) -> tuple[Problem, ...]:
    """Once for all: how many new pages do not tell their resolution."""
    count = sum(entry.pages for entry in taken if not entry.sized)
    return (Problem("resolution_assumed", {"n": count}),) if count else ()


def on_file(services: Services, taken: tuple[TakenIn, ...]) -> tuple[Problem, ...]:
    """Files that were in the profile before: which, in which batch, and whether they were deleted there."""
    names: dict[tuple[str, str], list[str]] = {}
    for entry in taken:
        if entry.known:
            code = "brought_back" if entry.back else "on_file"
            names.setdefault((code, entry.batch_id), []).append(entry.path.name)
    with services.catalog.read() as connection:
        found = [(code, batches.get(connection, id), known) for (code, id), known in names.items()]
    return tuple(
        Problem(
            code, {"n": len(known), "names": _some(known), "batch": f"{batch.name} · {day(batch.opened_at)}"}
        )
        for code, batch, known in found
    )


def _some(names: list[str]) -> str:
    return ", ".join(names[:MOST_TOLD]) + (", …" if len(names) > MOST_TOLD else "")


def _take_in(
    services: Services, path: Path, info: FileInfo, command: Intake, before: list[TakenIn]
) -> TakenIn:
    digest = services.blobs.put(path)
    with services.catalog.write() as connection:
        with suppress(NotFound):
            file = batches.file(connection, digest)
            back = _bring_back(services, connection, file)
            return TakenIn(path, digest, file.batch_id, file.page_count, known=True, back=back)
        batch_id = _batch(services, connection, command, before)
        file = batches.add_file(
            connection,
            batch_id,
            digest,
            name=unicodedata.normalize("NFC", path.name),  # macOS and some shares give NFD
            media_type=info.media_type,
            size=path.stat().st_size,
            page_count=info.page_count,
            signed=info.signed,
        )
        pages.add(connection, file)
        _tell(services, connection, file)
    return TakenIn(path, digest, batch_id, file.page_count, known=False, sized=info.sized)


def _bring_back(services: Services, connection: Connection, file: SourceFile) -> bool:
    """Put the pages of a file back of which none is left in its batch; undone like every edit."""
    there = pages.of_file(connection, file.digest)
    if not there or not all(page.removed for page in there):
        return False
    back = [replace(page, removed=False) for page in there]
    edits.record(connection, file.batch_id, "pages_brought_back", now(), services.actor, changed=back)
    return True


def _batch(services: Services, connection: Connection, command: Intake, before: list[TakenIn]) -> str:
    opened = next((entry.batch_id for entry in before if not entry.known), None)
    going_on = command.batch_id or opened or _cut_off(connection, command, before)
    return going_on or batches.create(connection, command.name, services.actor, now(), command.device).id


def _cut_off(connection: Connection, command: Intake, before: list[TakenIn]) -> str | None:
    """The batch that this same import had begun: it bears its name, and nothing in it was read yet.

    What comes by itself has nothing to do with old batches.
    """
    waiting = pages.unread(connection) if before and not command.device else {}
    begun = dict.fromkeys(entry.batch_id for entry in before if entry.batch_id in waiting)
    return next((id for id in begun if batches.get(connection, id).name == command.name), None)


def _tell(services: Services, connection: Connection, file: SourceFile) -> None:
    details = {"batch": file.batch_id, "bytes": file.size, "pages": file.page_count, "type": file.media_type}
    journal.append(connection, now(), services.actor, "file_taken_in", file.digest, details)
