"""A signing service that speaks the CSC API v2.0.0.2, on loopback: real keys, real waiting, real refusals."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto.algos import RSASSAPSSParams
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

PSS, RSA_SHA256 = "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.11"
SHA256 = "2.16.840.1.101.3.4.2.1"
CREDENTIAL, USER, PASSWORD, PIN = "GX0112348", "chutich", "mat-khau", "123456"


@dataclass
class Service:
    """The state of the service; tests set what it shall do."""

    key: rsa.RSAPrivateKey
    chain: tuple[bytes, ...]
    algorithms: tuple[str, ...] = (PSS, RSA_SHA256)
    mode: str = "explicit"
    wants_pin: bool = True
    polls: int = 0
    """Answers "still under way" so often before the owner agrees; below zero: for ever."""
    multisign: int = 1
    refuses: bool = False
    lies: bool = False
    tries_left: int = 3
    calls: list[str] = field(default_factory=list)
    authorised: dict[str, list[str]] = field(default_factory=dict)
    handles: dict[str, int] = field(default_factory=dict)


Answer = tuple[int, dict[str, Any]]


class Refused(Exception):
    def __init__(self, status: int, error: str, description: str = "") -> None:
        super().__init__(error)
        self.status, self.body = status, {"error": error, "error_description": description}


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """The address of the service while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            request = json.loads(self.rfile.read(length) or b"{}")
            method = self.path.removeprefix("/csc/v2/")
            service.calls.append(method)
            try:
                status, body = _answer(service, method, request, self.headers.get("Authorization", ""))
            except Refused as refused:
                status, body = refused.status, refused.body
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(service: Service, method: str, request: dict[str, Any], access: str) -> Answer:
    if method == "info":
        return 200, {"specs": "2.0.0.2", "authType": ["basic"], "methods": []}
    if method == "auth/login":
        wanted = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if access != f"Basic {wanted}":
            raise Refused(401, "authentication_error")
        return 200, {"access_token": "token-1", "expires_in": 3600}
    if access != "Bearer token-1":
        raise Refused(401, "invalid_token")
    steps = {
        "credentials/info": _info,
        "credentials/authorize": _authorize,
        "credentials/authorizeCheck": _check,
        "signatures/signHash": _sign,
    }
    return steps[method](service, request)


def _info(service: Service, request: dict[str, Any]) -> Answer:
    if request["credentialID"] != CREDENTIAL:
        raise Refused(400, "invalid_request", "Invalid parameter credentialID")
    pin = {"type": "Password", "id": "PIN", "format": "N", "label": "PIN"}
    return 200, {
        "key": {"status": "enabled", "algo": list(service.algorithms), "len": 2048},
        "cert": {"certificates": [base64.b64encode(each).decode() for each in service.chain]},
        "auth": {"mode": service.mode, "objects": [pin] if service.wants_pin else []},
        "SCAL": "2",
        "multisign": service.multisign,
    }


def _authorize(service: Service, request: dict[str, Any]) -> Answer:
    if service.wants_pin and request["authData"] != [{"id": "PIN", "value": PIN}]:
        service.tries_left -= 1
        if service.tries_left <= 0:
            raise Refused(400, "invalid_request", "Credential locked")
        raise Refused(400, "invalid_authentication_data", "The authentication data is invalid")
    assert request["numSignatures"] == len(request["hashes"]) and request["hashAlgorithmOID"] == SHA256
    name = f"sad-{len(service.authorised)}"
    service.authorised[name] = request["hashes"]
    if service.polls or service.refuses:
        service.handles[name] = service.polls
        return 202, {"handle": name}
    return 200, {"SAD": name, "expiresIn": 300}


def _check(service: Service, request: dict[str, Any]) -> Answer:
    name = request["handle"]
    if service.refuses:
        raise Refused(400, "access_denied", "The owner said no")
    service.handles[name] -= 1
    return (200, {"SAD": name}) if service.handles[name] == 0 else (202, {"handle": name})


def _sign(service: Service, request: dict[str, Any]) -> Answer:
    if service.authorised.pop(request["SAD"], None) != request["hashes"]:
        raise Refused(400, "invalid_request", "Hashes are not authorized by the SAD")
    values = []
    for encoded in request["hashes"]:
        digest = base64.b64decode(encoded)
        scheme: padding.AsymmetricPadding = padding.PKCS1v15()
        if request["signAlgo"] == PSS:
            salt = RSASSAPSSParams.load(base64.b64decode(request["signAlgoParams"]))["salt_length"].native
            scheme = padding.PSS(padding.MGF1(hashes.SHA256()), salt)
        value = service.key.sign(digest, scheme, Prehashed(hashes.SHA256()))
        values.append(base64.b64encode(bytes(256) if service.lies else value).decode())
    return 200, {"signatures": values}
