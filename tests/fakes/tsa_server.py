"""A time-stamp server on loopback with the practice office's key, which can be slow, broken or a liar."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import core, tsp

from signing.ports import TimeStampAuthority


@dataclass
class Server:
    """What it shall do; `asked` counts the requests, `connections` how often a client came."""

    url: str = ""
    fault: str = ""
    """"", imprint, nonce, bare, garbage, endless, refused, error or silent."""
    asked: int = 0
    connections: int = 0
    hangs_up: bool = False
    """Closes the connection after each answer without having said so."""


@contextmanager
def serving(authority: TimeStampAuthority, fault: str = "") -> Iterator[Server]:
    """A server on a free port of this machine."""
    state, over = Server(fault=fault), threading.Event()
    stamper: Any = next(iter(authority.stamper()._servers.values()))  # type: ignore[attr-defined]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # as real servers: the connection stays open for the next stamp
        disable_nagle_algorithm = True

        def setup(self) -> None:
            state.connections += 1
            super().setup()

        def do_POST(self) -> None:
            state.asked += 1
            request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            if state.fault == "silent":
                over.wait(30)
            self._answer(_reply(stamper, request, state.fault))

        def _answer(self, data: bytes) -> None:
            self.send_response(500 if state.fault == "error" else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            try:
                self.wfile.write(data)
            except OSError:
                return  # the client had enough
            self.close_connection |= state.hangs_up

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}/tsa"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _reply(stamper: Any, request: tsp.TimeStampReq, fault: str) -> bytes:
    if fault == "garbage":
        return b"not a reply"
    if fault == "endless":
        return bytes(1 << 20)
    if fault == "refused":
        return bytes(tsp.TimeStampResp({"status": tsp.PKIStatusInfo({"status": "rejection"})}).dump())
    changed = tsp.TimeStampReq.load(request.dump())
    if fault == "imprint":
        changed["message_imprint"]["hashed_message"] = bytes(32)
    if fault == "nonce":
        changed["nonce"] = core.Integer(1)
    reply: tsp.TimeStampResp = asyncio.run(stamper.async_request_tsa_response(changed))
    if fault == "bare":
        reply["time_stamp_token"]["content"]["certificates"] = []
        return bytes(reply.dump(force=True))
    return bytes(reply.dump())  # encoding it anew costs 250 ms, more than a real server takes
