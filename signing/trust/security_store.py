"""The document security store: certificates, CRLs, OCSP answers in a file (ISO 32000-2 12.8.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from asn1crypto import x509

from signing.trust.chain import Evidence

_MAX_ITEMS = 256
_MAX_ITEM_BYTES = 8 * 2**20
_MAX_TOTAL_BYTES = 48 * 2**20


def read(pdf: pikepdf.Pdf) -> Evidence:
    """What the store holds; an unreadable part is left out, never an error."""
    store = pdf.Root.get("/DSS")
    if not isinstance(store, pikepdf.Dictionary):
        return Evidence()
    certificates = tuple(cert for der in _streams(store, "/Certs") for cert in _certificate(der))
    return Evidence(certificates, tuple(_streams(store, "/CRLs")), tuple(_streams(store, "/OCSPs")))


def _streams(store: pikepdf.Dictionary, key: str) -> Iterator[bytes]:
    listed = store.get(key)
    total = 0
    for each in list(listed)[:_MAX_ITEMS] if isinstance(listed, pikepdf.Array) else ():
        if not isinstance(each, pikepdf.Stream) or int(each.get("/Length", 0)) > _MAX_ITEM_BYTES:
            continue
        try:
            content = each.read_bytes()
        except (pikepdf.PdfError, RuntimeError):
            continue
        total += len(content)
        if total > _MAX_TOTAL_BYTES:
            return
        yield content


def _certificate(der: bytes) -> Iterator[x509.Certificate]:
    try:
        cert = x509.Certificate.load(der)
        _ = cert.subject.native, cert.issuer.native, cert.public_key.algorithm
    except (ValueError, TypeError, KeyError):
        return
    yield cert
