"""Asks one time-stamp server over HTTP (RFC 3161 3.4): patient, bounded, and stopped by the person."""

from __future__ import annotations

import asyncio
import threading
import time

import requests
from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from signing.errors import SigningStopped

_CONNECT_S = 10.0
_MAX_BYTES = 64 * 1024
"""A token with its certificates is 2 to 8 kB."""
_LOOK_S = 0.2
"""How often a stop is looked for while the server is silent."""
_REPLY = "application/timestamp-reply"


class HttpStamper(TimeStamper):
    """Raises TimeoutError when the server is too slow, OSError when it fails, ValueError when it lies."""

    def __init__(self, url: str, patience_s: float, stop: threading.Event) -> None:
        TimeStamper.__init__(self)
        self._url, self._patience_s, self._stop = url, patience_s, stop
        self._connections = requests.Session()  # one handshake for a batch

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(await asyncio.to_thread(self._wait, req.dump()), strict=True)

    def _wait(self, request: bytes) -> bytes:
        asked = _Question(self._connections, self._url, request, self._patience_s)
        asked.start()
        while asked.is_alive():
            asked.join(_LOOK_S)
            if self._stop.is_set():
                raise SigningStopped(name=self._url)
        if asked.failure is not None:
            raise asked.failure
        return asked.reply


class _Question(threading.Thread):
    """One request in a thread that may be left behind: a silent server holds nobody up."""

    def __init__(self, connections: requests.Session, url: str, request: bytes, patience_s: float) -> None:
        super().__init__(daemon=True)
        self._connections = connections
        self._url, self._request, self._patience_s = url, request, patience_s
        self.reply = b""
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            self.reply = self._post()
        except requests.Timeout:
            self.failure = TimeoutError(self._url)
        except (OSError, ValueError) as error:
            self.failure = error

    def _post(self) -> bytes:
        end = time.monotonic() + self._patience_s
        headers = {"Content-Type": "application/timestamp-query", "Accept": _REPLY}
        limits = (min(_CONNECT_S, self._patience_s), self._patience_s)
        with self._connections.post(
            self._url, self._request, headers=headers, timeout=limits, stream=True, allow_redirects=False
        ) as response:
            if response.status_code != 200 or response.headers.get("Content-Type") != _REPLY:
                raise OSError(f"HTTP {response.status_code}")
            found = b""
            for part in response.iter_content(4096):
                found += part
                if len(found) > _MAX_BYTES:
                    raise ValueError("too long")
                if time.monotonic() > end:
                    raise TimeoutError(self._url)
            return found
