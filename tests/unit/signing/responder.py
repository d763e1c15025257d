"""A small authority on loopback that answers AIA, CRL and OCSP requests, and can misbehave on purpose."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from tests.unit.signing.attacked import NOW, name


@dataclass
class Responder:
    """What it answers by path; a float instead of bytes: seconds of silence first."""

    url: str = ""
    answers: dict[str, bytes | float | tuple[int, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Responder]:
    """A responder on a free port of this machine."""
    responder = Responder()
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            responder.asked.append(self.path)
            answer = responder.answers.get(self.path, (404, ""))
            if isinstance(answer, float):
                stop.wait(answer)
            elif isinstance(answer, bytes):
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            else:
                self.send_response(answer[0])
                self.send_header("Location", answer[1])
                self.end_headers()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    responder.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield responder
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(frozen=True)
class Chain:
    """Root, issuing authority and a signer whose certificates name the responder."""

    root: x509.Certificate
    issuing: x509.Certificate
    issuing_key: ec.EllipticCurvePrivateKey
    leaf: x509.Certificate
    leaf_key: ec.EllipticCurvePrivateKey


def der(cert: x509.Certificate) -> bytes:
    return cert.public_bytes(Encoding.DER)


def chain(responder: Responder, with_ocsp: bool = True) -> Chain:
    """A chain whose issuing certificate, lists and OCSP answers are to be had from the responder."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    root = _issue("CA GỐC MẠNG", "CA GỐC MẠNG", keys[0], keys[0], ca=True)
    issuing = _issue("CA MẠNG", "CA GỐC MẠNG", keys[1], keys[0], ca=True, crl=f"{responder.url}/root.crl")
    leaf = _issue(
        "Nguyễn Văn Mạng",
        "CA MẠNG",
        keys[2],
        keys[1],
        ca=False,
        crl=f"{responder.url}/issuing.crl",
        aia=f"{responder.url}/issuing.crt",
        status=f"{responder.url}/ocsp" if with_ocsp else "",
    )
    responder.answers |= {
        "/issuing.crt": der(issuing),
        "/root.crl": revocation_list(root, keys[0]),
        "/issuing.crl": revocation_list(issuing, keys[1]),
        "/ocsp": status(leaf, issuing, keys[1]),
    }
    return Chain(root, issuing, keys[1], leaf, keys[2])


def revocation_list(
    issuer: x509.Certificate, key: ec.EllipticCurvePrivateKey, revoked: x509.Certificate | None = None
) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.subject)
    builder = builder.last_update(NOW - timedelta(hours=1)).next_update(NOW + timedelta(days=7))
    if revoked is not None:
        entry = x509.RevokedCertificateBuilder().serial_number(revoked.serial_number).revocation_date(NOW)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def status(
    leaf: x509.Certificate,
    issuer: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    revoked: bool = False,
) -> bytes:
    """The OCSP answer of the issuer itself, good or revoked a day ago."""
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=leaf,
        issuer=issuer,
        algorithm=hashes.SHA1(),
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
        this_update=NOW - timedelta(minutes=5),
        next_update=NOW + timedelta(days=1),
        revocation_time=NOW - timedelta(days=1) if revoked else None,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked else None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _issue(
    subject: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    ca: bool,
    crl: str = "",
    aia: str = "",
    status: str = "",
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=300))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if crl:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    methods = [(AuthorityInformationAccessOID.CA_ISSUERS, aia), (AuthorityInformationAccessOID.OCSP, status)]
    named = [
        x509.AccessDescription(method, x509.UniformResourceIdentifier(url)) for method, url in methods if url
    ]
    if named:
        builder = builder.add_extension(x509.AuthorityInformationAccess(named), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
