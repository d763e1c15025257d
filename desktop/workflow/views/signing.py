"""What the signing tray shows: papers that wait, and the keys this profile knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from desktop import settings
from desktop.workflow.dossiers.attach import procedure_of
from desktop.workflow.job import Problem
from desktop.workflow.services import Services, now
from desktop.workflow.sign.authority import HOLDER_OF, refusal, roles_of
from desktop.workflow.sign.plan import next_role
from desktop.workflow.views.rows import IdentityRow, SigningRow
from signing import locate
from signing.model import Certificate, SigningRole
from storage.catalog import documents, dossiers, handover, versions
from storage.model import Dossier

PRACTICE = ("clerk", "official", "seal")


def signing_list(services: Services, role: SigningRole | None = None) -> tuple[SigningRow, ...]:
    """Documents that wait for a signature, in the order they were made; all roles, or one."""
    with services.catalog.read() as connection:
        by_id: Mapping[str, Dossier] = {dossier.id: dossier for dossier in dossiers.find(connection)}
        moved = handover.newest(connection)
        rows = []
        for document in documents.find(connection):
            if document.pdf_digest is None:
                continue
            dossier = by_id.get(document.dossier_id or "")
            steps = tuple(entry.step for entry in versions.of_document(connection, document.id))
            waits = next_role(document, steps, procedure_of(dossier) if dossier else None)
            if waits is None or role not in (None, waits):
                continue
            if document.id in moved and moved[document.id].holder is not HOLDER_OF[waits]:
                continue  # sent back, or not submitted yet
            rows.append(
                SigningRow(
                    document.id,
                    document.name,
                    document.kind_name,
                    dossier.code if dossier else None,
                    len(document.page_ids),
                    waits,
                    steps[1:],
                    document.version,
                )
            )
        return tuple(rows)


def identities(services: Services) -> tuple[IdentityRow, ...]:
    """The office's keys by their addresses, then the practice office's, once it was made."""
    return (*_added(services), *_practice(services))


def _added(services: Services) -> Iterator[IdentityRow]:
    """Their certificates are read when they are opened: each may sign in any role until then."""
    for address in settings.load(services.home).key_addresses():
        everything = tuple(role.value for role in SigningRole)
        yield IdentityRow(address, _label(address), "", None, everything, False, "unread")


def _label(address: str) -> str:
    """The part of an address that a person recognises: a file's name, a token's label, an account."""
    scheme, _, rest = address.partition(":")
    if scheme == "pkcs12":
        return Path(rest).name
    parts = urlsplit(rest)
    wanted = parse_qs(parts.query)
    return (
        " · ".join(filter(None, (parts.fragment, *wanted.get("cert", ()), *wanted.get("token", ())))) or rest
    )


def _practice(services: Services) -> Iterator[IdentityRow]:
    if not (services.home / "practice").is_dir():
        return
    for name in PRACTICE:
        address = f"practice:{name}"
        certificate = _practice_certificate(services.home, address)
        mine = roles_of(services.settings, certificate)
        yield IdentityRow(
            address,
            certificate.subject,
            certificate.organisation,
            certificate.not_after,
            tuple(role.value for role in SigningRole if role in mine),
            True,
            "ready" if certificate.not_before <= now() <= certificate.not_after else "expired",
        )


def refusal_before_pin(
    services: Services, document_id: str, role: SigningRole, address: str
) -> Problem | None:
    """Why this key may not sign this document; None where it may, or its certificate is behind a PIN."""
    if not address.startswith("practice:"):
        return None
    with services.catalog.read() as connection:
        document = documents.get(connection, document_id)
    certificate = _practice_certificate(services.home, address)
    return refusal(services, document, role, certificate, now().date())


@cache
def _practice_certificate(home: Path, address: str) -> Certificate:
    """Opened once: the practice office never changes, and every refresh of the window asks for it."""
    office = locate.practice(home)
    with locate.identity(address, lambda _: office.password(), home) as identity:
        return identity.certificate
