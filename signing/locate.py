"""From addresses to identities and time-stamp authorities."""

from __future__ import annotations

import threading
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

from signing.errors import IdentityMissing, TimestampFailed
from signing.identities.csc import CscService
from signing.identities.esign import EsignService
from signing.identities.pkcs11 import Pkcs11Identity
from signing.identities.pkcs12 import Pkcs12Identity
from signing.identities.remote import RemoteIdentity
from signing.ports import HashService, Identity, PinPrompt, TimeStampAuthority
from signing.practice.office import PracticeOffice, ensure
from signing.timestamps.authorities import NetworkAuthority, PracticeAuthority


def practice(home: Path) -> PracticeOffice:
    """The practice office of a profile."""
    return ensure(home / "practice")


def identity(
    address: str, prompt: PinPrompt, home: Path | None = None, stop: threading.Event | None = None
) -> Identity:
    """Open an identity: `pkcs12:FILE`, `pkcs11:MODULE?token=LABEL&cert=LABEL-or-hex-id`, `practice:NAME`,
    `csc:https://SERVICE?user=NAME#CREDENTIAL`, `esign:https://GATEWAY?sp=SP_ID#ACCOUNT`.
    `stop` ends the waiting for a remote service.

    Raises IdentityMissing, PinWrong, PinLocked, CertificateRefused or ServiceFailed.
    """
    scheme, _, rest = address.partition(":")
    if scheme == "practice" and home is not None:
        office = practice(home)
        return Pkcs12Identity(office.identity_file(rest), lambda _: office.password())
    if scheme == "pkcs12":
        return Pkcs12Identity(Path(rest).expanduser(), prompt)
    if scheme == "pkcs11":
        module, _, query = rest.partition("?")
        wanted = {key: values[-1] for key, values in parse_qs(query).items()}
        return Pkcs11Identity(module, wanted.get("token", ""), wanted.get("cert", ""), prompt)
    if scheme in ("csc", "esign"):
        return RemoteIdentity(_service(scheme, rest, prompt), stop or threading.Event())
    raise IdentityMissing(name=address, where="address")


def _service(scheme: str, address: str, prompt: PinPrompt) -> HashService:
    parts = urlsplit(address)
    base = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    query = parse_qs(parts.query)
    if scheme == "esign":
        return EsignService(base, query.get("sp", [""])[-1], parts.fragment, prompt)
    return CscService(base, parts.fragment, query.get("user", [""])[-1], prompt)


def tsa(address: str, home: Path | None = None, stop: threading.Event | None = None) -> TimeStampAuthority:
    """A time-stamp authority: `practice:`, or one or several http(s) addresses separated by spaces.

    `stop` ends the waiting for a server.
    """
    if address.startswith("practice:") and home is not None:
        office = practice(home)
        return PracticeAuthority(office.identity_file("tsa"), office.password())
    addresses = address.split()
    if not addresses or not all(item.startswith(("http://", "https://")) for item in addresses):
        raise TimestampFailed(address=address)
    return NetworkAuthority(addresses, stop=stop)
