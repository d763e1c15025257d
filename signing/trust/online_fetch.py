"""One guarded request: only http and https, only public addresses, within size and time.

Addresses inside certificates are written by whoever made the file, so a request may be aimed at this machine
or its office (server-side request forgery). Each name is resolved here and the connection goes to the very
address that was checked: a second answer of the name server cannot point elsewhere.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from signing.errors import FetchFailed

MAX_REDIRECTS = 3
_MAX_URL = 2048
_PORTS = {"http": 80, "https": 443}
_MOVED = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one request may go."""

    seconds: float
    max_bytes: int
    allow_private: bool = False
    """Whether loopback, link-local and office addresses may be asked."""


def fetch(url: str, limits: Limits, body: bytes = b"", content_type: str = "") -> bytes:
    """The answer to GET, or to POST with a body.

    Raises FetchFailed: why = address, private, unreachable, time, size, status or redirects.
    """
    deadline = time.monotonic() + limits.seconds
    for _ in range(MAX_REDIRECTS + 1):
        parts = _checked(url)
        try:
            with _asked(parts, body, content_type, limits, deadline) as response:
                if response.status not in _MOVED:
                    return _body(response, url, limits, deadline)
                url = urljoin(url, response.getheader("Location") or "")
        except (OSError, http.client.HTTPException, ValueError) as problem:
            late = isinstance(problem, TimeoutError) or time.monotonic() >= deadline
            raise FetchFailed(url=url, why="time" if late else "unreachable") from problem
        if body:
            break  # a question is not carried to somebody else
    raise FetchFailed(url=url, why="redirects")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as problem:
        raise FetchFailed(url=url[:_MAX_URL], why="address") from problem
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= _MAX_URL
    if not plain or parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise FetchFailed(url=url[:_MAX_URL], why="address")
    return parts


@contextlib.contextmanager
def _asked(
    parts: SplitResult, body: bytes, content_type: str, limits: Limits, deadline: float
) -> Iterator[http.client.HTTPResponse]:
    """The response to one request."""
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    address = _address(parts, host, port, limits, deadline)
    with contextlib.ExitStack() as wires:
        plain = socket.create_connection((address, port), timeout=_left(deadline))
        wires.enter_context(plain)
        wire = _secured(plain, host) if parts.scheme == "https" else plain
        wires.enter_context(wire)
        # A server that sends a byte now and then never runs into the time limit of a single read.
        cut = threading.Timer(_left(deadline), _shut, (wire,))
        wires.callback(cut.cancel)
        cut.daemon = True
        cut.start()
        if isinstance(wire, ssl.SSLSocket):
            wire.do_handshake()
        connection = http.client.HTTPConnection(host, port)
        connection.sock = wire
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Accept": "*/*", "Connection": "close", "User-Agent": "TramSo"}
        headers |= {"Content-Type": content_type} if body else {}
        connection.request("POST" if body else "GET", path, body or None, headers)
        with connection.getresponse() as response:
            yield response


def _secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(
        plain, server_hostname=host, do_handshake_on_connect=False
    )


def _shut(wire: socket.socket) -> None:
    with contextlib.suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    return max(0.01, deadline - time.monotonic())


def _address(parts: SplitResult, host: str, port: int, limits: Limits, deadline: float) -> str:
    """The first address of the host, when every one of them may be asked."""
    found = _resolved(host, port, deadline)
    if not limits.allow_private and not all(map(is_public, found)):
        raise FetchFailed(url=parts.geturl(), why="private")
    return found[0]


def _resolved(host: str, port: int, deadline: float) -> list[str]:
    """Addresses of a host; its name server may be the one that never answers."""
    found: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def resolve() -> None:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put([str(entry[4][0]) for entry in entries])
        except (OSError, UnicodeError) as problem:
            found.put(OSError(str(problem)))

    threading.Thread(target=resolve, daemon=True).start()
    try:
        answer = found.get(timeout=_left(deadline))
    except queue.Empty as problem:
        raise TimeoutError from problem
    if isinstance(answer, OSError):
        raise answer
    return answer


def is_public(address: str) -> bool:
    """Whether an address belongs to the open network, also when it is wrapped in another kind (RFC 6890)."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = [parsed.ipv4_mapped, parsed.sixtofour, *(parsed.teredo or ())]
        if parsed in _NAT64:
            inner.append(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
        if not all(is_public(str(each)) for each in inner if each is not None):
            return False
        if parsed.ipv4_mapped is not None:
            return True
    return parsed.is_global and not parsed.is_multicast


def _body(response: http.client.HTTPResponse, url: str, limits: Limits, deadline: float) -> bytes:
    if response.status != http.client.OK:
        raise FetchFailed(url=url, why="status", status=response.status)
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > limits.max_bytes:
            raise FetchFailed(url=url, why="size")
        if time.monotonic() >= deadline:
            raise FetchFailed(url=url, why="time")
    # Cut in the middle, read1 returns nothing more instead of complaining.
    if time.monotonic() >= deadline or response.length:
        raise FetchFailed(url=url, why="time" if time.monotonic() >= deadline else "unreachable")
    return bytes(body)
