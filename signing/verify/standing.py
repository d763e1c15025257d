"""Where a signer or a time-stamp authority stands: chain, status then and since, and what must be told.

The time stamp is the only time that proves anything; a signer's own clock is shown, never believed
(ETSI EN 319 102-1 5.5, TT 15/2025/TT-BKHCN PL II).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from asn1crypto import x509

from signing.model import Reason, StatusData, Trust
from signing.trust import chain as trust_chain
from signing.trust.chain import ChainCheck, Evidence
from signing.trust.online import Gathered
from signing.trust.store import TrustStore
from signing.verify import status as verify_status
from signing.verify.cms import Token


@dataclass(frozen=True, slots=True)
class Grounds:
    """On what the signatures of a file are judged."""

    trust: TrustStore
    evidence: Evidence
    """What the file's own security store holds."""
    at: datetime
    proven: Callable[[int], datetime | None]
    """Earliest time by which a trusted document time stamp shows that these many bytes existed."""
    ask: Callable[[x509.Certificate, Evidence], Gathered]
    """What the cache and, with consent, the network know of the chain of a certificate."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What was found about one certificate."""

    chain: ChainCheck
    status: tuple[StatusData, ...] = ()
    warnings: tuple[Reason, ...] = ()


UNKNOWN = Standing(ChainCheck(Trust.UNKNOWN, "not_checked"))


def of_signer(
    cert: x509.Certificate, grounds: Grounds, brought: Evidence, moment: datetime, proven: datetime | None
) -> Standing:
    """A signer at `moment`; `brought`: what signature and file bring along; `proven`: the trusted time."""
    chain = trust_chain.assess(cert, grounds.trust, brought, moment)
    asked = Gathered()
    if chain.revocation != "good" or proven is None:
        # Where no time is proven, what is known today matters as much as what was known then.
        asked = grounds.ask(cert, brought)
        if asked.fetched:
            chain = trust_chain.assess(cert, grounds.trust, brought.with_store(asked.store), moment)
    everything = brought.with_store(asked.store)
    chain, later = _revoked_since(cert, chain, grounds, everything, proven)
    status = verify_status.used(chain, grounds.trust, brought, asked.fetched)
    silent = [Reason("online_no_answer", {"url": each.url, "why": each.why}) for each in asked.failures]
    told = _told(cert, chain, grounds.at, proven is not None)
    return Standing(chain, status, (*later, *told, *silent))


def of_token(token: Token, grounds: Grounds) -> Standing:
    """A time-stamp authority when it stamped; it must be made for stamping (RFC 3161 2.3)."""
    if token.signer is None or token.time is None:
        return UNKNOWN
    brought = replace(grounds.evidence, certificates=(*token.certificates, *grounds.evidence.certificates))
    found = of_signer(token.signer, grounds, brought, token.time, token.time)
    purposes = token.signer.extended_key_usage_value
    if found.chain.chain is Trust.TRUSTED and (purposes is None or "time_stamping" not in purposes.native):
        wrong = Reason("not_a_timestamp_authority")
        return replace(found, chain=ChainCheck(Trust.UNTRUSTED, found.chain.revocation, reasons=(wrong,)))
    return found


def _revoked_since(
    cert: x509.Certificate,
    chain: ChainCheck,
    grounds: Grounds,
    everything: Evidence,
    proven: datetime | None,
) -> tuple[ChainCheck, list[Reason]]:
    """Revoked after it signed? Only a time stamp proves which came first."""
    if chain.revocation != "good":
        return chain, []
    when = trust_chain.revoked_by(cert, grounds.trust, everything, grounds.at)
    if when is None:
        return chain, []
    if proven is not None:
        return chain, [Reason("revoked_later", {"when": when})]
    return replace(chain, revocation="unknown"), [Reason("revoked_later_unproven", {"when": when})]


def _told(cert: x509.Certificate, chain: ChainCheck, at: datetime, proven: bool) -> list[Reason]:
    found = []
    if cert.not_valid_after < at and chain.chain is Trust.TRUSTED:
        code = "expired_now_good_then" if proven else "expired_now_unproven_then"
        found.append(Reason(code, {"until": cert.not_valid_after}))
    if chain.revocation in {"unknown", "not_checked"}:
        found.append(Reason("revocation_not_checked"))
    usage = cert.key_usage_value
    if usage is not None and not {"digital_signature", "non_repudiation"} & usage.native:
        found.append(Reason("key_usage", {"usage": ", ".join(sorted(usage.native))}))
    return found
