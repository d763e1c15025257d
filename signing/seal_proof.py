"""A signed file is proved before it replaces anything: earlier bytes untouched, every signature intact."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from signing.errors import NotAllowed, ProofFailed
from signing.seal_document import MALFORMED, embedded

_BLOCK = 1 << 20
_DIFF_LIMIT = 8
"""Earlier signatures whose changes are compared; the cost grows faster than their number."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """How the signatures that were there before look."""

    intact: dict[str, bool | None]
    """By field name; None where it cannot be told."""
    unreadable: int
    explained: frozenset[str]
    """Fields whose later changes pyHanko could account for; ours must not end that."""

    def warnings(self) -> tuple[str, ...]:
        codes = []
        if False in self.intact.values():
            codes.append("earlier_signature_broken")
        if self.unreadable or None in self.intact.values():
            codes.append("earlier_signature_unchecked")
        return tuple(codes)


def survey(signatures: Sequence[EmbeddedPdfSignature], unreadable: int) -> Earlier:
    """Look at every signature in a file before another is added."""
    intact = {item.field_name: is_intact(item) for item in signatures}
    compared = [item for item in signatures[-_DIFF_LIMIT:] if intact[item.field_name]]
    return Earlier(intact, unreadable, frozenset(item.field_name for item in compared if _is_explained(item)))


def prove(source: Path, signed: Path, before: Earlier, new: Sequence[str]) -> datetime | None:
    """The time stamp of the last new signature, if it has one.

    Raises ProofFailed, or NotAllowed where the new signature would make an earlier one look broken.
    """
    if not _begins_with(signed, source):
        raise ProofFailed(why="earlier_bytes_changed")
    with signed.open("rb") as file:
        signatures, unreadable = embedded(PdfFileReader(file, strict=True))
        after = {item.field_name: item for item in signatures}
        if unreadable > before.unreadable or not {*before.intact, *new} <= set(after):
            raise ProofFailed(why="unreadable")
        for name, intact in before.intact.items():
            if intact and not is_intact(after[name]):
                raise ProofFailed(why="earlier_signature", field=name)
            if name in before.explained and not _is_explained(after[name]):
                raise NotAllowed(reason="would_break", field=name)
        stamps = [_prove_new(after[name]) for name in new]
        return stamps[-1]


def is_intact(signature: EmbeddedPdfSignature) -> bool | None:
    """Whether digest and signature value agree; None where it cannot be checked. Trust is not asked."""
    try:
        digest = signature.compute_digest()
        if signature.sig_object_type == "/DocTimeStamp":
            return _token_time(signature.signed_data, digest) is not None
        intact, valid = validate_sig_integrity(signature.signer_info, signature.signer_cert, "data", digest)
    except MALFORMED:
        return None
    return bool(intact and valid)


def _prove_new(signature: EmbeddedPdfSignature) -> datetime | None:
    whole = {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}
    if not is_intact(signature) or signature.evaluate_signature_coverage() not in whole:
        raise ProofFailed(why="new_signature", field=signature.field_name)
    for token in extract_tst_data_iter(signature.signer_info, signed=False):
        value = signature.signer_info["signature"].native
        time = _token_time(token, value)
        if time is None:
            raise ProofFailed(why="timestamp", field=signature.field_name)
        return time
    return None


def _token_time(token: cms.SignedData, stamped: bytes) -> datetime | None:
    """The time in an RFC 3161 token if the token is intact and about `stamped`, a digest or what it is of."""
    content = token["encap_content_info"]["content"]
    imprint = content.parsed["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if imprint["hashed_message"].native not in {stamped, hashlib.new(algorithm, stamped).digest()}:
        return None
    signer = extract_signer_info(token)
    certificate: x509.Certificate = extract_certificate_info(token).signer_cert
    own = hashlib.new(signer["digest_algorithm"]["algorithm"].native, bytes(content)).digest()
    intact, valid = validate_sig_integrity(signer, certificate, "tst_info", own)
    time: datetime = content.parsed["gen_time"].native
    return time if intact and valid else None


def _is_explained(signature: EmbeddedPdfSignature) -> bool:
    try:
        signature.compute_integrity_info(DEFAULT_DIFF_POLICY)
        return isinstance(signature.diff_result, DiffResult)
    except MALFORMED:
        return False


def _begins_with(whole: Path, start: Path) -> bool:
    with whole.open("rb") as longer, start.open("rb") as shorter:
        while block := shorter.read(_BLOCK):
            if longer.read(len(block)) != block:
                return False
        return bool(longer.read(1))
