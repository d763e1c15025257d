"""A signed file is proved before it replaces anything: earlier bytes untouched, every signature intact."""

from __future__ import annotations

import logging
import mmap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffPolicy,
    DiffResult,
    FormUpdatingRule,
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.errors import CoverageBroken, FileUnreadable, NotAllowed, NotSignable, ProofFailed
from signing.pdf import byteranges, enumeration, opening
from signing.pdf.byteranges import Digests
from signing.pdf.enumeration import FoundSignature
from signing.pdf.signable import MALFORMED, embedded, open_writer
from signing.trust.names import describe
from signing.verify import cms as verify_cms

# pyHanko logs a traceback for every change it does not allow; what it finds is our answer and no incident.
logging.getLogger("pyhanko.sign.diff_analysis").setLevel(logging.CRITICAL)
_BLOCK = 1 << 20
_DIFF_LIMIT = 8
"""Earlier signatures whose changes are compared; the cost grows faster than their number."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What stands in a file before another signature is added."""

    signatures: tuple[FoundSignature, ...]
    intact: dict[str, bool | None]
    """By field name; None where it cannot be told."""
    explained: frozenset[str]
    """Fields whose later changes pyHanko could account for; ours must not end that."""
    field_names: frozenset[str]

    def warnings(self) -> tuple[str, ...]:
        codes = []
        if False in self.intact.values():
            codes.append("earlier_signature_broken")
        if None in self.intact.values():
            codes.append("earlier_signature_unchecked")
        return tuple(codes)


@dataclass(frozen=True, slots=True)
class Proof:
    """A signed file that stood the check."""

    stamped: datetime | None
    """The time stamp of the last new signature, if it has one."""
    warnings: tuple[str, ...] = ()


CERTIFIED_POLICY = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(allow_new_visible_after_certify=True),
            SigFieldModificationRule(),
            GenericFieldModificationRule(),
        ]
    ),
)
"""As real papers are made here: certified with P=2 by the signer, then visibly sealed (20 of 119)."""


def survey(path: Path) -> Earlier:
    """Look at every signature in a file before another is added. Raises NotSignable."""
    try:
        with opening.mapped(path) as data, opening.opened(data, len(data), path) as newest:
            signatures = enumeration.find(newest.pdf)
            names = frozenset(name for name, *_ in enumeration.fields(newest.pdf))
            digests = Digests(data)
            intact = {each.name: _state(digests, data, each)[0] for each in signatures}
    except FileUnreadable as error:
        raise NotSignable(reason="broken") from error
    wanted = [name for name, state in intact.items() if state][-_DIFF_LIMIT:]
    return Earlier(signatures, intact, _explained(path, wanted), names)


def roles_signed(path: Path, fingerprint: str) -> frozenset[str]:
    """The roles in which this certificate has signed the file with us already. Raises NotSignable."""
    found = set()
    try:
        with opening.mapped(path) as data, opening.opened(data, len(data), path) as newest:
            for each in enumeration.find(newest.pdf):
                if each.declared_role and _signer(data, each) == fingerprint:
                    found.add(each.declared_role)
    except FileUnreadable as error:
        raise NotSignable(reason="broken") from error
    return frozenset(found)


def _signer(data: mmap.mmap, signature: FoundSignature) -> str:
    """Fingerprint of who made an intact signature; empty for a broken one."""
    try:
        covered = _extent(data, signature)
    except CoverageBroken:
        return ""
    found = verify_cms.check(covered.der, byteranges.digester(data, covered), signature.subfilter)
    if found.integrity != "intact" or found.signer is None:
        return ""
    return describe(found.signer).fingerprint


def prove(source: Path, signed: Path, before: Earlier, new: Sequence[str]) -> Proof:
    """Check the freshly signed file.

    Raises ProofFailed, or NotAllowed where the new signature would make an earlier one look broken.
    """
    if not _begins_with(signed, source):
        raise ProofFailed(why="earlier_bytes_changed")
    try:
        with opening.mapped(signed) as data, opening.opened(data, len(data), signed) as newest:
            after = {each.name: each for each in enumeration.find(newest.pdf)}
            if newest.repaired or not {*before.intact, *new} <= set(after):
                raise ProofFailed(why="unreadable")
            digests = Digests(data)
            for name, intact in before.intact.items():
                if intact and not _state(digests, data, after[name])[0]:
                    raise ProofFailed(why="earlier_signature", field=name)
            # An archive time stamp came along with the signature: it is proved like it.
            stamps = {
                name: _prove_new(digests, data, each)
                for name, each in after.items()
                if name not in before.intact
            }
    except FileUnreadable as error:
        raise ProofFailed(why="unreadable") from error
    spoilt = before.explained - _explained(signed, before.explained)
    if spoilt - _explained(signed, spoilt, CERTIFIED_POLICY):
        raise NotAllowed(reason="would_break", field=min(spoilt))
    return Proof(stamps[new[-1]], ("certified_before",) if spoilt else ())


def _prove_new(digests: Digests, data: mmap.mmap, signature: FoundSignature) -> datetime | None:
    intact, stamp = _state(digests, data, signature)
    if not intact or not byteranges.ends_a_revision(data, _extent(data, signature).end):
        raise ProofFailed(why="new_signature", field=signature.name)
    return stamp


def _state(
    digests: Digests, data: mmap.mmap, signature: FoundSignature
) -> tuple[bool | None, datetime | None]:
    """(whether digest, signature value and time stamp agree, the stamped time); None: cannot be checked."""
    try:
        covered = _extent(data, signature)
    except CoverageBroken:
        return False, None
    digest = digests.of(covered)
    if signature.is_timestamp:
        token = verify_cms.check_token(covered.der, digest)
        return _KNOWN.get(token.state), token.time
    found = verify_cms.check(covered.der, digest, signature.subfilter)
    states = {found.integrity, *(token.state for token in found.tokens)}
    state = next(each for each in ("broken", "unchecked", "intact") if each in states)
    return _KNOWN.get(state), next((token.time for token in found.tokens), None)


_KNOWN = {"intact": True, "broken": False}


def _extent(data: mmap.mmap, signature: FoundSignature) -> byteranges.Extent:
    return byteranges.extent(data, signature.byte_range, signature.contents)


def _explained(
    path: Path, names: Collection[str], policy: DiffPolicy = DEFAULT_DIFF_POLICY
) -> frozenset[str]:
    """Those of these fields whose later changes pyHanko accounts for: the strictest reader people have.

    Raises NotSignable.
    """
    if not names:
        return frozenset()
    with path.open("rb") as file:
        reader = open_writer(file).prev
        try:
            found = [item for item in embedded(reader) if item.field_name in names]
        except MALFORMED as error:
            raise NotSignable(reason="broken") from error
        return frozenset(item.field_name for item in found if _is_explained(item, policy))


def _is_explained(signature: EmbeddedPdfSignature, policy: DiffPolicy) -> bool:
    try:
        signature.compute_integrity_info(policy)
        return isinstance(signature.diff_result, DiffResult)
    except MALFORMED:
        return False


def _begins_with(whole: Path, start: Path) -> bool:
    with whole.open("rb") as longer, start.open("rb") as shorter:
        while block := shorter.read(_BLOCK):
            if longer.read(len(block)) != block:
                return False
        return bool(longer.read(1))
