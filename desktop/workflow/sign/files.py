"""Sign documents and files: one identity, one PIN, many files; the first wrong PIN stops the batch."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from desktop.workflow.job import Changes, Context, Outcome, Problem
from desktop.workflow.problems import KNOWN, StepFailed, problem_of
from desktop.workflow.services import Services, now
from desktop.workflow.sign import authority, hand_over
from desktop.workflow.sign.check import words_of
from signing import locate
from signing.errors import (
    AuthorisationRefused,
    IdentityMissing,
    LoginReleased,
    PinLocked,
    PinWrong,
    SigningStopped,
    StatusUnknown,
)
from signing.model import (
    Certificate,
    CopyForm,
    Level,
    MarkData,
    OnlineAccess,
    Placement,
    Sealed,
    SealRequest,
    SigningRole,
)
from signing.presign import evidence
from signing.presign.model import CertificateCheck
from signing.seal.proof import roles_signed
from signing.seal.session import SealSession, prepare, seal_with
from signing.seal.working_copy import clear_abandoned
from signing.trust import online
from signing.trust.store import RevocationSource, TrustStore, load
from storage.catalog import documents, journal, versions
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
    esign: bool = False
    """The office has turned the connector to the national gateway on."""
    copy: CopyForm = CopyForm.SAO_Y
    """What kind of copy files are certified as; a document's own kind tells it."""
    online: OnlineAccess | None = None
    """How the status of certificates is asked for; None: only what the trusted folders hold."""


STOPPING = (PinWrong, PinLocked, LoginReleased, IdentityMissing, AuthorisationRefused, SigningStopped)
"""What would go wrong with every further file too; going on with a wrong PIN would lock the token."""


@dataclass(frozen=True, slots=True)
class SignFiles:
    """Sign each of `paths` into the `outputs` of the same place."""

    paths: tuple[Path, ...]
    outputs: tuple[Path, ...]
    signer: Signer
    skip_signed: bool = False
    """Leave alone what this certificate has signed in this role: how a batch goes on after a power cut."""


@dataclass(frozen=True, slots=True)
class SignDocuments:
    """Sign these documents; `numbers` gives the number and symbol that the registry fills in."""

    document_ids: tuple[str, ...]
    signer: Signer
    numbers: Mapping[str, str] = field(default_factory=dict)
    placements: Mapping[str, Placement] = field(default_factory=dict)
    """Where a person put the mark; others stand where their role says."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one file or document."""

    subject: str
    sealed: Sealed | None = None
    problem: Problem | None = None
    checked: CertificateCheck | None = None
    """On what the certificate was found good, where something was signed."""


def sign_files(command: SignFiles, context: Context) -> Outcome[tuple[Signed, ...]]:
    """One entry per file. Raises what stops everything: no identity, wrong PIN, refused certificate."""
    for folder in {out.parent for out in command.outputs}:
        clear_abandoned(folder)
    with session_of(command.signer, context) as (session, mark):
        made = replace(mark, copy=command.signer.copy)
        request = SealRequest(command.signer.role, command.signer.level, made)
        outputs = dict(zip(map(str, command.paths), command.outputs, strict=True))

        def sign(subject: str) -> Sealed | None:
            out = outputs[subject]
            if command.skip_signed and out.is_file():
                fingerprint = session.certificate.fingerprint
                if command.signer.role in roles_signed(out, fingerprint):
                    return None
            sealed = seal_with(session, Path(subject), out, request)
            _keep_evidence(command.signer, sealed, session, subject, evidence.file_digest(out))
            return sealed

        results = _each(tuple(outputs), sign, session, context)
    return Outcome(results, problems=_problems(results))


def sign_documents(
    services: Services, command: SignDocuments, context: Context
) -> Outcome[tuple[Signed, ...]]:
    """One entry per document; one that has this signature already is left alone."""
    with session_of(command.signer, context) as (session, mark):

        def sign(document_id: str) -> Sealed | None:
            request = SealRequest(
                command.signer.role,
                command.signer.level,
                replace(mark, number=command.numbers.get(document_id, "")),
                command.placements.get(document_id),
            )
            return _sign_document(services, session, command.signer, document_id, request)

        results = _each(command.document_ids, sign, session, context)
    changed = Changes(documents=frozenset(entry.subject for entry in results if entry.sealed))
    return Outcome(results, changed, _problems(results))


def _each(
    subjects: Sequence[str], sign: Callable[[str], Sealed | None], session: SealSession, context: Context
) -> tuple[Signed, ...]:
    """What became of each; after a failure that stops the batch the rest is said to be unsigned."""
    results: list[Signed] = []
    stopped = False
    size = session.gathering.limit if session.gathering else 1
    for group in (subjects[start : start + size] for start in range(0, len(subjects), size)):
        if stopped:
            results += [
                Signed(subject, problem=Problem("sign_not_reached", {}, subject)) for subject in group
            ]
            continue
        works = [partial(sign, subject) for subject in group]
        ended = session.gathering.run(works) if session.gathering else map(_now, works)
        for subject, work in zip(group, ended, strict=True):
            try:
                sealed = work.result()
                results.append(Signed(subject, sealed, checked=session.checked if sealed else None))
            except (*KNOWN, StepFailed) as error:
                context.check()
                results.append(Signed(subject, problem=problem_of(error, subject)))
                stopped = stopped or isinstance(error, STOPPING)
            context.progress("progress.sign", len(results), len(subjects), subject)
    return tuple(results)


def _now(work: Callable[[], Sealed | None]) -> Future[Sealed | None]:
    done: Future[Sealed | None] = Future()
    try:
        done.set_result(work())
    except (*KNOWN, StepFailed) as error:
        done.set_exception(error)
    return done


@contextmanager
def session_of(signer: Signer, context: Context) -> Iterator[tuple[SealSession, MarkData]]:
    """Open the identity, ask for the PIN once, check the certificate once and ask about it once at most."""
    if signer.identity.startswith("esign:") and not signer.esign:
        raise StepFailed(Problem("esign_off"))
    with locate.identity(signer.identity, context.ask_pin, signer.home, context.stop) as identity:
        stamped = signer.tsa and signer.level != Level.B_B
        authority = locate.tsa(signer.tsa, signer.home, context.stop) if stamped else None
        asked = _source(signer.online)

        def consent(unknown: StatusUnknown) -> bool:
            # The long-term levels carry the proof of the status: there is none to carry (EN 319 142-1, 5.4).
            provable = signer.level in (Level.B_B, Level.B_T)
            return provable and context.consent(Problem(unknown.code, unknown.facts))

        session = prepare(identity, load(signer.trust), authority, consent, asked)
        yield session, signer.mark or _mark(signer, identity.certificate)


def _source(access: OnlineAccess | None) -> RevocationSource | None:
    if access is None:
        return None

    def ask(leaf: bytes, known: TrustStore) -> TrustStore:
        return online.gather(leaf, known, access).store

    return ask


def _mark(signer: Signer, certificate: Certificate) -> MarkData:
    scheme, _, name = signer.identity.partition(":")
    if scheme == "practice":
        return locate.practice(signer.home).mark(name)
    return MarkData(certificate.organisation or certificate.subject, certificate.subject)


def _sign_document(
    services: Services, session: SealSession, signer: Signer, document_id: str, request: SealRequest
) -> Sealed | None:
    with services.catalog.read() as connection:
        document = documents.get(connection, document_id)
        done = versions.step(connection, document_id, signer.role)
    if done is not None:
        return None
    if document.pdf_digest is None:
        raise StepFailed(Problem("no_file_yet", {"name": document.name}, document_id))
    refused = authority.refusal(services, document, signer.role, session.certificate, now().date())
    if refused is not None:
        raise StepFailed(refused)
    request = replace(request, mark=replace(request.mark, copy=_copy_form(document)))
    with tempfile.TemporaryDirectory(prefix="tramso-") as folder:
        out = Path(folder) / "signed.pdf"
        source, words = services.blobs.path(document.pdf_digest), words_of(services, document)
        sealed = seal_with(session, source, out, request, words)
        digest = services.blobs.put(out)
    _keep_evidence(signer, sealed, session, document_id, digest)
    _record(services, document, signer.role, digest, sealed)
    return sealed


def _copy_form(document: Document) -> CopyForm:
    """A document that calls itself BẢN SAO LỤC or BẢN TRÍCH SAO is certified as such."""
    kinds = {f"ban_{form}": form for form in CopyForm}
    return kinds.get(document.kind_code, CopyForm.SAO_Y)


def _keep_evidence(signer: Signer, sealed: Sealed, session: SealSession, subject: str, digest: str) -> None:
    evidence.keep(evidence_folder(signer.home), sealed, session.checked, subject, digest)


def evidence_folder(home: Path) -> Path:
    """Where a profile keeps what its signatures rested on."""
    return home / "evidence"


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
        hand_over.signed(connection, document, role, services.actor)


def _problems(results: Sequence[Signed]) -> tuple[Problem, ...]:
    return tuple(entry.problem for entry in results if entry.problem)
