"""What the network knows of a certificate: issuers (AIA), OCSP answers, revocation lists.

Nothing is asked without consent (`OnlineAccess.fetch`), and only about the chain of one certificate. Without
consent the cache still helps. What comes back anchors nothing and proves nothing until the chain check has
verified it (RFC 5280 4.2.1.13, 4.2.2.1; RFC 6960).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator.authority import AuthorityWithCert
from pyhanko_certvalidator.fetchers.common_utils import format_ocsp_request, gather_aia_issuer_urls

from signing.errors import FetchFailed
from signing.model import OnlineAccess
from signing.trust import online_cache
from signing.trust.online_cache import Fetched
from signing.trust.online_fetch import Limits, fetch
from signing.trust.store import TrustStore, certificate, recognise

MAX_DEPTH = 6
_MAX_URLS = 2
"""Per certificate and kind: real ones name one or two."""
_MAX_BYTES = {"certificate": 512 * 1024, "ocsp": 256 * 1024, "crl": 20 * 2**20}
_KEEP = {"certificate": timedelta(days=30), "ocsp": timedelta(hours=24), "crl": timedelta(hours=24)}
"""How old an answer may be before it is asked for again, even if it says that it holds longer."""
_SILENT = frozenset({"time", "unreachable"})
"""Failures of the server and not of the question: it is left alone for a while."""
_PARSING = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that gave nothing."""

    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of one certificate's chain, and from when."""

    fetched: tuple[Fetched, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def store(self) -> TrustStore:
        """As a store without any root."""
        by_kind: dict[str, dict[bytes, None]] = {"certificate": {}, "crl": {}, "ocsp": {}}
        for each in self.fetched:
            by_kind[each.kind][each.der] = None
        return TrustStore((), *(tuple(by_kind[kind]) for kind in ("certificate", "crl", "ocsp")))


def gather(leaf: bytes, known: TrustStore, access: OnlineAccess) -> Gathered:
    """Issuers, OCSP answers and lists for the chain of `leaf` (DER). Never raises: silence gives nothing."""
    search = _Search(access, time.monotonic() + access.total_s)
    at_hand = [*known.roots, *known.intermediates]
    current, seen = certificate(leaf), {leaf}
    for _ in range(MAX_DEPTH):
        try:
            if current.self_issued:
                break
            issuer = _issuer(current, at_hand) or _issuer(current, search.certificates(current))
            if issuer is None:
                break
            if not search.status(current, issuer):
                search.lists(current)
        except _PARSING:
            break
        if issuer.dump() in seen:
            break
        seen.add(issuer.dump())
        current = issuer
    return Gathered(tuple(search.fetched), tuple(search.failures))


def _issuer(cert: x509.Certificate, candidates: list[bytes]) -> x509.Certificate | None:
    for der in candidates:
        each = certificate(der)
        same_key = cert.authority_key_identifier in (None, each.key_identifier)
        if each.subject.hashable == cert.issuer.hashable and same_key and each.ca:
            return each
    return None


@dataclass
class _Search:
    """One walk up a chain: what was found and how much time is left."""

    access: OnlineAccess
    deadline: float
    fetched: list[Fetched] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def certificates(self, cert: x509.Certificate) -> list[bytes]:
        """Certificates that the authority publishes as its own (caIssuers)."""
        for url in list(gather_aia_issuer_urls(cert))[:_MAX_URLS]:
            answer = self._answer("certificate", url, _certificates_in)
            found = list(_certificates_in(answer.der)) if answer is not None else []
            if answer is not None and found:
                self.fetched += [
                    Fetched("certificate", url, der, answer.fetched_at, answer.from_cache) for der in found
                ]
                return found
        return []

    def status(self, cert: x509.Certificate, issuer: x509.Certificate) -> bool:
        """Ask the OCSP responder; whether it answered."""
        # Many responders know certificates by SHA-1 identifiers alone (RFC 5019 2.1.1).
        asked = format_ocsp_request(
            cert, AuthorityWithCert(issuer), certid_hash_algo="sha1", request_nonces=False
        ).dump()
        wanted = cert.serial_number
        for url in cert.ocsp_urls[:_MAX_URLS]:
            answer = self._answer("ocsp", url, lambda der: _answers(der, wanted), asked)
            if answer is not None:
                self.fetched.append(answer)
                return True
        return False

    def lists(self, cert: x509.Certificate) -> None:
        """Fetch the revocation list of the issuer."""
        for url in [url for point in cert.crl_distribution_points if (url := point.url)][:_MAX_URLS]:
            answer = self._answer("crl", url, _lists_in)
            if answer is not None:
                self.fetched.append(answer)
                return

    def _answer(
        self, kind: str, url: str, holds: Callable[[bytes], Iterator[object]], question: bytes = b""
    ) -> Fetched | None:
        """From the cache while it is fresh, else from the network with consent, else from the cache again."""
        kept = online_cache.read(self.access.cache, kind, url, question)
        if not self.access.fetch or (kept is not None and _is_fresh(kept)):
            return kept
        why = online_cache.lately_failed(self.access.cache, kind, url)
        left = self.deadline - time.monotonic()
        try:
            if why is None and left > 0:
                return self._asked(kind, url, holds, question, min(left, self.access.patience_s))
        except FetchFailed as problem:
            why = str(problem.facts.get("why"))
            if why in _SILENT and left >= self.access.patience_s:
                online_cache.failed(self.access.cache, kind, url, why)
        self.failures.append(Failure(url, why or "time"))
        return kept

    def _asked(
        self, kind: str, url: str, holds: Callable[[bytes], Iterator[object]], question: bytes, seconds: float
    ) -> Fetched:
        limits = Limits(seconds, _MAX_BYTES[kind], self.access.allow_private)
        der = fetch(url, limits, question, "application/ocsp-request")
        if next(holds(der), None) is None:
            raise FetchFailed(url=url, why="content")
        answer = Fetched(kind, url, der, datetime.now(UTC))
        online_cache.write(self.access.cache, answer, question)
        return answer


def _is_fresh(answer: Fetched) -> bool:
    now = datetime.now(UTC)
    until = next(_next_updates(answer), None)
    return now - answer.fetched_at < _KEEP[answer.kind] and (until is None or now < until)


def _next_updates(answer: Fetched) -> Iterator[datetime]:
    if answer.kind == "crl":
        until = crl.CertificateList.load(answer.der)["tbs_cert_list"]["next_update"].native
        yield from [until] if until else []
    if answer.kind == "ocsp":
        for each in ocsp.OCSPResponse.load(answer.der).response_data["responses"]:
            yield from [each["next_update"].native] if each["next_update"].native else []


def _certificates_in(data: bytes) -> Iterator[bytes]:
    return (der for kind, der in recognise(data) if kind == "cert")


def _lists_in(data: bytes) -> Iterator[bytes]:
    return (der for kind, der in recognise(data) if kind == "crl")


def _answers(data: bytes, serial: int) -> Iterator[object]:
    """The responses about one certificate; an error of the server is no answer."""
    try:
        response = ocsp.OCSPResponse.load(data, strict=True)
        if response["response_status"].native == "successful":
            for each in response.response_data["responses"]:
                if each["cert_id"]["serial_number"].native == serial:
                    yield each
    except _PARSING:
        return
