"""Network scanners against an eSCL scanner of our own: what comes is kept, what goes wrong is told."""

from __future__ import annotations

import datetime
import hashlib
import io
import socket
import ssl
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from lxml import etree
from PIL import Image
from zeroconf import ServiceInfo, Zeroconf

from ocr.errors import (
    CoverOpen,
    DeviceBusy,
    DeviceError,
    DeviceGone,
    DeviceMissing,
    DeviceUntrusted,
    DoubleFeed,
    FeederEmpty,
    PagesMissing,
    PaperJam,
    TooManyPages,
)
from ocr.locate import source
from ocr.ports import Device, ScanOptions
from ocr.sources import escl, escl_discovery
from tests.fakes.escl_scanner import Behaviour, scanner

FEEDER = ScanOptions("adf", 150)


def sheet(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (200, 280), shade).save(out, "JPEG", dpi=(150, 150))
    return out.getvalue()


SHEETS = tuple(sheet(shade) for shade in (250, 240, 240))


def scan(address: str, into: Path, options: ScanOptions = FEEDER) -> tuple[list[bytes], DeviceError | None]:
    """What arrived, and how it ended."""
    came: list[bytes] = []
    try:
        came.extend(page.read_bytes() for page in source(address, options).pages(into))
    except DeviceError as error:
        return came, error
    return came, None


@pytest.mark.parametrize("end", [404, 409, 410])
def test_every_sheet_arrives_in_order_however_the_scanner_says_that_it_was_the_last(
    tmp_path: Path, end: int
) -> None:
    with scanner(now := Behaviour(SHEETS, end)) as address:
        assert scan(address, tmp_path) == (list(SHEETS), None)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["p00001.jpg", "p00002.jpg", "p00003.jpg"]
    asked = etree.fromstring(now.asked[0])
    said = {etree.QName(node).localname: node.text for node in asked.iter() if node.text}
    assert said["InputSource"] == "Feeder"
    assert said["XResolution"] == "150"
    assert (said["Width"], said["Height"]) == ("2480", "3508")


def test_what_the_scanner_offers(tmp_path: Path) -> None:
    with scanner(Behaviour()) as address:
        offered = source(address).features()
    assert offered.feeds == ("flatbed", "adf", "adf-duplex")
    assert offered.dpis == (150, 300)
    assert offered.modes == ("colour", "grey")


FAULTS = (
    (Behaviour(SHEETS, fault="empty answer", after=2), DeviceError),
    (
        Behaviour(SHEETS, fault="empty answer", after=2, feeder_after_fault="ScannerAdfJam"),
        PaperJam,
    ),
    (
        Behaviour(SHEETS, fault="empty answer", after=2, feeder_after_fault="ScannerAdfHatchOpen"),
        CoverOpen,
    ),
    (
        Behaviour(SHEETS, fault="empty answer", after=2, feeder_after_fault="ScannerAdfMultipickDetected"),
        DoubleFeed,
    ),
    (Behaviour(SHEETS, fault="gone", after=2), DeviceGone),
    (Behaviour(SHEETS, fault="cut short", after=2), DeviceGone),
    (Behaviour(SHEETS, fault="error", after=2), DeviceError),
    (Behaviour(SHEETS[:2], lost=1), PagesMissing),
)


@pytest.mark.parametrize(("now", "kind"), FAULTS, ids=lambda each: getattr(each, "fault", "") or None)
def test_a_fault_after_two_pages_is_told_and_the_two_pages_stay(
    tmp_path: Path, now: Behaviour, kind: type[DeviceError]
) -> None:
    with scanner(now) as address:
        came, error = scan(address, tmp_path)
    assert came == list(SHEETS[:2])
    assert type(error) is kind
    assert error.facts["pages"] == 2
    assert not list(tmp_path.glob("*.part"))


def test_an_empty_feeder_and_an_absent_scanner(tmp_path: Path) -> None:
    with scanner(Behaviour(SHEETS, feeder="ScannerAdfEmpty")) as address:
        assert type(scan(address, tmp_path)[1]) is FeederEmpty
    assert type(scan(address, tmp_path)[1]) is DeviceMissing


def test_a_busy_scanner_is_waited_for_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escl, "BUSY_WAIT_S", 0.0)
    with scanner(Behaviour(SHEETS, busy=5)) as address:
        assert len(scan(address, tmp_path)[0]) == 3
    with scanner(Behaviour(SHEETS, busy=10**6)) as address:
        assert type(scan(address, tmp_path)[1]) is DeviceBusy


def test_a_scanner_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escl, "MOST_PAGES", 12)
    with scanner(now := Behaviour(SHEETS, fault="endless", after=10**9)) as address:
        came, error = scan(address, tmp_path)
    assert len(came) == 12
    assert type(error) is TooManyPages
    assert now.deleted


def test_a_stop_does_not_wait_for_a_scanner_that_holds_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escl, "STOP_GRACE_S", 0.1)
    stop = threading.Event()
    behaviour = Behaviour(SHEETS, fault="holds the page", after=1)
    with scanner(behaviour) as address:
        pages = source(address, FEEDER).pages(tmp_path, stop)
        kept = [next(pages)]
        threading.Timer(0.3, stop.set).start()
        kept += pages
        [waiting] = [thread for thread in threading.enumerate() if thread.name == "escl"]
        behaviour.let_go.set()
        waiting.join()
    assert behaviour.deleted
    assert [page.name for page in kept] == ["p00001.jpg"]


def test_a_person_stops_after_the_page_under_way(tmp_path: Path) -> None:
    stop = threading.Event()
    with scanner(now := Behaviour(SHEETS)) as address:
        for _ in source(address, FEEDER).pages(tmp_path, stop):
            stop.set()
    assert now.given == 1
    assert now.deleted


def certificate(folder: Path) -> tuple[ssl.SSLContext, str]:
    """What a scanner makes for itself, and its SHA-256."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "scanner")])
    day = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), 7, day, day + datetime.timedelta(days=1)
    ).sign(key, hashes.SHA256())  # fmt: skip
    plain = serialization.NoEncryption()
    der = made.public_bytes(serialization.Encoding.DER)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "scanner.pem").write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "scanner.pem")
    return context, hashlib.sha256(der).hexdigest()


def test_over_https_one_certificate_is_believed_and_no_other(tmp_path: Path) -> None:
    context, digest = certificate(tmp_path)
    pages = tmp_path / "pages"
    with scanner(Behaviour(SHEETS), context) as address:
        assert len(scan(f"{address}#{digest}", pages)[0]) == 3
        assert type(scan(f"{address}#{'0' * 64}", pages)[1]) is DeviceUntrusted
        assert type(scan(address, pages)[1]) is DeviceUntrusted


def test_scanners_on_the_network_are_found() -> None:
    info = ServiceInfo(
        "_uscan._tcp.local.", "Tram So._uscan._tcp.local.", 8080, server="tramso.local.",
        properties={"ty": "Máy quét", "rs": "eSCL"}, addresses=[socket.inet_aton("127.0.0.1")],
    )  # fmt: skip
    try:
        network = Zeroconf()
    except OSError:
        pytest.skip("no network that carries multicast")
    with network:
        network.register_service(info, cooperating_responders=True)
        found = escl_discovery.devices(1.5)
    assert Device("escl://127.0.0.1:8080/eSCL", "Máy quét") in found
