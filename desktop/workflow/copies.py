"""Make the file that stands for each paper: a searchable PDF/A-2u, or what came in where that must stay."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.executor import Task
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.recognise import SEPARATOR, reading_of
from desktop.workflow.services import Services, now
from ocr.encoded import EncodedPage
from ocr.importing import load_page
from ocr.model import PageReading, PageText, Quality, Recipe
from ocr.pdfa import encode_page, write
from storage import batches, documents, journal, pages, versions
from storage.model import Document, DocumentVersion, Page, SourceFile

PDFA = "pdfa"
"""Step of a file that we made."""
ORIGINAL = "original"
"""Step of a file that came in born digital or signed: its bytes are kept as they are."""


@dataclass(frozen=True, slots=True)
class MakeCopies:
    """Make the files of these documents, where they have none."""

    document_ids: tuple[str, ...]


def make_copies(services: Services, command: MakeCopies, context: Context) -> Outcome[tuple[str, ...]]:
    """Ids of the documents that have a file now. Run again, only missing ones are made."""
    made: list[str] = []
    problems: list[Problem] = []
    for count, document_id in enumerate(command.document_ids, 1):
        with services.catalog.read() as connection:
            document = documents.get(connection, document_id)
            of_document = pages.of_document(connection, document_id)
            file = batches.file(connection, of_document[0].file_digest)
        if document.kind_code != SEPARATOR:
            problem = None if document.pdf_digest else _make(services, document, of_document, file, context)
            if problem:
                problems.append(problem)
            else:
                made.append(document_id)
        context.progress("progress.copies", count, len(command.document_ids), document.name)
    return Outcome(tuple(made), Changes(documents=frozenset(made)), tuple(problems))


def _make(
    services: Services, document: Document, of_document: Sequence[Page], file: SourceFile, context: Context
) -> Problem | None:
    readings = [reading_of(services, page) for page in of_document]
    if _keeps_its_bytes(file, of_document, readings):
        _record(services, document, ORIGINAL, file.digest)
        return None
    source = services.blobs.path(file.digest)
    with tempfile.TemporaryDirectory(prefix="tramso-") as name:
        folder = Path(name)
        tasks = [
            Task(index, encode_into, (source, page.number, reading, folder / f"{index:06}"))
            for index, (page, reading) in enumerate(zip(of_document, readings, strict=True))
        ]
        for done in services.workers.executor.run(tasks, context, services.workers.page_limit_s):
            if done.problem:
                return done.problem
        write(_encoded(folder, len(tasks)), folder / "out.pdf", title=document.kind_name or document.name)
        digest = services.blobs.put(folder / "out.pdf")
    _record(services, document, PDFA, digest)
    return None


def encode_into(source: Path, number: int, reading: PageReading | None, out: Path) -> None:
    """Worker: leave the encoded page in a file, so that many pages are never in memory together."""
    reading = reading or picture_only(source, number)
    out.write_bytes(pickle.dumps(encode_page(source, number, reading)))


def _encoded(folder: Path, count: int) -> Iterator[EncodedPage]:
    for index in range(count):
        yield pickle.loads((folder / f"{index:06}").read_bytes())  # noqa: S301 - our own worker wrote it


def _keeps_its_bytes(
    file: SourceFile, of_document: Sequence[Page], readings: Sequence[PageReading | None]
) -> bool:
    """Signed files are never rewritten; born-digital ones are text already, if the paper is the whole file."""
    born_digital = all(reading is not None and reading.text_source == "text_layer" for reading in readings)
    return file.signed or (born_digital and len(of_document) == file.page_count)


def picture_only(source: Path, number: int) -> PageReading:
    """The reading of a page that could not be read: its size and no words, so that its picture is kept."""
    image = load_page(source, number)
    height, width = (side * 72 / image.dpi for side in image.pixels.shape[:2])
    return PageReading(number, width, height, Recipe(), PageText(), "ocr", False, Quality(round(image.dpi)))


def _record(services: Services, document: Document, step: str, digest: str) -> None:
    with services.catalog.write() as connection:
        made = DocumentVersion(document.id, step, digest, now(), services.actor)
        versions.add(connection, document, made)
        journal.append(
            connection,
            made.made_at,
            services.actor,
            "file_made",
            document.id,
            {"step": step, "digest": digest},
        )
