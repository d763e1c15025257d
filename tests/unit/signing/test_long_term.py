"""B-LTA: in every role, each signature is proved offline by the file alone after the certificates expired."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from signing.model import Level, SealRequest, SigningRole
from signing.ports import TimeStampAuthority
from signing.practice.office import PracticeOffice
from signing.seal.session import seal
from signing.trust.store import TrustStore
from tests.unit.signing.conftest import OpenIdentity
from tests.unit.signing.sealed import assert_valid

LATER = timedelta(days=6 * 366)
SIGNERS = {SigningRole.SO_HOA: "clerk", SigningRole.KY_DUYET: "official"}


@pytest.mark.parametrize("role", list(SigningRole))
def test_archive_level_outlives_the_certificates(
    office: PracticeOffice, tsa: TimeStampAuthority, identity: OpenIdentity, paper: Path, role: SigningRole
) -> None:
    name = SIGNERS.get(role, "seal")
    mark = replace(office.mark(name), number="12/QĐ-UBND", issued=date(2026, 11, 29))
    seal(paper, paper, SealRequest(role, Level.B_LTA, mark), identity(name), office.trust(), tsa)
    signatures = 2 if role is SigningRole.DONG_DAU else 1  # the number and the day have one of their own
    assert_valid(paper, office.trust(), expected=signatures)
    assert proved_at(paper, office.trust(), datetime.now(UTC) + LATER) == [AdESPassed.OK] * signatures


def test_without_an_archive_stamp_nothing_is_proved_once_the_certificates_expired(
    office: PracticeOffice, tsa: TimeStampAuthority, identity: OpenIdentity, paper: Path
) -> None:
    request = SealRequest(SigningRole.KY_DUYET, Level.B_T, office.mark("official"))
    seal(paper, paper, request, identity("official"), office.trust(), tsa)
    assert proved_at(paper, office.trust(), datetime.now(UTC) + LATER) != [AdESPassed.OK]


def proved_at(path: Path, trust: TrustStore, then: datetime) -> list[object]:
    """pyHanko's answer to each signature at that time, from the roots and what the file holds, no network."""
    roots = [x509.Certificate.load(der) for der in trust.roots]
    spec = PdfSignatureValidationSpec(
        SignatureValidationSpec(
            CertValidationPolicySpec(SimpleTrustManager.build(roots), CertRevTrustPolicy(REQUIRE_REVINFO)),
            RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        )
    )
    found: list[object] = []
    with path.open("rb") as file:
        for signature in PdfFileReader(file).embedded_regular_signatures:
            assert signature.signer_cert.not_valid_after < then
            timing = ValidationTimingInfo(then, then, False)
            found.append(asyncio.run(ades_lta_validation(signature, spec, timing)).ades_subindic)
    return found
