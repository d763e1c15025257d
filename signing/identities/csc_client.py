"""One HTTPS conversation with a CSC service: JSON in, JSON out, bounded, and its errors in our words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests

from signing.errors import (
    AuthorisationExpired,
    AuthorisationRefused,
    IdentityMissing,
    PinLocked,
    PinWrong,
    ServiceFailed,
    SigningError,
)
from signing.model import Secret

_TIMEOUT_S = (10, 60)
_MAX_BYTES = 1 << 20
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_WRONG = frozenset({"invalid_authentication_data", "invalid_pin", "invalid_otp"})


class Reply(NamedTuple):
    """What came back: 200, or 202 while an authorisation is under way."""

    status: int
    body: Mapping[str, Any]


class CscClient:
    """Speaks to `address`, by CSC v2 below `root`. Raises IdentityMissing without TLS (TT 15/2025 PL I)."""

    def __init__(self, address: str, root: str = "/csc/v2") -> None:
        parts = urlsplit(address)
        self.host = parts.hostname or address
        if parts.scheme != "https" and self.host not in _LOOPBACK:
            raise IdentityMissing(name=self.host, where="not_https")
        self._base = address.rstrip("/") + root
        self._session = requests.Session()
        self.token: Secret | None = None

    def login(self, user: str, password: Secret) -> None:
        """auth/login with HTTP Basic (CSC 11.2)."""
        reply = self._post("auth/login", {}, auth=(user, password.reveal()))
        self.token = Secret(str(reply.body.get("access_token", "")))

    def call(self, method: str, request: Mapping[str, object]) -> Reply:
        """One method of the API."""
        return self._post(method, request, auth=None)

    def _post(self, method: str, request: Mapping[str, object], auth: tuple[str, str] | None) -> Reply:
        headers = {"Authorization": f"Bearer {self.token.reveal()}"} if self.token else {}
        try:
            with self._session.post(
                f"{self._base}/{method}",
                json=dict(request),
                headers=headers,
                auth=auth,
                timeout=_TIMEOUT_S,
                allow_redirects=False,
                stream=True,
            ) as response:
                data = response.raw.read(_MAX_BYTES + 1, decode_content=True)
                status = response.status_code
        except (requests.RequestException, OSError) as error:
            raise ServiceFailed(name=self.host, why=type(error).__name__) from error
        body = _parsed(data, self.host)
        if status not in (200, 202):
            raise _in_our_words(status, body, self.host)
        return Reply(status, body)


def _parsed(data: bytes, host: str) -> Mapping[str, Any]:
    try:
        body = json.loads(data) if len(data) <= _MAX_BYTES else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ServiceFailed(name=host, why="not_json")
    return body


def _in_our_words(status: int, body: Mapping[str, Any], host: str) -> SigningError:
    """CSC 10.1 and the error tables of 11.6, 11.7 and 11.10."""
    code, said = str(body.get("error", "")), str(body.get("error_description", "")).casefold()
    if "locked" in said:
        return PinLocked(name=host)
    if code in _WRONG or status == 401:
        return PinWrong(name=host)
    if code == "access_denied":
        return AuthorisationRefused(name=host)
    if "expired" in said:
        return AuthorisationExpired(name=host, minutes=0)
    return ServiceFailed(name=host, why=code or str(status))
