"""An identity whose key is kept by a remote service that signs digests when the key's owner agrees."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from asn1crypto import x509
from asn1crypto.algos import SignedDigestAlgorithm
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.agreement import Gathering
from signing.errors import AuthorisationExpired, IdentityMissing, ServiceFailed, SigningStopped
from signing.keys.mechanism import DIGEST, fallback, preferred
from signing.keys.quick_cms import QuickSigner
from signing.ports import HashService
from signing.trust.names import describe

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
        waiting = _Waiting(service, mechanism, stop, patience_s, pause_s)
        self.gathering: Gathering | None = Gathering(waiting.fetch, service.together)
        self._signer: _RemoteSigner | None = _RemoteSigner(self.gathering, service.name, mechanism, chain)

    def signer(self) -> Signer:
        if self._signer is None:
            raise IdentityMissing(name=self._name, where="closed")
        return self._signer

    def __enter__(self) -> RemoteIdentity:
        return self

    def __exit__(self, *exc: object) -> None:
        self._signer = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Who is asked, and how long for the answer."""

    service: HashService
    mechanism: SignedDigestAlgorithm
    stop: threading.Event
    patience_s: float
    pause_s: float

    def fetch(self, digests: Sequence[bytes]) -> Sequence[bytes]:
        """The signature values. Raises SigningStopped, AuthorisationExpired or what the service raises."""
        ticket = self.service.ask(digests, self.mechanism)
        end = time.monotonic() + self.patience_s
        while (values := self.service.answer(ticket)) is None:
            if self.stop.wait(self.pause_s):
                self.service.withdraw(ticket)
                raise SigningStopped(name=self.service.name)
            if time.monotonic() > end:
                self.service.withdraw(ticket)
                raise AuthorisationExpired(name=self.service.name, minutes=round(self.patience_s / 60))
        if len(values) != len(digests):
            raise ServiceFailed(name=self.service.name, why="signatures")
        return values


class _RemoteSigner(QuickSigner):
    """Sends the digest away and waits for the value."""

    def __init__(
        self,
        gathering: Gathering,
        service: str,
        mechanism: SignedDigestAlgorithm,
        chain: tuple[x509.Certificate, ...],
    ) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(chain)
        super().__init__(signature_mechanism=mechanism, signing_cert=chain[0], cert_registry=store)
        self._gathering, self._service = gathering, service

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(_VALUE_BYTES)
        if digest_algorithm != DIGEST:
            raise ServiceFailed(name=self._service, why="digest")
        return await asyncio.to_thread(self._gathering.value, hashlib.sha256(data).digest())
