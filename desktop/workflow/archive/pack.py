"""Pack a finished dossier for an archive and deposit it (TT 05/2025/TT-BNV)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection

from desktop.workflow.dossiers.attach import procedure_of
from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.problems import StepFailed
from desktop.workflow.services import Services, now
from storage.catalog import documents, dossiers, ids, journal, packages
from storage.model import DocumentState, Dossier, DossierState, Package, Receipt
from storage.package.build import build, zip_name
from storage.package.model import PackageInput, PackageProfile, PackageTerms
from storage.package.packing import collect
from storage.ports import Archive


@dataclass(frozen=True, slots=True)
class Pack:
    """Pack the closed dossier with this code."""

    code: str
    profile: PackageProfile = PackageProfile.SIP_HOSO


@dataclass(frozen=True, slots=True)
class Deposit:
    """Pack the dossier where that was not done, and put the package into the profile's archive."""

    code: str
    profile: PackageProfile = PackageProfile.SIP_HOSO


def pack(services: Services, command: Pack, context: Context) -> Outcome[Package]:
    """The package, kept as a blob; a dossier is packed once per form. Raises NotFound, Corrupt."""
    with services.catalog.read() as connection:
        dossier = dossiers.by_code(connection, command.code)
        known = _packed(connection, dossier, command.profile)
        content = _content(services, connection, dossier)
    if known is not None:
        return Outcome(known)
    with tempfile.TemporaryDirectory(prefix="tramso-") as folder:
        built = build(content, Path(folder) / "package.zip", command.profile)
        context.check()
        services.blobs.put(built.path)
    package = Package(
        ids.new_id(), dossier.id, command.profile, built.object_id, built.digest, built.size, content.made_at
    )
    with services.catalog.write() as connection:
        package = packages.add(connection, package)
        details = {"package": package.object_id, "digest": package.digest, "profile": package.profile}
        journal.append(connection, now(), services.actor, "dossier_packed", dossier.code, details)
    return Outcome(package, Changes(dossiers=frozenset({dossier.id})))


def deposit(
    services: Services, command: Deposit, context: Context, archive: Archive | None = None
) -> Outcome[Receipt]:
    """The archive's receipt; depositing again gives the first one. Raises ArchiveRefused, DiskFull."""
    archive = archive or services.archive
    package = pack(services, Pack(command.code, command.profile), context).value
    key = f"{command.code}/{zip_name(1, package.object_id)}"
    receipt = archive.deposit(package.id, key, services.blobs.path(package.digest), package.digest)
    with services.catalog.write() as connection:
        dossier = dossiers.by_code(connection, command.code)
        if receipt in packages.receipts(connection, package.id):
            return Outcome(receipt)
        packages.add_receipt(connection, receipt)
        if dossier.state is not DossierState.DEPOSITED:
            dossiers.save(connection, replace(dossier, state=DossierState.DEPOSITED))
        for document in documents.find(connection, dossier_id=dossier.id):
            documents.save(connection, replace(document, state=DocumentState.DEPOSITED))
        details = {"package": package.object_id, "digest": receipt.digest}
        journal.append(connection, now(), services.actor, "package_deposited", dossier.code, details)
    return Outcome(receipt, Changes(dossiers=frozenset({dossier.id})))


def _packed(connection: Connection, dossier: Dossier, profile: PackageProfile) -> Package | None:
    found = packages.of_dossier(connection, dossier.id)
    return next((package for package in found if package.profile == profile), None)


def _content(services: Services, connection: Connection, dossier: Dossier) -> PackageInput:
    if dossier.closed_at is None:
        raise StepFailed(Problem("dossier_open", {"code": dossier.code}))
    settings = services.settings
    terms = PackageTerms(
        settings.agency,
        settings.agency_code,
        settings.archive_name,
        settings.archive_code,
        maintenance=settings.retention,
        mode=settings.access,
    )
    return collect(
        connection,
        services.blobs,
        dossier,
        procedure_of(dossier),
        terms=terms,
        operator=services.actor,
        made_at=dossier.closed_at,  # not the clock: the same dossier packed again gives the same bytes
        program_version=version("tram-so"),
    )
