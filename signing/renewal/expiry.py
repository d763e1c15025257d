"""Until when a signature can be proved: certificates and stamps expire, hashes weaken (EN 319 102-1 5.6).

A signature rests on its own certificate; with revocation data in the file and a time stamp it rests on the
stamp; with document time stamps on the last of them. It must be renewed before what it rests on expires.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from signing.model import FileVerdict, SignatureVerdict, Trust

_WEAK = ("md5", "sha1")


@dataclass(frozen=True, slots=True)
class Renewal:
    """By when one signature must be given an archive time stamp, and why then."""

    field_name: str
    signer: str
    due: datetime
    why: str
    """weak_hash, no_time_stamp, no_status_data or stamp_expires."""
    overdue: bool
    """Nothing proves it any more; only what was proved earlier can help."""


def of_file(verdict: FileVerdict, at: datetime) -> tuple[Renewal, ...]:
    """One entry for each intact signature, the earliest first; `at` is now."""
    stamps = [
        each
        for each in verdict.signatures
        if each.is_timestamp and each.integrity == "intact" and each.chain is Trust.TRUSTED
    ]
    found = []
    for each in verdict.signatures:
        if each.integrity == "intact" and each.signer is not None and not each.is_timestamp:
            due, why = _rests_on(each, _over(each, stamps), at)
            found.append(Renewal(each.field_name, each.signer.subject, due, why, due < at))
    return tuple(sorted(found, key=lambda renewal: renewal.due))


def _over(signature: SignatureVerdict, stamps: Sequence[SignatureVerdict]) -> SignatureVerdict | None:
    """The newest sound document time stamp over a signature."""
    later = [each for each in stamps if each.covered_bytes > signature.covered_bytes and not _is_weak(each)]
    return max(later, key=lambda each: each.covered_bytes, default=None)


def _rests_on(
    signature: SignatureVerdict, stamp: SignatureVerdict | None, at: datetime
) -> tuple[datetime, str]:
    assert signature.signer is not None
    until = signature.signer.not_after
    has_status = any(data.source == "file" for data in signature.status)
    if stamp is not None and stamp.signer is not None:
        return (stamp.signer.not_after, "stamp_expires") if has_status else (until, "no_status_data")
    if _is_weak(signature):
        return min(at, until), "weak_hash"
    if signature.stamped_by is None:
        return until, "no_time_stamp"
    if not has_status:
        return min(until, signature.stamped_by.not_after), "no_status_data"
    return signature.stamped_by.not_after, "stamp_expires"


def _is_weak(signature: SignatureVerdict) -> bool:
    return signature.algorithms.startswith(_WEAK)
