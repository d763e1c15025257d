"""An identity whose key is in a PKCS#12 file (.p12, .pfx)."""

from __future__ import annotations

from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.sign.signers import Signer

from signing.agreement import Gathering
from signing.errors import CertificateRefused, IdentityMissing, PinWrong
from signing.keys.software_key import SoftwareSigner
from signing.model import PinQuestion
from signing.ports import PinPrompt
from signing.trust.names import describe

_LIMIT = 1 << 20
"""Bytes; a PKCS#12 file with a chain is about 5 kB."""


class Pkcs12Identity:
    """Holds the decrypted key until it is closed."""

    gathering: Gathering | None = None

    def __init__(self, file: Path, prompt: PinPrompt) -> None:
        self._signer: SoftwareSigner | None = _open(file, prompt)
        self._file = file
        self.certificate = describe(self._signer.signing_cert)
        self.warnings: tuple[str, ...] = ()

    def signer(self) -> Signer:
        if self._signer is None:
            raise IdentityMissing(name=self._file.name, where="closed")
        return self._signer

    def __enter__(self) -> Pkcs12Identity:
        return self

    def __exit__(self, *exc: object) -> None:
        self._signer = None


def _open(file: Path, prompt: PinPrompt) -> SoftwareSigner:
    try:
        if file.stat().st_size > _LIMIT:
            raise IdentityMissing(name=file.name, where="file_too_big")
        data = file.read_bytes()
    except OSError as error:
        raise IdentityMissing(name=file.name, where="file") from error
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(
            data, prompt(PinQuestion(file.name)).reveal().encode()
        )
    except ValueError as error:
        # cryptography words a wrong password and a damaged file alike.
        raise (
            PinWrong(name=file.name)
            if _looks_like_pkcs12(data)
            else IdentityMissing(name=file.name, where="not_pkcs12")
        ) from error
    if key is None or certificate is None:
        raise IdentityMissing(name=file.name, where="no_key")
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise CertificateRefused(name=file.name, reason="key_type")

    def load(item: object) -> x509.Certificate:
        return x509.Certificate.load(item.public_bytes(Encoding.DER))  # type: ignore[attr-defined]

    return SoftwareSigner(key, load(certificate), tuple(load(item) for item in chain))


def _looks_like_pkcs12(data: bytes) -> bool:
    """A SEQUENCE that starts with version 3 (RFC 7292 section 4)."""
    return data[:1] == b"\x30" and b"\x02\x01\x03" in data[:12]
