"""Rows of packages and of the receipts that archives gave for them. They are written once."""

from __future__ import annotations

from dataclasses import asdict

import sqlalchemy as sa

from storage.catalog import rows, tables
from storage.errors import Conflict
from storage.model import Package, Receipt

_PACKAGES = tables.packages
_RECEIPTS = tables.receipts


def add(connection: sa.Connection, package: Package) -> Package:
    """Keep a package; the same one again does nothing. Conflict if its object id names another file."""
    known = (
        connection.execute(sa.select(_PACKAGES).where(_PACKAGES.c.object_id == package.object_id))
        .mappings()
        .first()
    )
    if known is None:
        connection.execute(sa.insert(_PACKAGES).values(**asdict(package)))
        return package
    if known["digest"] != package.digest:
        raise Conflict(what="packages", id=package.object_id, found=known["digest"])
    return Package(**known)


def get(connection: sa.Connection, id: str) -> Package:
    """Raises NotFound."""
    return Package(**rows.one(connection, _PACKAGES, "id", id))


def of_dossier(connection: sa.Connection, dossier_id: str) -> tuple[Package, ...]:
    """Packages of a dossier, oldest first."""
    statement = sa.select(_PACKAGES).where(_PACKAGES.c.dossier_id == dossier_id).order_by(_PACKAGES.c.made_at)
    return tuple(Package(**row) for row in connection.execute(statement).mappings())


def add_receipt(connection: sa.Connection, receipt: Receipt) -> Receipt:
    """Keep a receipt; one per package and archive, the first one stays."""
    for known in receipts(connection, receipt.package_id):
        if known.archive == receipt.archive:
            return known
    connection.execute(sa.insert(_RECEIPTS).values(**asdict(receipt)))
    return receipt


def receipts(connection: sa.Connection, package_id: str | None = None) -> tuple[Receipt, ...]:
    """Receipts of one package, or all, oldest first."""
    statement = sa.select(_RECEIPTS).order_by(_RECEIPTS.c.deposited_at, _RECEIPTS.c.package_id)
    if package_id is not None:
        statement = statement.where(_RECEIPTS.c.package_id == package_id)
    return tuple(Receipt(**row) for row in connection.execute(statement).mappings())
