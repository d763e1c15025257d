"""The specimen office: its papers through the whole path, from the scanner's files to the archive.

Every step looks at what is there already, so a demo that was killed goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.archive.pack import Deposit, deposit
from desktop.workflow.archive.prove import VerifyDocuments, check_archive, check_journal, verify_documents
from desktop.workflow.dossiers.attach import Attach, attach
from desktop.workflow.dossiers.open_close import (
    CloseDossier,
    NewDossier,
    checklist_of,
    close_dossier,
    new_dossier,
)
from desktop.workflow.job import Context, Problem
from desktop.workflow.papers.accuracy import character_error_rate
from desktop.workflow.papers.intake import Intake, intake
from desktop.workflow.papers.naming import reading_of
from desktop.workflow.papers.process import process_batches
from desktop.workflow.papers.recognise import SEPARATOR
from desktop.workflow.services import Services
from desktop.workflow.sign.files import SignDocuments, Signer, sign_documents
from desktop.workflow.sign.practice import make_practice_office, trust_folder
from desktop.workflow.views.papers import search_papers
from desktop.workflow.views.signing import signing_list
from resources import specimens
from resources.specimens import SpecimenDossier, SpecimenFile, SpecimenPaper
from signing.model import FileVerdict, Level, SigningRole
from storage.catalog import documents, pages
from storage.dossier import checklist
from storage.model import Document, Receipt

SIGNERS = {
    SigningRole.SO_HOA: "practice:clerk",
    SigningRole.KY_DUYET: "practice:official",
    SigningRole.DONG_DAU: "practice:seal",
    SigningRole.SAO_Y: "practice:seal",
    SigningRole.LUU_TRU: "practice:seal",
}
QUERY = "giay chung sinh"
"""Typed without accents, as clerks do."""


@dataclass(frozen=True, slots=True)
class PaperResult:
    """One row of the demo's table."""

    file: str
    kind: str
    kind_name: str
    kind_expected: str
    confidence: float
    pages: int
    bytes: int
    cer: float | None
    """None for papers without known text."""
    seconds: float
    signatures: int
    verdict: str


@dataclass(frozen=True, slots=True)
class DossierResult:
    """How one dossier ended."""

    code: str
    procedure: str
    complete: bool
    missing: tuple[str, ...]
    package: str | None
    receipt: Receipt | None


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Everything the demo made."""

    papers: tuple[PaperResult, ...]
    dossiers: tuple[DossierResult, ...]
    journal_entries: int
    query: str
    hits: int
    archive: Path
    seconds: float
    problems: tuple[Problem, ...]


def demo(services: Services, context: Context) -> DemoResult:
    """Run the specimen office in this profile."""
    started = time.monotonic()
    make_practice_office(services, context)
    cases = specimens.dossiers()
    for case in cases:
        new_dossier(services, _opened(case), context)
    context.progress("progress.specimens", 0, 1)
    folder = services.home / "specimens"
    issued = tuple(specimens.make_result(folder, case.code) for case in cases if not case.missing)
    files = (*specimens.make(folder), *issued)
    problems: list[Problem] = []
    took: dict[str, float] = {}
    for dossier, group in _by_dossier(files).items():
        begun = time.monotonic()
        problems += _take_in(services, dossier, group, context)
        count = max(1, sum(len(paper.pages) for file in group for paper in file.papers))
        took |= {file.path.name: (time.monotonic() - begun) / count for file in group}
    for file in issued:
        _attach_result(services, file, context)
    problems += _sign_everything(services, context)
    verdicts = verify_documents(
        services, VerifyDocuments(_all_documents(services), (trust_folder(services.home),)), context
    )
    problems += verdicts.problems
    results = tuple(_finish(services, case, context) for case in cases)
    problems += check_archive(services, context).problems
    return DemoResult(
        tuple(row for file in files for row in _rows(services, file, verdicts.value, took[file.path.name])),
        results,
        check_journal(services),
        QUERY,
        len(search_papers(services, QUERY)),
        services.home / "archive",
        time.monotonic() - started,
        tuple(problems),
    )


def _opened(case: SpecimenDossier) -> NewDossier:
    return NewDossier(case.procedure, case.title, case.applicant, case.cases, case.code, case.received_at)


def _by_dossier(files: Sequence[SpecimenFile]) -> dict[str | None, list[SpecimenFile]]:
    """First what belongs to nobody, then one citizen's papers after another."""
    groups: dict[str | None, list[SpecimenFile]] = {None: []}
    for file in files:
        dossier = next((paper.dossier for paper in file.papers if paper.dossier), None)
        groups.setdefault(dossier, []).append(file)
    return groups


def _take_in(
    services: Services, dossier: str | None, group: Sequence[SpecimenFile], context: Context
) -> Sequence[Problem]:
    taken = intake(services, Intake(tuple(file.path for file in group), dossier or "mau"), context)
    processed = process_batches(services, taken.changes.batches, dossier, context)
    return [*taken.problems, *processed.problems]


def _attach_result(services: Services, file: SpecimenFile, context: Context) -> None:
    """The clerk says that this paper is what the procedure ends with."""
    [paper] = file.papers
    with services.catalog.read() as connection:
        [document] = [found for found in documents.find(connection) if found.name == file.path.name]
    if paper.dossier and document.component_code != checklist.RESULT:
        attach(services, Attach(document.id, paper.dossier, checklist.RESULT), context)


def _sign_everything(services: Services, context: Context) -> list[Problem]:
    """Sign in the order of the law until no paper waits: each pass gives every paper its next signature."""
    problems: list[Problem] = []
    while waiting := signing_list(services):
        if problems:
            break
        for role, identity in SIGNERS.items():
            ids = tuple(row.document_id for row in waiting if row.role == role)
            signer = Signer(
                identity, role, Level.B_LT, (trust_folder(services.home),), services.home, "practice:"
            )
            if ids:
                problems += sign_documents(services, SignDocuments(ids, signer), context).problems
    return problems


def _all_documents(services: Services) -> tuple[str, ...]:
    with services.catalog.read() as connection:
        return tuple(document.id for document in documents.find(connection) if document.pdf_digest)


def _finish(services: Services, case: SpecimenDossier, context: Context) -> DossierResult:
    """Close and deposit a complete dossier; say what an incomplete one lacks."""
    held = checklist_of(services, case.code)
    names = {item.component.code: item.component.name for item in held.items}
    missing = tuple(names[code] for code in held.missing)
    if missing:
        return DossierResult(case.code, case.procedure, False, missing, None, None)
    close_dossier(services, CloseDossier(case.code), context)
    receipt = deposit(services, Deposit(case.code), context).value
    return DossierResult(case.code, case.procedure, True, (), receipt.key, receipt)


def _rows(
    services: Services, file: SpecimenFile, verdicts: dict[str, FileVerdict], per_page: float
) -> list[PaperResult]:
    with services.catalog.read() as connection:
        of_file = [document for document in documents.find(connection) if document.name == file.path.name]
    rows = []
    for document, paper in zip(of_file, _padded(file.papers, len(of_file)), strict=True):
        verdict = verdicts.get(document.id)
        rows.append(
            PaperResult(
                file.path.name,
                document.kind_code,
                document.kind_name,
                paper.kind if paper else "",
                document.kind_confidence,
                len(document.page_ids),
                services.blobs.path(document.pdf_digest).stat().st_size if document.pdf_digest else 0,
                _accuracy(services, document, paper) if paper else None,
                per_page * len(document.page_ids),
                len(verdict.signatures) if verdict else 0,
                verdict.verdict if verdict else "",
            )
        )
    return rows


def _padded(papers: Sequence[SpecimenPaper], count: int) -> list[SpecimenPaper | None]:
    """One expected paper per document found; None where the file was cut otherwise than it was made."""
    return [*papers[:count], *[None] * (count - len(papers))]


def _accuracy(services: Services, document: Document, paper: SpecimenPaper) -> float | None:
    known = "\n".join(page.text for page in paper.pages)
    if not known.strip() or document.kind_code == SEPARATOR:
        return None
    with services.catalog.read() as connection:
        of_document = pages.of_document(connection, document.id)
    readings = [reading_of(services, page) for page in of_document]
    return character_error_rate(known, "\n".join(reading.text.text for reading in readings if reading))
