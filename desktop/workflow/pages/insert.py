"""Put files into a batch where pages are missing: a photograph of the page that was left at home."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.pages.edit import rearrange
from desktop.workflow.pages.edit_commands import Rearrange
from desktop.workflow.papers.intake import Intake, intake, on_file
from desktop.workflow.papers.process import read_batches
from desktop.workflow.services import Services
from storage.catalog import pages


@dataclass(frozen=True, slots=True)
class InsertFiles:
    """Take these files into the batch, their first page at place `to` (from 0) among its pages."""

    paths: tuple[Path, ...]
    batch_id: str
    to: int


def insert_files(services: Services, command: InsertFiles, context: Context) -> Outcome[tuple[str, ...]]:
    """Ids of the new pages, in the paper they stand within; what is on file elsewhere is told and stays.

    The pages are kept before they are put in their place: a stop between leaves them at the end of the batch.
    """
    taken = intake(services, Intake(command.paths, "", command.batch_id), context)
    with services.catalog.read() as connection:
        fresh = [entry.digest for entry in taken.value if not entry.known]
        ids = tuple(page.id for digest in fresh for page in pages.of_file(connection, digest))
    told = (*taken.problems, *on_file(services, taken.value))
    if not ids:
        return Outcome((), Changes(), told)
    placed = rearrange(services, Rearrange(command.batch_id, "insert", ids, command.to), context)
    read = read_batches(services, [command.batch_id], None, context)
    changes = Changes(batches=frozenset({command.batch_id}) | read.changes.batches)
    return Outcome(ids, changes, (*told, *placed.problems, *read.problems))
