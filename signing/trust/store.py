"""The store of trust: root certificates, issuing certificates and revocation lists, taken from folders.

A self-signed certificate in a trusted folder is an anchor; every other one only helps to build chains.
Certificates found inside a document are never anchors (TT 15/2025 PL II; RFC 5280 6.1).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from asn1crypto import crl, ocsp, pem, x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from signing.model import Certificate
from signing.trust.names import describe

log = logging.getLogger(__name__)

_SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der", ".p7b", ".p7c", ".crl", ".ocsp"})
_MAX_FILE_BYTES = 20 * 2**20
_MAX_FILES = 5000


@dataclass(frozen=True, slots=True)
class TrustStore:
    """What may be relied on, as DER so that it travels to worker processes."""

    roots: tuple[bytes, ...] = ()
    """Self-signed certificates: the only anchors."""
    intermediates: tuple[bytes, ...] = ()
    """Issuing and time-stamp certificates: they help to build chains, they anchor nothing."""
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    def joined(self, more: TrustStore) -> TrustStore:
        """This store and what helps it: never with further roots."""
        return TrustStore(
            self.roots,
            tuple(dict.fromkeys(self.intermediates + more.intermediates)),
            tuple(dict.fromkeys(self.crls + more.crls)),
            tuple(dict.fromkeys(self.ocsps + more.ocsps)),
        )

    def listing(self) -> tuple[tuple[bool, Certificate], ...]:
        """Every certificate for the screen "Danh sách CA": (is a root, certificate)."""
        entries = [(True, der) for der in self.roots] + [(False, der) for der in self.intermediates]
        return tuple((is_root, describe(certificate(der))) for is_root, der in entries)


RevocationSource = Callable[[bytes, TrustStore], TrustStore]
"""What is known elsewhere of a certificate (DER), beside a store: issuers, OCSP answers, revocation lists."""


@lru_cache(maxsize=4096)
def certificate(der: bytes) -> x509.Certificate:
    """The parsed certificate; parsed once per process because every signature asks for the same ones."""
    return x509.Certificate.load(der, strict=True)


def load(paths: Sequence[Path]) -> TrustStore:
    """Certificates (PEM, DER, PKCS#7), CRLs and OCSP answers under these files and folders.

    A file that holds none of them is passed over: one odd file must not take the store away.
    """
    roots: dict[bytes, None] = {}
    intermediates: dict[bytes, None] = {}
    crls: dict[bytes, None] = {}
    ocsps: dict[bytes, None] = {}
    for path in _files(paths):
        for kind, der in read_file(path):
            if kind == "crl":
                crls[der] = None
            elif kind == "ocsp":
                ocsps[der] = None
            elif is_anchor(certificate(der)):
                roots[der] = None
            else:
                intermediates[der] = None
    return TrustStore(tuple(roots), tuple(intermediates), tuple(crls), tuple(ocsps))


def is_anchor(cert: x509.Certificate) -> bool:
    """Whether it is issued by itself and by its own key (RFC 5280 3.2 self-signed)."""
    return cert.self_signed in {"yes", "maybe"}


def read_file(path: Path) -> tuple[tuple[str, bytes], ...]:
    """("cert" | "crl" | "ocsp", DER) for everything of trust in one file."""
    try:
        if path.stat().st_size > _MAX_FILE_BYTES:
            return ()
        data = path.read_bytes()
    except OSError:
        log.info("a file of the trust store cannot be read")
        return ()
    return recognise(data)


def recognise(data: bytes) -> tuple[tuple[str, bytes], ...]:
    """("cert" | "crl" | "ocsp", DER) for everything of trust in these bytes: PEM, DER or PKCS#7."""
    try:
        blocks = [block for _, _, block in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
    except ValueError:
        return ()
    return tuple(found for block in blocks for found in _recognise(block))


def _recognise(der: bytes) -> Iterator[tuple[str, bytes]]:
    """What one DER block is, by its content and not by its name."""
    for kind, parse in (("cert", _parse_certificate), ("crl", _parse_crl), ("ocsp", _parse_ocsp)):
        try:
            parse(der)
        except (ValueError, TypeError, KeyError, OverflowError):
            continue
        yield kind, der
        return
    try:
        inner = pkcs7.load_der_pkcs7_certificates(der)
    except ValueError:
        return
    for cert in inner:
        yield "cert", cert.public_bytes(Encoding.DER)


def _parse_certificate(der: bytes) -> None:
    _ = certificate(der)["tbs_certificate"]["subject"].native


def _parse_crl(der: bytes) -> None:
    _ = crl.CertificateList.load(der, strict=True)["tbs_cert_list"]["this_update"].native


def _parse_ocsp(der: bytes) -> None:
    _ = ocsp.OCSPResponse.load(der, strict=True)["response_status"].native


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files given by name, and those below given folders; links are not followed: no loop can trap us."""
    seen = 0
    for given in paths:
        if given.is_file():
            yield given
            continue
        for folder, _, names in os.walk(given):
            for name in sorted(names):
                if Path(name).suffix.lower() in _SUFFIXES and (seen := seen + 1) <= _MAX_FILES:
                    yield Path(folder, name)


def stamps(paths: Iterable[Path]) -> tuple[tuple[Path, int], ...]:
    """The files of a store with their times: where these are the same, so is the store."""
    return tuple((file, file.stat().st_mtime_ns) for file in _files(paths) if file.exists())


def keep(folder: Path, found: Iterable[tuple[str, bytes]]) -> tuple[Certificate, ...]:
    """Put what was recognised into a trusted folder, certificates only; what was added (TT 15/2025)."""
    folder.mkdir(parents=True, exist_ok=True)
    added = []
    for kind, der in found:
        if kind == "cert":
            shown = describe(certificate(der))
            unfinished = folder / f".{shown.fingerprint}.unfinished"
            unfinished.write_bytes(der)
            unfinished.replace(folder / f"{shown.fingerprint}.crt")
            added.append(shown)
    return tuple(added)


def was_added(folder: Path, fingerprint: str) -> bool:
    """Whether it came into the folder by `keep`; others lie in files of whoever put them there."""
    return (folder / f"{fingerprint}.crt").is_file()


def remove(folder: Path, fingerprint: str) -> bool:
    """Take a certificate that was added out of a trusted folder again; whether it was there."""
    there = was_added(folder, fingerprint)
    (folder / f"{fingerprint}.crt").unlink(missing_ok=True)
    return there
