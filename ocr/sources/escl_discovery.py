"""Finds eSCL scanners on the local network by multicast DNS (RFC 6762, RFC 6763)."""

from __future__ import annotations

import hashlib
import ssl
import time

from zeroconf import ServiceBrowser, ServiceListener, Zeroconf

from ocr.ports import Device

LOOK_S = 2.0
SERVICES = {"_uscans._tcp.local.": "escls", "_uscan._tcp.local.": "escl"}
_RESOLVE_MS = 1500


class _Found(ServiceListener):
    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.names[name] = type_

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.names[name] = type_

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.names.pop(name, None)


def devices(look_s: float = LOOK_S) -> tuple[Device, ...]:
    """Scanners that say they are there within `look_s` seconds; the safer address of one that has two.

    An address of HTTPS carries the SHA-256 of the certificate shown now, so that no other is believed later.
    """
    found = _Found()
    try:
        network = Zeroconf()
    except OSError:  # no network at all
        return ()
    with network:
        browser = ServiceBrowser(network, list(SERVICES), found)
        time.sleep(look_s)
        made: dict[str, Device] = {}
        for name, kind in sorted(found.names.items(), key=lambda entry: list(SERVICES).index(entry[1])):
            device = _device(network, kind, name)
            if device:
                made.setdefault(name.partition(".")[0], device)
        browser.cancel()
    return tuple(made.values())


def _device(network: Zeroconf, kind: str, name: str) -> Device | None:
    info = network.get_service_info(kind, name, _RESOLVE_MS)
    if info is None or not info.parsed_addresses():
        return None
    host = next((address for address in info.parsed_addresses() if ":" not in address), None)
    if host is None:
        host = f"[{info.parsed_addresses()[0]}]"
    told = {key.decode(): (value or b"").decode(errors="replace") for key, value in info.properties.items()}
    address = f"{SERVICES[kind]}://{host}:{info.port}/{told.get('rs', 'eSCL').strip('/')}"
    if SERVICES[kind] == "escls":
        try:
            shown = ssl.get_server_certificate((host.strip("[]"), info.port or 443), timeout=3)
        except OSError:
            return None
        address += "#" + hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest()
    return Device(address, told.get("ty") or name.partition(".")[0])
