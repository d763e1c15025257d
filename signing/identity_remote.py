"""An identity whose key is kept by a remote service that signs digests when the key's owner agrees."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time

from asn1crypto import x509
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.errors import AuthorisationExpired, IdentityMissing, ServiceFailed, SigningStopped
from signing.mechanism import DIGEST, fallback, preferred
from signing.names import describe
from signing.ports import HashService
from signing.quick_cms import QuickSigner

PATIENCE_S = 300.0
"""Seconds for one agreement: the services people have on their phones end a request after 4 to 5 minutes."""
PAUSE_S = 2.0
_VALUE_BYTES = 512
"""Room for a signature value while its size is estimated: RSA 4096."""


class RemoteIdentity:
    """Asks the service for each signature and waits; `stop` ends the waiting."""

    def __init__(
        self,
        service: HashService,
        stop: threading.Event,
        patience_s: float = PATIENCE_S,
        pause_s: float = PAUSE_S,
    ) -> None:
        try:
            chain = tuple(x509.Certificate.load(der, strict=True) for der in service.chain)
            self.certificate = describe(chain[0])
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise ServiceFailed(name=service.name, why="certificate") from error
        mechanism = preferred(chain[0])
        self.warnings: tuple[str, ...] = ()
        if mechanism["algorithm"].dotted not in service.algorithms and chain[0].public_key.algorithm == "rsa":
            mechanism, self.warnings = fallback(), ("rsa_pkcs1_v15",)
        self._name = service.name
        self._signer: _RemoteSigner | None = _RemoteSigner(
            signature_mechanism=mechanism, signing_cert=chain[0], cert_registry=_store(chain)
        )
        self._signer.wait_for(service, stop, patience_s, pause_s)

    def signer(self) -> Signer:
        if self._signer is None:
            raise IdentityMissing(name=self._name, where="closed")
        return self._signer

    def __enter__(self) -> RemoteIdentity:
        return self

    def __exit__(self, *exc: object) -> None:
        self._signer = None


class _RemoteSigner(QuickSigner):
    """Sends the digest away and asks again until there is an answer."""

    def wait_for(
        self, service: HashService, stop: threading.Event, patience_s: float, pause_s: float
    ) -> None:
        self._service, self._stop = service, stop
        self._patience_s, self._pause_s = patience_s, pause_s

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(_VALUE_BYTES)
        if digest_algorithm != DIGEST:
            raise ServiceFailed(name=self._service.name, why="digest")
        return await asyncio.to_thread(self._fetch, hashlib.sha256(data).digest())

    def _fetch(self, digest: bytes) -> bytes:
        ticket = self._service.ask(digest, self.get_signature_mechanism_for_digest(DIGEST))
        end = time.monotonic() + self._patience_s
        while (value := self._service.answer(ticket)) is None:
            if self._stop.wait(self._pause_s):
                self._service.withdraw(ticket)
                raise SigningStopped(name=self._service.name)
            if time.monotonic() > end:
                self._service.withdraw(ticket)
                raise AuthorisationExpired(name=self._service.name, minutes=round(self._patience_s / 60))
        return value


def _store(chain: tuple[x509.Certificate, ...]) -> SimpleCertificateStore:
    store = SimpleCertificateStore()
    store.register_multiple(chain)
    return store
