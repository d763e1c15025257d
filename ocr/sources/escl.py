"""Network scanners over eSCL (AirScan): plain HTTP requests, the same on every system.

Traps that were seen: a feeder's end comes as 404, 409 or 410; a jam comes as 200 with an empty body while the
feeder still says "loaded", and only the job's state tells; so the state is asked for after every job, and the
scanner's own count is compared with what arrived.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from ocr.errors import (
    DeviceBusy,
    DeviceError,
    DeviceGone,
    DeviceMissing,
    DeviceUntrusted,
    FeederEmpty,
    PagesMissing,
    TooManyPages,
)
from ocr.ports import DEFAULT_SCAN, DeviceFeatures, ScanOptions
from ocr.sources import escl_messages
from ocr.sources.escl_messages import FEEDER_TROUBLES, Status

TIMEOUT_S = (5, 120)
"""To connect, and to wait for the next bytes: a 600 dpi A3 page takes its time."""
CANCEL_TIMEOUT_S = (2, 5)
BUSY_TRIES, BUSY_WAIT_S = 20, 0.5
MOST_PAGES = 1000
LARGEST_PAGE = 300_000_000
STOP_SEEN_S, STOP_GRACE_S = 0.2, 3
"""How soon a stop is seen, and how long a page on its way may still take to arrive after it."""
_NO_MORE = (404, 409, 410)
_BUSY = 503


@dataclass(frozen=True, slots=True)
class EsclSource:
    """`escl://HOST[:PORT]/eSCL`, or `escls://` for HTTPS; `#SHA256` pins the certificate the scanner makes
    for itself, since no authority vouches for machines in an office."""

    address: str
    options: ScanOptions = DEFAULT_SCAN

    def pages(self, into: Path, stop: threading.Event | None = None) -> Iterator[Path]:
        into.mkdir(parents=True, exist_ok=True)
        with self._session() as http:
            job = self._start(http)
            count = 0
            try:
                while not (stop and stop.is_set()) and count < MOST_PAGES:
                    data = _unless_stopped(partial(self._next, http, job, count), stop)
                    if data is None:
                        break
                    count += 1
                    yield _kept(data, into / f"p{count:05}.jpg")
                if count >= MOST_PAGES:
                    raise TooManyPages(device=self._host, pages=count)
            except BaseException:
                self._cancel(http, job)
                raise
            if stop and stop.is_set():
                self._cancel(http, job)
            else:
                self._judge(self._ask(http, job, count), count)

    def features(self) -> DeviceFeatures:
        """Raises DeviceMissing."""
        with self._session() as http:
            return escl_messages.features(self._get(http, "ScannerCapabilities", 0))

    @property
    def _host(self) -> str:
        return urlsplit(self.address).netloc

    @contextmanager
    def _session(self) -> Iterator[requests.Session]:
        parts = urlsplit(self.address)
        with requests.Session() as http:
            http.trust_env = False  # a proxy of the internet does not lead to the scanner in the room
            if parts.fragment:
                http.mount("https://", _Pinned(parts.fragment))
                http.verify = False  # the fingerprint stands in for an authority
            yield http

    def _url(self, path: str) -> str:
        parts = urlsplit(self.address)
        scheme = "https" if parts.scheme == "escls" else "http"
        return f"{scheme}://{parts.netloc}{path}"

    def _path(self, name: str) -> str:
        return f"{urlsplit(self.address).path.rstrip('/') or '/eSCL'}/{name}"

    def _send(
        self,
        http: requests.Session,
        method: str,
        path: str,
        count: int,
        data: bytes | None = None,
        timeout: tuple[float, float] = TIMEOUT_S,
    ) -> requests.Response:
        """Raises DeviceMissing before the first page, DeviceGone after it."""
        try:
            return http.request(
                method, self._url(path), data=data, timeout=timeout, stream=True, allow_redirects=False,
                headers={"Content-Type": "text/xml"} if data else {},
            )  # fmt: skip
        except requests.exceptions.SSLError as error:
            raise DeviceUntrusted(device=self._host, reason="TLS", pages=count) from error
        except requests.RequestException as error:
            kind = DeviceGone if count else DeviceMissing
            raise kind(device=self._host, reason=type(error).__name__, pages=count) from error

    def _get(self, http: requests.Session, name: str, count: int) -> bytes:
        answer = self._send(http, "GET", self._path(name), count)
        if answer.status_code != 200:
            answer.close()
            raise DeviceError(device=self._host, reason=f"HTTP {answer.status_code}", pages=count)
        return self._body(answer, escl_messages.LONGEST_ANSWER, count)

    def _body(self, answer: requests.Response, most: int, count: int) -> bytes:
        data = bytearray()
        try:
            for chunk in answer.iter_content(65536):
                data += chunk
                if len(data) > most:
                    raise DeviceError(device=self._host, reason="size", pages=count)
        except requests.RequestException as error:
            raise DeviceGone(device=self._host, reason=type(error).__name__, pages=count) from error
        finally:
            answer.close()
        return bytes(data)

    def _start(self, http: requests.Session) -> str:
        """The path of the new job."""
        ready = escl_messages.status(self._get(http, "ScannerStatus", 0))
        if self.options.feed != "flatbed" and ready.feeder in FEEDER_TROUBLES:
            raise FEEDER_TROUBLES[ready.feeder](device=self._host, reason=ready.feeder, pages=0)
        settings = escl_messages.settings(self.options)
        for _ in range(BUSY_TRIES):
            answer = self._send(http, "POST", self._path("ScanJobs"), 0, settings)
            answer.close()
            if answer.status_code != _BUSY:
                break
            time.sleep(BUSY_WAIT_S)
        if answer.status_code == _BUSY:
            raise DeviceBusy(device=self._host, reason="503", pages=0)
        path = urlsplit(answer.headers.get("Location", "")).path
        if answer.status_code != 201 or not path:
            raise DeviceError(device=self._host, reason=f"HTTP {answer.status_code}", pages=0)
        return path

    def _next(self, http: requests.Session, job: str, count: int) -> bytes | None:
        """The next page; None when the scanner has no more."""
        for _ in range(BUSY_TRIES):
            answer = self._send(http, "GET", f"{job}/NextDocument", count)
            if answer.status_code != _BUSY:
                break
            answer.close()
            time.sleep(BUSY_WAIT_S)
        if answer.status_code != 200:
            answer.close()
            if answer.status_code in _NO_MORE:
                return None
            raise DeviceError(device=self._host, reason=f"HTTP {answer.status_code}", pages=count)
        data = self._body(answer, LARGEST_PAGE, count)
        if not data:
            self._judge(self._ask(http, job, count), count)
            raise DeviceError(device=self._host, reason="0 byte", pages=count)
        return data

    def _ask(self, http: requests.Session, job: str, count: int) -> Status:
        return escl_messages.status(self._get(http, "ScannerStatus", count), job)

    def _cancel(self, http: requests.Session, job: str) -> None:
        with suppress(DeviceError):
            self._send(http, "DELETE", job, 1, timeout=CANCEL_TIMEOUT_S).close()

    def _judge(self, told: Status, count: int) -> None:
        trouble = FEEDER_TROUBLES.get(told.feeder) if self.options.feed != "flatbed" else None
        if told.job == "Aborted" or (trouble and trouble is not FeederEmpty):
            kind = trouble if trouble and trouble is not FeederEmpty else DeviceError
            raise kind(device=self._host, reason=told.feeder or told.job, pages=count)
        if told.images_completed is not None and told.images_completed > count:
            raise PagesMissing(device=self._host, told=told.images_completed, pages=count)
        if count == 0:
            raise FeederEmpty(device=self._host, reason=told.feeder, pages=0)


def _unless_stopped(work: Callable[[], bytes | None], stop: threading.Event | None) -> bytes | None:
    """What `work` gets from a scanner that may take minutes; soon after a stop None, if it is not there."""
    got: Future[bytes | None] = Future()

    def run() -> None:
        try:
            got.set_result(work())
        except Exception as error:
            got.set_exception(error)

    threading.Thread(target=run, name="escl", daemon=True).start()
    while not (stop and stop.is_set()):
        if wait([got], STOP_SEEN_S).done:
            return got.result()
    return got.result() if wait([got], STOP_GRACE_S).done else None


def _kept(data: bytes, target: Path) -> Path:
    part = target.with_suffix(".part")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return part.rename(target)


class _Pinned(HTTPAdapter):
    """Believes one certificate, by its SHA-256, and no other."""

    def __init__(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **options: Any) -> None:
        super().init_poolmanager(*sizes, **options, assert_fingerprint=self._fingerprint)
