"""The cryptographic half of a signature: does the CMS belong to these bytes, and who made it?

RFC 5652 (CMS), RFC 3161 (time stamps), RFC 5035 (signing certificate). pyHanko does the arithmetic; every
part is read by itself so that one malformed attribute does not take the verdict away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from asn1crypto import cms, core, pdf, tsp, x509
from pyhanko.sign.general import CMSExtractionError, CMSStructuralError, extract_certificate_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_self_reported_ts, validate_sig_integrity

from signing.keys import algorithms
from signing.model import Reason
from signing.trust.store import certificate

_T = TypeVar("_T")
Digest = Callable[[str], bytes]
_TOKEN = "1.2.840.113549.1.9.16.2.14"
_REVOCATION = "1.2.840.113583.1.1.8"
_SIGNING_CERTIFICATE = {"1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"}
"""signing-certificate and signing-certificate-v2 (RFC 2634, RFC 5035)."""
_MAX_TOKENS = 16
_PARSING = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, AssertionError)
"""What asn1crypto and pyHanko raise on malformed input; an AttributeError is an unknown digest identifier."""


@dataclass(frozen=True, slots=True)
class Token:
    """A time-stamp token."""

    state: str
    """intact, broken or unchecked."""
    time: datetime | None
    signer: x509.Certificate | None
    certificates: tuple[x509.Certificate, ...] = ()
    imprint: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class CmsCheck:
    """What the CMS says, apart from whom to trust."""

    integrity: str
    """intact, broken or unchecked."""
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    signer: x509.Certificate | None = None
    certificates: tuple[x509.Certificate, ...] = ()
    claimed_time: datetime | None = None
    algorithms: str = ""
    tokens: tuple[Token, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    weak: tuple[Reason, ...] = field(default=())


def check(der: bytes, digest: Digest, subfilter: str, known: tuple[x509.Certificate, ...] = ()) -> CmsCheck:
    """Check a signature over bytes that `digest` hashes; `known` may hold the signer's certificate."""
    try:
        signed_data = signed_data_of(der)
    except _PARSING as problem:
        return CmsCheck("broken", (Reason("cms_malformed", {"why": type(problem).__name__}),))
    if len(signed_data["signer_infos"]) != 1:
        count = len(signed_data["signer_infos"])
        return CmsCheck("unchecked" if count else "broken", (Reason("cms_signers", {"count": count}),))
    info = signed_data["signer_infos"][0]
    signer, certificates = _certificates(signed_data, known)
    if signer is None:
        return CmsCheck("unchecked", (Reason("signer_certificate_missing"),), certificates=certificates)
    raw, warnings, stopped = _content_digest(signed_data, info, digest, subfilter)
    warnings += _unbound(info, subfilter)
    if stopped is None:
        integrity, reasons = _integrity(info, signer, signed_data, raw)
    else:
        integrity, reasons = stopped
    return CmsCheck(
        integrity=integrity,
        reasons=tuple(reasons),
        warnings=tuple(warnings),
        signer=signer,
        certificates=certificates,
        claimed_time=_quietly(lambda: extract_self_reported_ts(info)),
        algorithms=_quietly(lambda: algorithms.named(info, signer)) or "",
        tokens=tuple(_tokens(info, (*certificates, *known))),
        crls=tuple(_revocation(info, "crl")),
        ocsps=tuple(_revocation(info, "ocsp")),
        weak=tuple(_quietly(lambda: algorithms.weaknesses(info, signer)) or ()),
    )


def check_token(der: bytes, digest: Digest, known: tuple[x509.Certificate, ...] = ()) -> Token:
    """Check a document time stamp over bytes that `digest` hashes."""
    try:
        return _check_token(signed_data_of(der), digest, known)
    except _PARSING as problem:
        return Token(
            "broken", None, None, reasons=(Reason("cms_malformed", {"why": type(problem).__name__}),)
        )


def signed_data_of(der: bytes) -> cms.SignedData:
    """The SignedData, its needed parts parsed once. Raises ValueError and its kin when malformed."""
    info = cms.ContentInfo.load(der)
    if info["content_type"].native != "signed_data":
        raise ValueError("not signed data")
    signed_data = info["content"]
    for signer in signed_data["signer_infos"]:
        _ = signer["digest_algorithm"].native, signer["signature"].native
        _ = [] if isinstance(signer["signed_attrs"], core.Void) else len(signer["signed_attrs"])
    return signed_data


def _content_digest(
    signed_data: cms.SignedData, info: cms.SignerInfo, digest: Digest, subfilter: str
) -> tuple[bytes, list[Reason], tuple[str, list[Reason]] | None]:
    """(digest that the signature must carry, warnings, verdict when it cannot go on)."""
    name = algorithms.digest_name(info)
    inner = signed_data["encap_content_info"]["content"]
    held = None if isinstance(inner, core.Void) or inner.native is None else bytes(inner)
    try:
        if subfilter != "adbe.pkcs7.sha1":
            warned = [] if held is None else [Reason("cms_encapsulates", {"bytes": len(held)})]
            warned += [] if _is_der(info) else [Reason("cms_not_der")]
            return digest(name), warned, None
        if held != digest("sha1"):
            return b"", [], ("broken", [Reason("digest_differs")])
        return algorithms.hashed(name, held), [Reason("weak_hash_sha1", {"algorithm": "sha1"})], None
    except _PARSING:
        return b"", [], ("unchecked", [Reason("algorithm_unknown", {"algorithm": name})])


def _integrity(
    info: cms.SignerInfo, signer: x509.Certificate, signed_data: cms.SignedData, raw: bytes
) -> tuple[str, list[Reason]]:
    clash = algorithms.contradiction(info)
    if clash is not None:
        return "broken", [Reason("algorithms_contradict", {"algorithms": clash})]
    expected_type = signed_data["encap_content_info"]["content_type"].native
    try:
        intact, valid = validate_sig_integrity(info, signer, expected_type, raw, algorithms.Validator())
    except (SignatureValidationError, CMSStructuralError) as problem:
        return "broken", [Reason("cms_inconsistent", {"why": str(problem)[:200]})]
    except _PARSING as problem:
        return "unchecked", [
            Reason("algorithm_unknown", {"algorithm": algorithms.scheme(info), "why": type(problem).__name__})
        ]
    if not intact:
        return "broken", [Reason("digest_differs")]
    return ("intact", []) if valid else ("broken", [Reason("signature_value_wrong")])


def _unbound(info: cms.SignerInfo, subfilter: str) -> list[Reason]:
    """PAdES binds the certificate into what is signed (EN 319 142-1 6.3): else it can be exchanged."""
    attributes = info["signed_attrs"]
    kinds = set() if isinstance(attributes, core.Void) else {each["type"].dotted for each in attributes}
    missing = subfilter == "ETSI.CAdES.detached" and not kinds & _SIGNING_CERTIFICATE
    return [Reason("certificate_not_bound")] if missing else []


def _is_der(info: cms.SignerInfo) -> bool:
    """Whether the signed attributes are in DER order (RFC 5652 5.4): where not, verifiers disagree."""
    attributes = info["signed_attrs"]
    if isinstance(attributes, core.Void):
        return True
    encoded = [each.dump() for each in attributes]
    return encoded == sorted(encoded)


def _certificates(
    signed_data: cms.SignedData, known: tuple[x509.Certificate, ...]
) -> tuple[x509.Certificate | None, tuple[x509.Certificate, ...]]:
    """(certificate of the signer, every certificate that came along)."""
    # By bytes first: comparing names as RFC 5280 7.1 has it takes ten times as long, and is seldom needed.
    listed = _listed(signed_data)
    named = next((each for each in listed if _is_signer(signed_data["signer_infos"][0], each)), None)
    if named is not None:
        return named, (named, *(each for each in listed if each is not named))
    try:
        found = extract_certificate_info(signed_data)
        return found.signer_cert, (found.signer_cert, *found.other_certs)
    except (CMSExtractionError, CMSStructuralError, *_PARSING):
        pass
    came = tuple(each for each in known if _is_signer(signed_data["signer_infos"][0], each))
    return (came[0], came) if came else (None, ())


def _listed(signed_data: cms.SignedData) -> list[x509.Certificate]:
    """The certificates of a SignedData; nothing where one of them is malformed."""
    choices = signed_data["certificates"]
    if isinstance(choices, core.Void):
        return []
    try:
        return [certificate(each.chosen.dump()) for each in choices if each.name == "certificate"]
    except _PARSING:
        return []


def _is_signer(info: cms.SignerInfo, cert: x509.Certificate) -> bool:
    sid = info["sid"]
    if sid.name == "subject_key_identifier":
        return bool(cert.key_identifier == sid.chosen.native)
    same_number = cert.serial_number == sid.chosen["serial_number"].native
    return bool(same_number and cert.issuer.dump() == sid.chosen["issuer"].dump())


def _tokens(info: cms.SignerInfo, known: tuple[x509.Certificate, ...]) -> Iterator[Token]:
    def imprint(name: str) -> bytes:
        return algorithms.hashed(name, info["signature"].native)

    for value in _attribute_values(info, "unsigned_attrs", _TOKEN):
        try:
            token = cms.ContentInfo.load(value)["content"]
            yield _check_token(token, imprint, known)
        except _PARSING as problem:
            yield Token(
                "broken", None, None, reasons=(Reason("cms_malformed", {"why": type(problem).__name__}),)
            )


def _check_token(token: cms.SignedData, imprint: Digest, known: tuple[x509.Certificate, ...]) -> Token:
    content = token["encap_content_info"]["content"]
    stamped = content.parsed
    if not isinstance(stamped, tsp.TSTInfo) or len(token["signer_infos"]) != 1:
        raise ValueError("not a time-stamp token")
    info = token["signer_infos"][0]
    name = str(stamped["message_imprint"]["hash_algorithm"]["algorithm"].native)
    time = stamped["gen_time"].native
    signer, certificates = _certificates(token, known)
    if signer is None:
        return Token("unchecked", time, None, certificates, name, (Reason("signer_certificate_missing"),))
    try:
        expected = imprint(name)
        carried = algorithms.hashed(algorithms.digest_name(info), bytes(content))
    except _PARSING:
        return Token(
            "unchecked", time, signer, certificates, name, (Reason("algorithm_unknown", {"algorithm": name}),)
        )
    state, reasons = _integrity(info, signer, token, carried)
    if expected != stamped["message_imprint"]["hashed_message"].native:
        state, reasons = "broken", [Reason("digest_differs")]
    return Token(state, time, signer, certificates, name, tuple(reasons))


def _attribute_values(info: cms.SignerInfo, where: str, identifier: str) -> Iterator[bytes]:
    """DER of each value of one kind of attribute; malformed neighbours are passed over."""
    attributes = info[where]
    if isinstance(attributes, core.Void):
        return
    for index in range(min(len(attributes), 64)):
        try:
            attribute = attributes[index]
            if attribute["type"].dotted == identifier:
                for value in list(attribute["values"])[:_MAX_TOKENS]:
                    yield value.dump()
        except _PARSING:
            continue


def _revocation(info: cms.SignerInfo, kind: str) -> Iterator[bytes]:
    """Adobe's signed attribute with CRLs and OCSP answers (ISO 32000-2 12.8.3.3.2)."""
    for value in _attribute_values(info, "signed_attrs", _REVOCATION):
        try:
            held = pdf.RevocationInfoArchival.load(value)[kind]
            for each in [] if isinstance(held, core.Void) else held:
                yield each.dump()
        except _PARSING:
            continue


def _quietly(read: Callable[[], _T]) -> _T | None:
    try:
        return read()
    except _PARSING:
        return None
