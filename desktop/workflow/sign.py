"""Sign documents and files: one identity, one PIN, many files; the first wrong PIN stops the batch."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.problems import KNOWN, problem_of
from desktop.workflow.services import Services, now
from signing import locate
from signing.model import Certificate, Level, MarkData, Sealed, SealRequest, SigningRole
from signing.seal import SealSession, prepare, seal_with
from signing.trust import load
from storage import documents, journal, versions
from storage.model import Document, DocumentState, DocumentVersion


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs and how: everything of a signature that does not depend on the file."""

    identity: str
    """Address of the identity."""
    role: SigningRole
    level: Level
    trust: tuple[Path, ...]
    home: Path
    tsa: str = ""
    mark: MarkData | None = None
    """None: the practice office's own, or agency and name of the certificate."""
    accept_unchecked: bool = False


@dataclass(frozen=True, slots=True)
class SignFiles:
    """Sign each of `paths` into the `outputs` of the same place."""

    paths: tuple[Path, ...]
    outputs: tuple[Path, ...]
    signer: Signer


@dataclass(frozen=True, slots=True)
class SignDocuments:
    """Sign these documents; `numbers` gives the number and symbol that the registry fills in."""

    document_ids: tuple[str, ...]
    signer: Signer
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one file or document."""

    subject: str
    sealed: Sealed | None = None
    problem: Problem | None = None


def sign_files(command: SignFiles, context: Context) -> Outcome[tuple[Signed, ...]]:
    """One entry per file. Raises what stops everything: no identity, wrong PIN, refused certificate."""
    results: list[Signed] = []
    with session_of(command.signer, context) as (session, mark):
        request = SealRequest(command.signer.role, command.signer.level, mark)
        for count, (path, out) in enumerate(zip(command.paths, command.outputs, strict=True), 1):
            try:
                results.append(Signed(str(path), seal_with(session, path, out, request)))
            except KNOWN as error:
                results.append(Signed(str(path), problem=problem_of(error, str(path))))
            context.progress("progress.sign", count, len(command.paths), path.name)
    return Outcome(tuple(results), problems=_problems(results))


def sign_documents(
    services: Services, command: SignDocuments, context: Context
) -> Outcome[tuple[Signed, ...]]:
    """One entry per document; one that has this signature already is left alone."""
    results: list[Signed] = []
    with session_of(command.signer, context) as (session, mark):
        for count, document_id in enumerate(command.document_ids, 1):
            number = command.numbers.get(document_id, "")
            results.append(_sign_document(services, session, command.signer, document_id, mark, number))
            context.progress("progress.sign", count, len(command.document_ids), document_id)
    changed = Changes(documents=frozenset(entry.subject for entry in results if entry.sealed))
    return Outcome(tuple(results), changed, _problems(results))


@contextmanager
def session_of(signer: Signer, context: Context) -> Iterator[tuple[SealSession, MarkData]]:
    """Open the identity, ask for the PIN once, check the certificate once."""
    with locate.identity(signer.identity, context.ask_pin, signer.home) as identity:
        authority = locate.tsa(signer.tsa, signer.home) if signer.tsa and signer.level != Level.B_B else None
        session = prepare(identity, load(signer.trust), authority, signer.accept_unchecked)
        yield session, signer.mark or _mark(signer, identity.certificate)


def _mark(signer: Signer, certificate: Certificate) -> MarkData:
    scheme, _, name = signer.identity.partition(":")
    if scheme == "practice":
        return locate.practice(signer.home).mark(name)
    return MarkData(certificate.organisation or certificate.subject, certificate.subject)


def _sign_document(
    services: Services, session: SealSession, signer: Signer, document_id: str, mark: MarkData, number: str
) -> Signed:
    with services.catalog.read() as connection:
        document = documents.get(connection, document_id)
        done = versions.step(connection, document_id, signer.role)
    if done is not None:
        return Signed(document_id)
    if document.pdf_digest is None:
        return Signed(document_id, problem=Problem("no_file_yet", {"name": document.name}, document_id))
    request = SealRequest(signer.role, signer.level, replace(mark, number=number))
    try:
        with tempfile.TemporaryDirectory(prefix="tramso-") as folder:
            out = Path(folder) / "signed.pdf"
            sealed = seal_with(session, services.blobs.path(document.pdf_digest), out, request)
            digest = services.blobs.put(out)
        _record(services, document, signer.role, digest, sealed)
    except KNOWN as error:
        return Signed(document_id, problem=problem_of(error, document.name))
    return Signed(document_id, sealed)


def _record(services: Services, document: Document, role: SigningRole, digest: str, sealed: Sealed) -> None:
    with services.catalog.write() as connection:
        made = DocumentVersion(document.id, role, digest, now(), services.actor)
        versions.add(connection, document, made, DocumentState.SEALED)
        details = {
            "role": role.value,
            "digest": digest,
            "certificate": sealed.signer.fingerprint,
            "warnings": list(sealed.warnings),
        }
        journal.append(connection, made.made_at, services.actor, "document_signed", document.id, details)


def _problems(results: list[Signed]) -> tuple[Problem, ...]:
    return tuple(entry.problem for entry in results if entry.problem)
