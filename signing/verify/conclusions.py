"""From the findings of one signature, and of what came after it, to its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signing.changes import review as changes_review
from signing.changes.model import Edit, Grade
from signing.changes.review import Step
from signing.model import Content, Reason, SignatureVerdict, Trust
from signing.trust.names import describe
from signing.trust.store import certificate
from signing.verify import roles, verdicts
from signing.verify.signature import Checked

_INTEGRITY = {"intact": Content.AS_SIGNED, "broken": Content.ALTERED}
_DOUBTFUL = frozenset({"cms_not_der", "cms_encapsulates"})
"""Forms of a signature on which verifiers disagree: intact to us, but the reader must be told."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What was found about the file as a whole, for every signature in it."""

    content: Content
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()


def conclude(
    checked: Checked, all_checked: Sequence[Checked], steps: Sequence[Step], size: int, whole: Whole
) -> SignatureVerdict:
    """The verdict for one signature of a file of `size` bytes, among all that it has."""
    end = checked.covered.end if checked.covered is not None else size
    later = [step for step in steps if step.start >= end]
    edits = [edit for step in later for edit in step.edits]
    problems = [step.problem for step in later if step.problem is not None]
    doubts = [Reason("view_not_compared")] if not all(step.looked_at for step in later) else []
    doubts += _strangers(checked, all_checked, edits)
    contents = [
        _INTEGRITY.get(checked.integrity, Content.UNCHECKED),
        changes_review.content_after(edits, checked.found),
        Content.UNCHECKED if problems else Content.AS_SIGNED,
        Content.ALTERED if checked.timestamp_broken else Content.AS_SIGNED,
        Content.WARN if any(each.code in _DOUBTFUL for each in checked.warnings) else Content.AS_SIGNED,
        Content.WARN if doubts else Content.AS_SIGNED,
        whole.content,
    ]
    content = verdicts.worst_content(contents)
    in_time = all(each.code != "expired_now_unproven_then" for each in checked.warnings)
    chain, signer = checked.standing.chain, describe(checked.signer) if checked.signer is not None else None
    return SignatureVerdict(
        field_name=checked.found.name,
        role=roles.guess(checked.found, signer),
        signer=signer,
        signing_time=checked.time,
        time_source=checked.time_source,
        integrity=checked.integrity,
        covers_whole_file=checked.covered is not None and not later,
        changes_after=changes_review.told(edits, checked.found),
        chain=chain.chain,
        revocation=chain.revocation,
        algorithms=checked.algorithms,
        content=content,
        verdict=verdicts.of_signature(content, chain.chain, chain.revocation, in_time),
        warnings=(*checked.warnings, *doubts),
        reasons=(*checked.reasons, *problems),
        is_timestamp=checked.found.is_timestamp,
        covered_bytes=checked.covered.end if checked.covered is not None else 0,
        status=checked.standing.status,
        stamped_by=describe(checked.stamped_by) if checked.stamped_by is not None else None,
        path=tuple(describe(certificate(der)) for der in chain.path),
    )


def _strangers(own: Checked, all_checked: Sequence[Checked], edits: Sequence[Edit]) -> list[Reason]:
    """Marks laid on the page by somebody whose certificate vouches for less than the signer's.

    Sneaky signatures (attacks on certified PDFs, 2021): anybody can make a certificate and draw with it.
    """
    marks = {edit.field_name for edit in edits if edit.grade is Grade.SIGNATURE and edit.shows}
    added = [each for each in all_checked if each.found.name in marks and _vouches_less(each, own)]
    return [Reason("added_by_unknown", {"field": each.found.name}) for each in added]


def _vouches_less(added: Checked, own: Checked) -> bool:
    if added.standing.chain.chain is Trust.TRUSTED or added.signer is None:
        return False
    if own.standing.chain.chain is Trust.TRUSTED:
        return True
    same = own.signer is not None and own.signer.dump() == added.signer.dump()
    return not same and added.signer.self_issued
