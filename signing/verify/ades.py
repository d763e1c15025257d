"""ETSI EN 319 102-1 validation by pyHanko's AdES engine, with the XML report of ETSI TS 119 102-2: an option.

A second opinion in the words of the standard, for readers elsewhere; our own verdict does not depend on it.
The engine asks no network: it gets what the store, the file and - with consent - `signing.trust.online` have.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
from pyhanko.sign.validation.ades import (
    AdESBasicValidationResult,
    ades_basic_validation,
    ades_lta_validation,
    ades_with_time_validation,
)
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.report.tools import generate_report
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from signing.model import AdesResult, OnlineAccess
from signing.pdf.signable import embedded
from signing.trust import online
from signing.trust.store import TrustStore, certificate

_REQUIRED = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
_OFFLINE = RevocationInfoGatheringSpec(
    RevinfoOnlineFetchingRule.LOCAL_ONLY, certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH
)
log = logging.getLogger(__name__)
logging.getLogger("pyhanko.sign.validation").setLevel(logging.ERROR)  # it tells what the result says anyway


def validate(path: Path, trust: TrustStore, access: OnlineAccess | None = None) -> tuple[AdesResult, ...]:
    """One result for each signature that pyHanko can read, as of now. Never raises for what a file holds."""
    try:
        with path.open("rb") as file:
            found = embedded(PdfFileReader(file, strict=False))
            stamps = [each.signed_revision for each in found if not _is_signature(each)]
            return tuple(
                _validated(each, max(stamps, default=-1) > each.signed_revision, trust, access)
                for each in found
                if _is_signature(each)
            )
    except Exception:  # pyHanko raises a dozen kinds on malformed files
        log.exception("a file could not be read for validation")
        return ()


def _is_signature(found: EmbeddedPdfSignature) -> bool:
    return str(found.sig_object.get("/Type", "/Sig")) == "/Sig"


def _validated(
    found: EmbeddedPdfSignature, archived: bool, trust: TrustStore, access: OnlineAccess | None
) -> AdesResult:
    name = str.__str__(found.field_name)  # pyHanko's string holds on to its file
    try:
        known = trust
        if access is not None:
            known = trust.joined(online.gather(found.signer_cert.dump(), trust, access).store)
        found.compute_integrity_info(DEFAULT_DIFF_POLICY)
        result = asyncio.run(_result(found, archived, _specification(known)))
        indication = result.ades_subindic
        report = generate_report(found, result)
    except Exception as problem:
        log.exception("a signature could not be validated by the AdES engine")
        return AdesResult(name, "INDETERMINATE", "GENERIC", type(problem).__name__, "")
    said = result.failure_msg if indication.status.name != "PASSED" else ""
    return AdesResult(name, indication.status.name, indication.standard_name, said or "", str(report))


async def _result(
    found: EmbeddedPdfSignature, archived: bool, specification: PdfSignatureValidationSpec
) -> AdESBasicValidationResult[Any]:
    """By the process that the signature's level asks for: clause 5.6.3 (archived), 5.5 (stamped) or 5.3."""
    if archived:
        return await ades_lta_validation(found, specification)
    rules, digest = specification.signature_validation_spec, found.compute_digest()
    if not any(True for _ in extract_tst_data_iter(found.signer_info, signed=False)):
        return await ades_basic_validation(found.signed_data, rules, raw_digest=digest)
    return await ades_with_time_validation(
        found.signed_data,
        rules,
        raw_digest=digest,
        extra_status_kwargs=found.summarise_integrity_info(),
        status_cls=PdfSignatureStatus,
    )


def _specification(known: TrustStore) -> PdfSignatureValidationSpec:
    """Anchors from the store alone; status required for every certificate of a chain."""
    roots = [certificate(der) for der in known.roots]
    policy = CertValidationPolicySpec(
        SimpleTrustManager.build(trust_roots=roots),
        CertRevTrustPolicy(RevocationCheckingPolicy(_REQUIRED, _REQUIRED), retroactive_revinfo=True),
    )
    knowledge = LocalKnowledge(
        known_ocsps=[each for der in known.ocsps for each in _answers(der)],
        known_crls=[CRLContainer(crl.CertificateList.load(der)) for der in known.crls],
        known_certs=[x509.Certificate.load(der) for der in known.intermediates],
    )
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=policy,
            revinfo_gathering_policy=_OFFLINE,
            local_knowledge=knowledge,
            key_usage_settings=KeyUsageConstraints(key_usage=set()),
        )
    )


def _answers(der: bytes) -> Iterator[OCSPContainer]:
    return iter(OCSPContainer.load_multi(ocsp.OCSPResponse.load(der)))
