"""Say of a signed PDF whether it is what was signed, and who signed it.

Two questions are kept apart (DESIGN 5): `content` - is what a reader sees what was signed - and `trust` - who
signed, was the certificate good then. No network is used. Nothing raises out of `verify`: what cannot be
checked is said so for that signature or file, and the others go on.
"""

from __future__ import annotations

import logging
import mmap
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from signing import changes, enumeration, opening, security_store, verdicts, verify_signature
from signing.changes import Step
from signing.enumeration import FoundSignature
from signing.errors import FileUnreadable
from signing.model import Content, FileVerdict, Reason, SignatureVerdict, Trust, Verdict
from signing.names import describe
from signing.trust import TrustStore
from signing.verify_signature import Checked, Grounds

log = logging.getLogger(__name__)


def verify(path: Path, trust: TrustStore, at: datetime | None = None) -> FileVerdict:
    """Check every signature of the file at `path`; `at` (default now) is when the question is asked.

    Law: TT 15/2025/TT-BKHCN V1, V2, V5 and PL II; ISO 32000-2 12.8. Never raises for what is in the file.
    """
    moment = at or datetime.now(UTC)
    try:
        with opening.mapped(path) as data, opening.opened(data, len(data)) as newest:
            return _verify(data, newest, trust, moment)
    except FileUnreadable as problem:
        return _unreadable(Reason(problem.code, problem.facts))
    except MemoryError:
        raise
    except Exception as problem:  # the last resort: one file must not stop an archive
        log.exception("a file could not be checked")
        return _unreadable(Reason("internal_error", {"why": type(problem).__name__}))


def _verify(data: mmap.mmap, newest: opening.Opened, trust: TrustStore, at: datetime) -> FileVerdict:
    found = enumeration.find(newest.pdf)
    grounds = Grounds(trust, security_store.read(newest.pdf), at, lambda end: None)
    checked = [_isolated(data, each, newest.pdf.is_encrypted, grounds) for each in found]
    steps = _steps(data, checked)
    signatures = tuple(_conclude(data, each, steps) for each in checked)
    content = verdicts.worst_content([signature.content for signature in signatures])
    signers = [signature.chain for signature in signatures if not signature.is_timestamp]
    return FileVerdict(
        content=content,
        trust=verdicts.worst_trust(signers or [signature.chain for signature in signatures]),
        verdict=verdicts.of_file(content, signatures),
        signatures=signatures,
    )


def _isolated(data: mmap.mmap, found: FoundSignature, encrypted: bool, grounds: Grounds) -> Checked:
    """One signature; whatever goes wrong in it is said of it alone."""
    try:
        return verify_signature.check(data, found, encrypted, grounds)
    except MemoryError:
        raise
    except Exception as problem:
        log.exception("a signature could not be checked")
        reason = Reason("internal_error", {"why": type(problem).__name__})
        return verify_signature.uncheckable(found, None, "unchecked", reason)


def _steps(data: mmap.mmap, checked: Sequence[Checked]) -> tuple[Step, ...]:
    """The states of the file at each signature and now, compared one after the other."""
    ends = sorted({each.covered.end for each in checked if each.covered is not None})
    if ends and data[ends[-1] :].strip():
        ends.append(len(data))
    return tuple(changes.between(data, start, end) for start, end in pairwise(ends))


def _conclude(data: mmap.mmap, checked: Checked, steps: Sequence[Step]) -> SignatureVerdict:
    content = {"intact": Content.AS_SIGNED, "broken": Content.ALTERED}.get(
        checked.integrity, Content.UNCHECKED
    )
    end = checked.covered.end if checked.covered is not None else len(data)
    later = [step for step in steps if step.start >= end]
    edits = [edit for step in later for edit in step.edits]
    problems = tuple(step.problem for step in later if step.problem is not None)
    content = verdicts.worst_content(
        [content, changes.content_after(edits, checked.found), *([Content.UNCHECKED] if problems else [])]
    )
    whole = checked.covered is not None and not later
    return SignatureVerdict(
        field_name=checked.found.name,
        role=None,
        signer=describe(checked.signer) if checked.signer is not None else None,
        signing_time=checked.time,
        time_source=checked.time_source,
        integrity=checked.integrity,
        covers_whole_file=whole,
        changes_after=changes.told(edits, checked.found),
        chain=checked.chain.chain,
        revocation=checked.chain.revocation,
        algorithms=checked.algorithms,
        content=content,
        verdict=verdicts.of_signature(content, checked.chain.chain, checked.chain.revocation),
        warnings=checked.warnings,
        reasons=(*checked.reasons, *problems),
        is_timestamp=checked.found.is_timestamp,
    )


def _unreadable(reason: Reason) -> FileVerdict:
    return FileVerdict(Content.UNCHECKED, Trust.UNKNOWN, Verdict.UNDETERMINED, reasons=(reason,))
