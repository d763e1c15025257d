"""Time-stamp authorities (RFC 3161): servers on the network with fall-back, and the practice office's own."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from asn1crypto import cms, core, keys, x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import Hash
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.sign.general import (
    CMSExtractionError,
    CMSStructuralError,
    as_signing_certificate_v2,
    extract_certificate_info,
    simple_cms_attribute,
)
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from signing.errors import TimestampFailed
from signing.keys.mechanism import DIGEST
from signing.model import Secret
from signing.timestamps.server import HttpStamper

_MALFORMED = (ValueError, TypeError, AttributeError, KeyError)
PATIENCE_S = 180
"""Seconds for one answer: the Government's server was seen to take 2 to 131 s."""


class NetworkAuthority:
    """Time-stamp servers on the network, asked in order until one answers correctly."""

    def __init__(
        self,
        addresses: Sequence[str],
        patience_s: float = PATIENCE_S,
        stop: threading.Event | None = None,
    ) -> None:
        self.address = " ".join(addresses)
        stopped = stop or threading.Event()
        self._stamper = CheckedStamper({url: HttpStamper(url, patience_s, stopped) for url in addresses})

    def stamper(self) -> TimeStamper:
        return self._stamper


class PracticeAuthority:
    """The practice office's time-stamp server, in this process: real tokens, no network, no legal value."""

    address = "practice:"

    def __init__(self, file: Path, password: Secret) -> None:
        key, certificate, _ = pkcs12.load_key_and_certificates(file.read_bytes(), password.reveal().encode())
        if not isinstance(key, RSAPrivateKey) or certificate is None:
            raise TimestampFailed(address=self.address)
        own = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
        self._stamper = CheckedStamper({self.address: _LocalStamper(key, own)})

    def stamper(self) -> TimeStamper:
        return self._stamper


class CheckedStamper(TimeStamper):
    """Asks the next server when one fails or lies; pyHanko does not compare the imprint that comes back.

    Who failed is asked last from then on: a batch must not wait for a silent server with every file.
    """

    def __init__(self, servers: Mapping[str, TimeStamper]) -> None:
        TimeStamper.__init__(self)
        self._servers = dict(servers)
        self._proven: tuple[ValidationContext, int, list[ValidationPath]] | None = None

    async def validation_paths(self, validation_context: ValidationContext) -> AsyncIterator[ValidationPath]:
        """The chains of the certificates that stamp: built once for a batch, which has one context."""
        await self._ensure_dummy()  # type: ignore[no-untyped-call]
        known = self._proven
        if known is None or known[0] is not validation_context or known[1] != len(self._certs):
            built = super().validation_paths(validation_context)  # type: ignore[no-untyped-call]
            found = [path async for path in built]
            self._proven = known = (validation_context, len(self._certs), found)
        for path in known[2]:
            yield path

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        worst = ""
        for address, server in tuple(self._servers.items()):
            try:
                token = await server.async_timestamp(message_digest, md_algorithm)
                if _imprint(token) == message_digest:
                    return token
                why = "wrong"
            except TimeoutError:
                why = "slow"
            except OSError:
                why = "down"
            except _MALFORMED:
                # AttributeError: pyHanko 0.38 formats a wrong nonce with int.hex, which does not exist.
                why = "wrong"
            worst = max(worst, why, key=_GRAVITY.index)
            self._servers[address] = self._servers.pop(address)
        raise TimestampFailed(address=", ".join(self._servers), reason=worst)


_GRAVITY = ("", "down", "slow", "wrong")
"""Which failure is told when servers fail in different ways: a lie before a silence."""


async def certificates_of(stamper: TimeStamper) -> tuple[x509.Certificate, ...]:
    """The certificates with which this authority stamps. Raises TimestampFailed."""
    try:
        token = await stamper.async_dummy_response(DIGEST)
        return (extract_certificate_info(token["content"]).signer_cert,)
    except (CMSExtractionError, CMSStructuralError, *_MALFORMED) as error:
        # Its certificate was asked for (RFC 3161 2.4.1 certReq); without it nobody can check the stamp.
        raise TimestampFailed(address="", reason="wrong") from error


def _imprint(token: cms.ContentInfo) -> bytes:
    info = token["content"]["encap_content_info"]["content"].parsed
    imprint: bytes = info["message_imprint"]["hashed_message"].native
    return imprint


class _LocalStamper(DummyTimeStamper):
    """pyHanko's in-process authority with the key parsed once and SHA-256 certificate identifiers."""

    def __init__(self, key: RSAPrivateKey, certificate: x509.Certificate) -> None:
        super().__init__(certificate, keys.PrivateKeyInfo())
        self._key = key
        bound = simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(certificate))
        self._bound = cms.CMSAttribute.load(bound.dump())

    def _sign_tst_info(
        self, tst_info_data: bytes, md_algorithm: str, dt: datetime
    ) -> tuple[bytes, cms.CMSAttributes]:
        algorithm = get_pyca_cryptography_hash(md_algorithm)
        digest = Hash(algorithm)
        digest.update(tst_info_data)
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(dt)})),
                self._bound,
                simple_cms_attribute("message_digest", digest.finalize()),
            ]
        )
        encoded = attributes.dump()
        # As read, they are not encoded anew at every look: 8 of 13 ms of a stamp.
        return self._key.sign(encoded, PKCS1v15(), algorithm), cms.CMSAttributes.load(encoded)
