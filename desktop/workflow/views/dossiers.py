"""What the counter asks: which dossiers there are, and what each has and lacks."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop.workflow.dossiers.attach import procedure_of
from desktop.workflow.services import Services
from desktop.workflow.views.papers import paper_rows
from desktop.workflow.views.rows import ChecklistItem, DossierRow, DossierView, PackageRow
from storage.catalog import documents, dossiers, packages
from storage.dossier import checklist
from storage.dossier.checklist import Filling
from storage.model import Dossier


def list_dossiers(services: Services) -> tuple[DossierRow, ...]:
    """Every dossier by code."""
    with services.catalog.read() as connection:
        return tuple(_row(connection, dossier) for dossier in dossiers.find(connection))


def dossier(services: Services, code: str) -> DossierView:
    """A dossier with its checklist. Raises NotFound."""
    with services.catalog.read() as connection:
        found = dossiers.by_code(connection, code)
        inside = documents.find(connection, dossier_id=found.id)
        held = checklist.check(procedure_of(found), inside, found.cases)
        papers = {row.id: row for row in paper_rows(connection, inside)}
        items = tuple(
            ChecklistItem(
                item.component.code,
                item.component.name,
                item.filling,
                tuple(papers[id] for id in item.document_ids),
            )
            for item in held.items
        )
        results = tuple(papers[id] for id in held.result_ids)
        loose = tuple(papers[id] for id in held.surplus_ids)
        return DossierView(_row(connection, found), items, results, loose)


def list_packages(services: Services) -> tuple[PackageRow, ...]:
    """Every package, with where it was deposited."""
    with services.catalog.read() as connection:
        receipts = {receipt.package_id: receipt for receipt in packages.receipts(connection)}
        rows = []
        for owner in dossiers.find(connection):
            for package in packages.of_dossier(connection, owner.id):
                receipt = receipts.get(package.id)
                rows.append(
                    PackageRow(
                        package.id,
                        owner.code,
                        owner.title,
                        package.profile,
                        package.size,
                        package.made_at,
                        package.digest,
                        receipt.archive if receipt else None,
                        receipt.key if receipt else None,
                        receipt.deposited_at if receipt else None,
                    )
                )
        return tuple(rows)


def _row(connection: Connection, found: Dossier) -> DossierRow:
    procedure = procedure_of(found)
    held = checklist.check(procedure, documents.find(connection, dossier_id=found.id), found.cases)
    asked = [item for item in held.items if item.filling in (Filling.FILLED, Filling.MISSING)]
    return DossierRow(
        found.code,
        found.title,
        found.applicant,
        procedure.name,
        found.state,
        found.received_at,
        len(asked) - len(held.missing),
        len(asked),
    )
