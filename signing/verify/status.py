"""Which revocation data a verdict rests on, where each came from, and from when it is (TT 15/2025)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from asn1crypto import x509

from signing.model import StatusData
from signing.trust.chain import ChainCheck, Evidence, parsed_crl, parsed_ocsp
from signing.trust.online_cache import Fetched
from signing.trust.store import TrustStore, certificate


def used(
    chain: ChainCheck, trust: TrustStore, in_file: Evidence, fetched: tuple[Fetched, ...]
) -> tuple[StatusData, ...]:
    """The lists and answers at hand about the certificates of a chain, those of the file first."""
    path = tuple(certificate(der) for der in chain.path)
    held = [("file", in_file.crls, in_file.ocsps), ("store", trust.crls, trust.ocsps)]
    found: list[StatusData] = []
    for source, crls, ocsps in held:
        for der in crls:
            found += _described(source, "crl", der, path)
        for der in ocsps:
            found += _described(source, "ocsp", der, path)
    for each in fetched:
        source = "cache" if each.from_cache else "network"
        found += _described(source, each.kind, each.der, path, each.url, each.fetched_at)
    return tuple(dict.fromkeys(found))


def _described(
    source: str,
    kind: str,
    der: bytes,
    path: tuple[x509.Certificate, ...],
    url: str = "",
    fetched_at: datetime | None = None,
) -> Iterator[StatusData]:
    """The data as it is shown, once for each certificate of the chain that it speaks of."""
    tellers = {"crl": _of_list, "ocsp": _of_answer}
    if kind in tellers:
        for about, this_update, next_update in tellers[kind](der, path):
            digest = hashlib.sha256(der).hexdigest()
            yield StatusData(kind, source, about, this_update, next_update, digest, url, fetched_at)


_Told = Iterator[tuple[str, datetime | None, datetime | None]]


def _of_list(der: bytes, path: tuple[x509.Certificate, ...]) -> _Told:
    for parsed in parsed_crl(der):
        inner = parsed["tbs_cert_list"]
        for cert in path:
            if cert.issuer.hashable == parsed.issuer.hashable and not cert.self_issued:
                yield _serial(cert), inner["this_update"].native, inner["next_update"].native


def _of_answer(der: bytes, path: tuple[x509.Certificate, ...]) -> _Told:
    for parsed in parsed_ocsp(der):
        for each in parsed.response_data["responses"]:
            for cert in path:
                if cert.serial_number == each["cert_id"]["serial_number"].native:
                    yield _serial(cert), each["this_update"].native, each["next_update"].native


def _serial(cert: x509.Certificate) -> str:
    return format(cert.serial_number, "x")
