"""A stand-in for the eSign gateway on loopback: what our connector speaks, not what the real one says."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

SP, PASSWORD, ACCOUNT = "sp-01", "mat-khau-sp", "001085000001"


@dataclass
class Gateway:
    """What it does; tests set it."""

    key: rsa.RSAPrivateKey
    chain: tuple[bytes, ...]
    polls: int = 0
    """Answers PENDING so often before the owner agrees."""
    ends: str = "SIGNED"
    garbage: bool = False
    calls: list[str] = field(default_factory=list)
    asked: dict[str, list[dict[str, str]]] = field(default_factory=dict)


@contextmanager
def serving(gateway: Gateway) -> Iterator[str]:
    """The address of the stand-in while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
            method = self.path.removeprefix("/v1/")
            gateway.calls.append(method)
            known = (request.get("sp_id"), request.get("sp_password")) == (SP, PASSWORD)
            known = known and request.get("user_id") == ACCOUNT
            data = json.dumps({"data": _answer(gateway, method, request)} if known else {}).encode()
            self.send_response(200 if known else 401)
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


def _answer(gateway: Gateway, method: str, request: dict[str, Any]) -> object:
    if gateway.garbage:
        return ["not", "an", "object"]
    if method == "credentials/get_certificate":
        certificates = [{"cert_data": base64.b64encode(each).decode()} for each in gateway.chain]
        return {"certificates": [certificates[0] | {"serial_number": "0a1b"}, *certificates[1:]]}
    if method == "signatures/sign":
        assert request["serial_number"] == "0a1b"
        ticket = f"T{len(gateway.asked)}"
        gateway.asked[ticket] = request["sign_files"]
        return {"tran_code": ticket}
    if gateway.polls > 0:
        gateway.polls -= 1
        return {"state": "PENDING"}
    if gateway.ends != "SIGNED":
        return {"state": gateway.ends}
    signed = [_signed(gateway, wanted) for wanted in reversed(gateway.asked[method.split("/")[2]])]
    return {"state": "SIGNED", "signatures": signed}


def _signed(gateway: Gateway, wanted: dict[str, str]) -> dict[str, str]:
    digest = bytes.fromhex(wanted["data_to_be_signed"])
    value = gateway.key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
    return {"doc_id": wanted["doc_id"], "signature_value": base64.b64encode(value).decode()}
