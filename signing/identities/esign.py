"""The national eSign gateway (TT 15/2025/TT-BKHCN: the software can connect to Cổng eSign). Off by default.

Its description is not public. What is spoken here is what public code shows of Vietnamese services that are
reached with sp_id and sp_password over POST and confirmed on the phone. It was tested against a stand-in of
our own and has not met the real gateway.
"""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from asn1crypto.algos import SignedDigestAlgorithm

from signing.errors import AuthorisationExpired, AuthorisationRefused, IdentityMissing, ServiceFailed
from signing.identities.csc_client import CscClient
from signing.model import PinQuestion, Secret
from signing.ports import PinPrompt

_RSA_SHA256 = "1.2.840.113549.1.1.11"
_MOST_CERTIFICATES = 16
_TOGETHER = 20


class EsignService:
    """One account behind the gateway; `sp` is the identifier that the gateway gave to this software."""

    def __init__(self, address: str, sp: str, account: str, prompt: PinPrompt) -> None:
        self._client = CscClient(address, root="/v1")
        self.name = self._client.host
        if not sp or not account:
            raise IdentityMissing(name=self.name, where="address")
        self._sp, self._account, self.together = sp, account, _TOGETHER
        self._password: Secret = prompt(PinQuestion(f"{sp} · {self.name}"))
        self.algorithms = frozenset({_RSA_SHA256})
        self.serial, self.chain = self._certificates()

    def ask(self, digests: Sequence[bytes], algorithm: SignedDigestAlgorithm) -> str:
        kind = {"file_type": "hash", "sign_type": "hash"}
        wanted = [
            {"data_to_be_signed": digest.hex(), "doc_id": str(number)} | kind
            for number, digest in enumerate(digests, 1)
        ]
        request = {"transaction_id": uuid.uuid4().hex, "serial_number": self.serial, "sign_files": wanted}
        return _text(self._call("signatures/sign", request), "tran_code", self.name)

    def answer(self, ticket: str) -> tuple[bytes, ...] | None:
        data = self._call(f"signatures/sign/{ticket}/status", {})
        state = _text(data, "state", self.name).upper()
        if state == "PENDING":
            return None
        if state == "REJECTED":
            raise AuthorisationRefused(name=self.name)
        if state == "EXPIRED":
            raise AuthorisationExpired(name=self.name, minutes=0)
        values = data.get("signatures")
        if state != "SIGNED" or not isinstance(values, list):
            raise ServiceFailed(name=self.name, why="signatures")
        by_document = {_text(value, "doc_id", self.name): value for value in values}
        order = (by_document.get(str(number)) for number in range(1, len(values) + 1))
        return tuple(_bytes(value, "signature_value", self.name) for value in order)

    def withdraw(self, ticket: str) -> None:
        """The gateway ends a request by itself; nothing takes it back."""

    def _certificates(self) -> tuple[str, tuple[bytes, ...]]:
        listed = self._call("credentials/get_certificate", {}).get("certificates")
        if not isinstance(listed, list) or not 0 < len(listed) <= _MOST_CERTIFICATES:
            raise IdentityMissing(name=self.name, where="certificate")
        chain = tuple(_bytes(each, "cert_data", self.name) for each in listed)
        return _text(listed[0], "serial_number", self.name), chain

    def _call(self, method: str, request: Mapping[str, object]) -> Mapping[str, Any]:
        who = {"sp_id": self._sp, "sp_password": self._password.reveal(), "user_id": self._account}
        data = self._client.call(method, {**who, **request}).body.get("data")
        if not isinstance(data, dict):
            raise ServiceFailed(name=self.name, why="data")
        return data


def _text(body: object, key: str, name: str) -> str:
    value = body.get(key) if isinstance(body, Mapping) else None
    if not isinstance(value, str) or not value.replace("-", "").isalnum():
        raise ServiceFailed(name=name, why=key)
    return value


def _bytes(body: object, key: str, name: str) -> bytes:
    value = body.get(key) if isinstance(body, Mapping) else None
    try:
        return base64.b64decode(str(value or "!"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ServiceFailed(name=name, why=key) from error
