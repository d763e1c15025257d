"""Renews the proof of signed files: revocation data and an archive time stamp, as one incremental update.

ETSI EN 319 142-1 6.3 (levels B-LT, B-LTA): what a later reader needs goes into the document security store,
and a document time stamp over everything shows that it existed while every certificate was good.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from signing.errors import CoverageBroken, NotExtendable, NotSignable
from signing.keys.mechanism import DIGEST
from signing.model import OnlineAccess
from signing.pdf import byteranges, opening
from signing.pdf.enumeration import FoundSignature
from signing.pdf.signable import open_writer
from signing.ports import TimeStampAuthority
from signing.seal import proof as seal_proof
from signing.seal import working_copy
from signing.timestamps.authorities import certificates_of
from signing.trust import chain as trust_chain
from signing.trust import online, security_store
from signing.trust.chain import Evidence
from signing.trust.store import TrustStore, certificate
from signing.verify import cms as verify_cms
from signing.verify import status as verify_status

logging.getLogger("pyhanko.sign.signers.pdf_signer").setLevel(logging.ERROR)
_FIELD = "Timestamp"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Extended:
    """What was added to a file."""

    field_name: str
    stamped_at: datetime | None
    lists: int
    """Revocation lists and OCSP answers put into the file."""
    unproven: tuple[str, ...]
    """Serials of certificates for which no status data was to be had."""


@dataclass(frozen=True, slots=True)
class _Proof:
    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    ocsps: tuple[bytes, ...]
    unproven: tuple[str, ...]


def extend(
    source: Path,
    out: Path,
    tsa: TimeStampAuthority,
    trust: TrustStore,
    access: OnlineAccess | None = None,
) -> Extended:
    """Renew `source` into `out` (which may be the same path). On any error `out` stays as it was.

    Raises NotExtendable (no signature, one that is broken), NotSignable, TimestampFailed or ProofFailed.
    """
    stamper = tsa.stamper()
    with working_copy.working_copy(source, out) as copy:
        before = seal_proof.survey(copy)
        if not before.signatures:
            raise NotExtendable(reason="unsigned")
        if False in before.intact.values():
            # A new time stamp would only prove that a broken signature existed.
            raise NotExtendable(reason="broken")
        proof = _gathered(copy, before.signatures, stamper, trust, access)
        name = _fresh_name(before.field_names)
        _write(copy, name, proof, stamper)
        stamped = seal_proof.prove(source, copy, before, [name]).stamped
        working_copy.publish(copy, source, out)
    return Extended(name, stamped, len(proof.crls) + len(proof.ocsps), proof.unproven)


def _fresh_name(taken: frozenset[str]) -> str:
    return next(f"{_FIELD}{number}" for number in range(1, 10_000) if f"{_FIELD}{number}" not in taken)


def _gathered(
    path: Path,
    signatures: tuple[FoundSignature, ...],
    stamper: TimeStamper,
    trust: TrustStore,
    access: OnlineAccess | None,
) -> _Proof:
    """Chains and status data of everybody who signed or stamped, and of the authority that stamps now."""
    leaves: dict[bytes, None] = {}
    with opening.mapped(path) as data, opening.opened(data, len(data), path) as newest:
        brought = security_store.read(newest.pdf)
        for each in signatures:
            for leaf, evidence in _signers(data, each):
                leaves[leaf] = None
                brought = _joined(brought, evidence)
    for cert in asyncio.run(certificates_of(stamper)):
        leaves[cert.dump()] = None
    return _proof(tuple(leaves), brought, trust, access)


def _signers(data: mmap.mmap | bytes, found: FoundSignature) -> Iterator[tuple[bytes, Evidence]]:
    """The certificates that answer for a signature: its signer's and its time stamps'."""
    try:
        covered = byteranges.extent(data, found.byte_range, found.contents)
    except CoverageBroken:
        return
    digest = byteranges.digester(data, covered)
    tokens = [verify_cms.check_token(covered.der, digest)] if found.is_timestamp else []
    if not found.is_timestamp:
        cms = verify_cms.check(covered.der, digest, found.subfilter)
        tokens += cms.tokens
        if cms.signer is not None:
            yield cms.signer.dump(), Evidence(cms.certificates, cms.crls, cms.ocsps)
    for token in tokens:
        if token.signer is not None:
            yield token.signer.dump(), Evidence(token.certificates)


def _joined(one: Evidence, other: Evidence) -> Evidence:
    return Evidence(
        (*one.certificates, *other.certificates), (*one.crls, *other.crls), (*one.ocsps, *other.ocsps)
    )


def _proof(
    leaves: tuple[bytes, ...], brought: Evidence, trust: TrustStore, access: OnlineAccess | None
) -> _Proof:
    kept: dict[str, dict[bytes, None]] = {"certificate": {}, "crl": {}, "ocsp": {}}
    unproven = []
    for leaf in leaves:
        found = _of_leaf(leaf, brought, trust, access)
        for kind, ders in found.items():
            kept[kind].update(dict.fromkeys(ders))
        if not found["crl"] and not found["ocsp"]:
            unproven.append(format(certificate(leaf).serial_number, "x"))
    inside = {*brought.crls, *brought.ocsps}
    crls, ocsps = (tuple(der for der in kept[kind] if der not in inside) for kind in ("crl", "ocsp"))
    return _Proof(tuple(kept["certificate"]), crls, ocsps, tuple(unproven))


def _of_leaf(
    leaf: bytes, brought: Evidence, trust: TrustStore, access: OnlineAccess | None
) -> dict[str, list[bytes]]:
    """Chain of one certificate, and the data at hand that speaks of it."""
    cert = certificate(leaf)
    came = tuple(each.dump() for each in brought.certificates)
    known = TrustStore(trust.roots, (*trust.intermediates, *came))
    asked = online.gather(leaf, known, access).store if access is not None else TrustStore()
    evidence = brought.with_store(asked)
    moment = min(datetime.now(UTC), cert.not_valid_after)
    chain = trust_chain.assess(cert, trust, evidence, moment)
    lists = {hashlib.sha256(der).hexdigest(): der for der in (*trust.crls, *evidence.crls)}
    answers = {hashlib.sha256(der).hexdigest(): der for der in (*trust.ocsps, *evidence.ocsps)}
    used = {data.sha256 for data in verify_status.used(chain, trust, evidence, ())}
    return {
        "certificate": [leaf, *chain.path],
        "crl": [der for digest, der in lists.items() if digest in used],
        "ocsp": [der for digest, der in answers.items() if digest in used],
    }


def _write(path: Path, name: str, proof: _Proof, stamper: TimeStamper) -> None:
    with path.open("rb+") as file:
        writer = open_writer(file)
        try:
            DocumentSecurityStore.supply_dss_in_writer(
                writer,
                None,
                certs=[x509.Certificate.load(der) for der in proof.certificates],
                crls=[crl.CertificateList.load(der) for der in proof.crls],
                ocsps=[ocsp.OCSPResponse.load(der) for der in proof.ocsps],
            )
            stamp = PdfTimeStamper(stamper, field_name=name).async_timestamp_pdf(
                writer, DIGEST, in_place=True, chunk_size=_CHUNK
            )
            asyncio.run(stamp)
        except PdfError as error:
            raise NotSignable(reason="broken") from error
