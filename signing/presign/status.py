"""On what the status of a certificate rests, and why it cannot be told (RFC 5280 6.3, RFC 6960)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from asn1crypto import crl, ocsp, x509

from signing.presign.model import Assessment, Grade
from signing.trust.store import TrustStore


def status(path: Sequence[x509.Certificate], known: TrustStore) -> Assessment:
    """The signer's certificate was found good: by whom, and as of when."""
    produced = [each["this_update"].native for each in _answers(path[0], known)]
    if produced:
        return Assessment("revocation", Grade.GOOD, "revocation_ocsp", {"as_of": _moment(max(produced))})
    made = [each["tbs_cert_list"]["this_update"].native for each in _lists(path[0], known)]
    facts = {"as_of": _moment(max(made))} if made else {"as_of": "-"}
    return Assessment("revocation", Grade.GOOD, "revocation_crl", facts)


def why_unknown(path: Sequence[x509.Certificate], known: TrustStore, now: datetime) -> Assessment:
    """Why the status of the chain could not be told: the person must know what to do about it."""
    for each in path[:-1]:
        if any(answer["cert_status"].name == "unknown" for answer in _answers(each, known)):
            return Assessment("revocation", Grade.ASK, "ocsp_unknown")
        ends = [found["tbs_cert_list"]["next_update"].native for found in _lists(each, known)]
        if ends and all(end is not None and end < now for end in ends):
            return Assessment("revocation", Grade.ASK, "crl_expired", {"until": _moment(max(ends))})
    return Assessment("revocation", Grade.ASK, "revocation")


def relevant(
    path: Sequence[x509.Certificate], known: TrustStore
) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """(CRLs, OCSP answers) of the store that speak of this chain: what has to be kept with a signature."""
    lists = [der for der, parsed in _parsed_lists(known) if any(_issued(parsed, each) for each in path)]
    answers = [der for der, parsed in _parsed_answers(known) if any(_about(parsed, each) for each in path)]
    return tuple(lists), tuple(answers)


def _lists(leaf: x509.Certificate, known: TrustStore) -> list[crl.CertificateList]:
    return [parsed for _, parsed in _parsed_lists(known) if _issued(parsed, leaf)]


def _answers(leaf: x509.Certificate, known: TrustStore) -> list[ocsp.SingleResponse]:
    return [single for _, parsed in _parsed_answers(known) for single in _about(parsed, leaf)]


def _parsed_lists(known: TrustStore) -> Iterator[tuple[bytes, crl.CertificateList]]:
    for der in known.crls:
        yield der, crl.CertificateList.load(der)


def _parsed_answers(known: TrustStore) -> Iterator[tuple[bytes, ocsp.OCSPResponse]]:
    for der in known.ocsps:
        parsed = ocsp.OCSPResponse.load(der)
        if parsed["response_status"].native == "successful":
            yield der, parsed


def _issued(parsed: crl.CertificateList, leaf: x509.Certificate) -> bool:
    """By issuer and, where both name it, the issuer's key: two authorities may share a name."""
    if parsed.issuer.hashable != leaf.issuer.hashable:
        return False
    keys = parsed.authority_key_identifier, leaf.authority_key_identifier
    return not all(keys) or keys[0] == keys[1]


def _about(parsed: ocsp.OCSPResponse, leaf: x509.Certificate) -> list[ocsp.SingleResponse]:
    responses = parsed.response_data["responses"]
    return [each for each in responses if each["cert_id"]["serial_number"].native == leaf.serial_number]


def _moment(when: datetime) -> str:
    return f"{when.astimezone():%H:%M %d/%m/%Y}"
