"""Say of a signed PDF whether it is what was signed, and who signed it.

Two questions are kept apart (decision 7): `content` - is what a reader sees what was signed - and `trust` -
who signed, was the certificate good then. No network is used without consent. Nothing raises out of `verify`:
what cannot be checked is said so for that signature or file, and the others go on.
"""

from __future__ import annotations

import logging
import mmap
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import x509

from signing.changes import review as changes_review
from signing.changes.review import Step
from signing.errors import FileUnreadable, TooComplex
from signing.model import Content, FileVerdict, OnlineAccess, Reason, Trust, Verdict
from signing.pdf import enumeration, opening, revisions
from signing.pdf.byteranges import Digests
from signing.pdf.enumeration import FoundSignature
from signing.trust import online, security_store
from signing.trust.chain import Evidence
from signing.trust.online import Gathered
from signing.trust.store import TrustStore
from signing.verify import conclusions, guards, guards_active, guards_overlap, verdicts
from signing.verify import signature as verify_signature
from signing.verify.conclusions import Whole
from signing.verify.signature import Checked
from signing.verify.standing import Grounds

_UNREADABLE = {"password": "file_needs_password", "not_pdf": "file_not_pdf", "encryption": "file_encryption"}
_DOUBTFUL = frozenset({"file_repaired", "annotations_overlap", "content_outside"})
"""What leaves open what a reader sees, though nothing was changed."""
_HEADER_WITHIN = 1024
"""Bytes: further on, viewers do not look for the header either (ISO 32000-1 annex H, note 13)."""
log = logging.getLogger(__name__)


def verify(
    path: Path, trust: TrustStore, at: datetime | None = None, access: OnlineAccess | None = None
) -> FileVerdict:
    """Check every signature of the file at `path`; `at` (default now) is when the question is asked.

    Without `access` neither the network nor the cache of earlier answers is used.

    Law: TT 15/2025/TT-BKHCN PL II; ISO 32000-2 12.8. Never raises for what is in the file.
    """
    moment = at or datetime.now(UTC)
    try:
        with opening.mapped(path) as data:
            if data.find(b"%PDF-", 0, _HEADER_WITHIN) < 0:
                raise FileUnreadable(why="not_pdf")  # or gigabytes would be searched for something to repair
            if size := guards.oversized(data):
                return _unreadable(Reason("cms_too_big", {"bytes": size}))
            with opening.opened(data, len(data), path) as newest:
                return _verify(data, newest, path.stem, _Request(trust, moment, access))
    except FileUnreadable as problem:
        code = _UNREADABLE.get(str(problem.facts.get("why")), problem.code)
        return _unreadable(Reason(code, problem.facts))
    except TooComplex as problem:
        return _unreadable(Reason(problem.code, problem.facts))
    except MemoryError:
        raise
    except Exception as problem:  # the last resort: one file must not stop an archive
        log.exception("a file could not be checked")
        return _unreadable(Reason("internal_error", {"why": type(problem).__name__}))


@dataclass(frozen=True, slots=True)
class _Request:
    trust: TrustStore
    at: datetime
    access: OnlineAccess | None


def _verify(data: mmap.mmap, newest: opening.Opened, name: str, request: _Request) -> FileVerdict:
    all_found = enumeration.find(newest.pdf)
    found = all_found[: enumeration.MAX_SIGNATURES]
    lost = tuple(guards.hidden(data, all_found))
    removed = tuple(each for each in lost if each.code == "signature_removed")
    residual = tuple(each for each in lost if each.code != "signature_removed")
    if not found:
        if residual and newest.repaired:
            removed = (*removed, Reason("file_repaired"))
        return _unsigned(name, removed, residual)
    checked = _check_all(data, found, newest.pdf.is_encrypted, request, security_store.read(newest.pdf))
    steps = _steps(data, checked)
    whole = _whole(data, newest, removed, residual, steps)
    if len(all_found) > len(found) and whole.content is not Content.ALTERED:
        whole = Whole(Content.UNCHECKED, (Reason("too_many_signatures", {"checked": len(found)}),))
    signatures = tuple(conclusions.conclude(each, checked, steps, len(data), whole) for each in checked)
    content = verdicts.worst_content([signature.content for signature in signatures])
    signers = [signature.chain for signature in signatures if not signature.is_timestamp]
    return FileVerdict(
        content=content,
        trust=verdicts.worst_trust(signers or [signature.chain for signature in signatures]),
        verdict=verdicts.of_file(content, signatures),
        signatures=signatures,
        reasons=whole.reasons,
        warnings=whole.warnings if signers else (*whole.warnings, Reason("only_timestamp")),
    )


def _check_all(
    data: mmap.mmap,
    found: Sequence[FoundSignature],
    encrypted: bool,
    request: _Request,
    evidence: Evidence,
) -> list[Checked]:
    """Time stamps first: they prove by when the signatures before them existed."""
    stamps: list[tuple[int, datetime]] = []

    def proven(end: int) -> datetime | None:
        return min((time for covered, time in stamps if covered > end), default=None)

    grounds = Grounds(request.trust, evidence, request.at, proven, _asker(request))
    digests = Digests(data)
    results: dict[int, Checked] = {}  # by place: two fields may bear the same name
    for place, each in sorted(enumerate(found), key=lambda entry: not entry[1].is_timestamp):
        checked = results[place] = _isolated(data, digests, each, encrypted, grounds)
        trusted = checked.integrity == "intact" and checked.standing.chain.chain is Trust.TRUSTED
        if each.is_timestamp and trusted and checked.covered is not None and checked.time is not None:
            stamps.append((checked.covered.end, checked.time))
    return [results[place] for place in range(len(found))]


def _asker(request: _Request) -> Callable[[x509.Certificate, Evidence], Gathered]:
    """Asks once per certificate of a file, however many signatures it made."""
    answers: dict[bytes, Gathered] = {}
    access = request.access
    deadline = time.monotonic() + (access.total_s if access is not None else 0)

    def ask(cert: x509.Certificate, brought: Evidence) -> Gathered:
        if access is None:
            return Gathered()
        leaf = cert.dump()
        if leaf not in answers:
            came = tuple(each.dump() for each in brought.certificates)
            known = TrustStore(request.trust.roots, (*request.trust.intermediates, *came))
            left = replace(access, total_s=deadline - time.monotonic())
            answers[leaf] = online.gather(leaf, known, left)
        return answers[leaf]

    return ask


def _isolated(
    data: mmap.mmap, digests: Digests, found: FoundSignature, encrypted: bool, grounds: Grounds
) -> Checked:
    """One signature; whatever goes wrong in it is said of it alone."""
    try:
        return verify_signature.check(data, digests, found, encrypted, grounds)
    except MemoryError:
        raise
    except Exception as problem:
        log.exception("a signature could not be checked")
        reason = Reason("internal_error", {"why": type(problem).__name__})
        return verify_signature.uncheckable(found, None, "unchecked", reason)


def _steps(data: mmap.mmap, checked: Sequence[Checked]) -> tuple[Step, ...]:
    """The states of the file at each signature and now, compared one after the other."""
    ends = sorted({each.covered.end for each in checked if each.covered is not None})
    if ends and data[ends[-1] :].strip(b"\x00\t\n\x0c\r "):
        ends.append(len(data))
    return changes_review.review(data, ends)


def _whole(
    data: mmap.mmap,
    newest: opening.Opened,
    removed: tuple[Reason, ...],
    residual: tuple[Reason, ...],
    steps: Sequence[Step],
) -> Whole:
    """The guards that ask nothing of a signature."""
    reasons, warnings = list(removed), list(residual)
    trailing = guards.trailing_bytes(data)
    ends = [step.start for step in steps] + [step.end for step in steps[-1:]]
    if len(ends) > 1 and (
        revisions.unaccounted(data, ends) or revisions.listed_twice(data, ends[0], ends[-1])
    ):
        reasons.append(Reason("update_not_linked"))
    elif trailing:
        reasons.append(Reason("trailing_bytes", {"bytes": trailing}))
    if guards.repaired(data, newest):
        # Broken when it was signed is the signer's fault; broken afterwards is how the 2019 attacks work.
        (reasons if steps or trailing else warnings).append(Reason("file_repaired"))
    warnings += [*guards_overlap.find(newest.pdf), *guards_active.find(newest.pdf)]
    if reasons:
        return Whole(Content.ALTERED, tuple(reasons), tuple(warnings))
    doubtful = any(each.code in _DOUBTFUL for each in warnings)
    return Whole(Content.WARN if doubtful else Content.AS_SIGNED, (), tuple(warnings))


def _unsigned(name: str, removed: tuple[Reason, ...], residual: tuple[Reason, ...]) -> FileVerdict:
    if removed:
        return FileVerdict(
            Content.ALTERED, Trust.UNKNOWN, Verdict.INVALID, reasons=removed, warnings=residual
        )
    named = (Reason("named_signed"),) if guards.named_signed(name) else ()
    return FileVerdict(Content.UNSIGNED, Trust.UNKNOWN, Verdict.UNSIGNED, warnings=(*residual, *named))


def _unreadable(reason: Reason) -> FileVerdict:
    return FileVerdict(Content.UNCHECKED, Trust.UNKNOWN, Verdict.UNDETERMINED, reasons=(reason,))
