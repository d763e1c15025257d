"""Remote signing by the Cloud Signature Consortium's API v2 (CSC API v2.0.0.2; ETSI TS 119 432).

info -> auth/login or an access token -> credentials/info -> for each signature credentials/authorize,
credentials/authorizeCheck while the owner has not agreed (HTTP 202), signatures/signHash.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from asn1crypto.algos import DigestAlgorithmId, SignedDigestAlgorithm
from asn1crypto.core import Null, Void

from signing.errors import IdentityMissing, ServiceFailed
from signing.identities.csc_client import CscClient
from signing.keys.mechanism import DIGEST
from signing.model import PinQuestion, Secret
from signing.ports import PinPrompt

_PENDING = 202
_MOST_TOGETHER = 50
"""Files in hand at once, whatever a service offers."""


@dataclass(frozen=True, slots=True)
class _Pending:
    """What was asked for and is not fetched yet."""

    digests: tuple[bytes, ...]
    algorithm: SignedDigestAlgorithm
    agreed: bool
    """The owner need not be waited for."""


@dataclass(frozen=True, slots=True)
class _Factor:
    """Something the owner proves himself with."""

    id: str
    label: str
    once: bool
    """A one-time code: asked for anew with every signature."""


class CscService:
    """One credential of a CSC service, ready to be asked for signatures."""

    def __init__(self, address: str, credential: str, user: str, prompt: PinPrompt) -> None:
        self._client = CscClient(address)
        self.name = self._client.host
        self._credential = credential
        self._prompt = prompt
        self._known: dict[str, Secret] = {}
        self._pending: dict[str, _Pending] = {}
        self._enter(user)
        details = self._client.call(
            "credentials/info", {"credentialID": credential, "certificates": "chain", "authInfo": True}
        ).body
        self.chain, self.algorithms = _key(details, self.name)
        self.together = _together(details)
        self._factors = _factors(details, self.name)

    def ask(self, digests: Sequence[bytes], algorithm: SignedDigestAlgorithm) -> str:
        proofs = [{"id": factor.id, "value": self._proof(factor).reveal()} for factor in self._factors]
        request = {"credentialID": self._credential, "numSignatures": len(digests)} | _hashes(digests)
        reply = self._client.call("credentials/authorize", request | ({"authData": proofs} if proofs else {}))
        pending = reply.status == _PENDING
        ticket = _text(reply.body, "handle" if pending else "SAD", self.name)
        self._pending[ticket] = _Pending(tuple(digests), algorithm, agreed=not pending)
        return ticket

    def answer(self, ticket: str) -> tuple[bytes, ...] | None:
        asked, activation = self._pending[ticket], ticket
        if not asked.agreed:
            reply = self._client.call("credentials/authorizeCheck", {"handle": ticket})
            if reply.status == _PENDING:
                return None
            activation = _text(reply.body, "SAD", self.name)
        self.withdraw(ticket)
        return self._signed(asked.digests, asked.algorithm, activation)

    def withdraw(self, ticket: str) -> None:
        self._pending.pop(ticket, None)

    def _signed(
        self, digests: Sequence[bytes], algorithm: SignedDigestAlgorithm, activation: str
    ) -> tuple[bytes, ...]:
        request: dict[str, object] = {
            "credentialID": self._credential,
            "SAD": activation,
            "signAlgo": algorithm["algorithm"].dotted,
        } | _hashes(digests)
        parameters = algorithm["parameters"]
        if not isinstance(parameters, Null | Void):
            request["signAlgoParams"] = base64.b64encode(parameters.dump()).decode()
        values = self._client.call("signatures/signHash", request).body.get("signatures")
        if not isinstance(values, list):
            raise ServiceFailed(name=self.name, why="signatures")
        return tuple(_bytes(value, self.name) for value in values)

    def _enter(self, user: str) -> None:
        """Service authorisation: CSC 11.2 with name and password, or an access token that the person has."""
        if user:
            self._client.login(user, self._prompt(PinQuestion(f"{user} · {self.name}")))
        elif self._client.call("info", {}).body.get("authType"):
            self._client.token = self._prompt(PinQuestion(self.name))

    def _proof(self, factor: _Factor) -> Secret:
        if factor.once:
            return self._prompt(PinQuestion(f"{factor.label} · {self.name}"))
        if factor.id not in self._known:
            self._known[factor.id] = self._prompt(PinQuestion(f"{factor.label} · {self.name}"))
        return self._known[factor.id]


def _key(details: Mapping[str, Any], name: str) -> tuple[tuple[bytes, ...], frozenset[str]]:
    """(certificates, algorithms) of the credential. Raises IdentityMissing where its key must not be used."""
    key, listed = details.get("key"), details.get("cert")
    if not isinstance(key, Mapping) or not isinstance(listed, Mapping):
        raise ServiceFailed(name=name, why="credential")
    if key.get("status") != "enabled":
        raise IdentityMissing(name=name, where="disabled")
    certificates = listed.get("certificates")
    if not isinstance(certificates, list) or not certificates:
        raise IdentityMissing(name=name, where="certificate")
    algorithms = key.get("algo")
    usable = algorithms if isinstance(algorithms, list) else []
    return tuple(_bytes(each, name) for each in certificates), frozenset(map(str, usable))


def _factors(details: Mapping[str, Any], name: str) -> tuple[_Factor, ...]:
    """What the service wants for each authorisation (CSC 11.5 auth/objects)."""
    auth = details.get("auth")
    if not isinstance(auth, Mapping) or auth.get("mode") != "explicit":
        # oauth2code sends the person through a browser with an address of our own to come back to.
        raise IdentityMissing(name=name, where="oauth2code")
    objects = auth.get("objects")
    found = []
    for each in objects if isinstance(objects, Sequence) else ():
        if not isinstance(each, Mapping) or each.get("type") != "Password":
            raise IdentityMissing(name=name, where="factor")
        identifier = str(each.get("id", ""))
        found.append(_Factor(identifier, str(each.get("label") or identifier), "generator" in each))
    return tuple(found)


def _together(details: Mapping[str, Any]) -> int:
    """How many signatures one authorisation covers (CSC 11.5 multisign)."""
    most = details.get("multisign")
    return min(most, _MOST_TOGETHER) if isinstance(most, int) and most > 1 else 1


def _hashes(digests: Sequence[bytes]) -> dict[str, object]:
    encoded = [base64.b64encode(digest).decode() for digest in digests]
    return {"hashes": encoded, "hashAlgorithmOID": DigestAlgorithmId(DIGEST).dotted}


def _text(body: Mapping[str, Any], key: str, name: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise ServiceFailed(name=name, why=key)
    return value


def _bytes(value: object, name: str) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ServiceFailed(name=name, why="base64") from error
