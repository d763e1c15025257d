"""The option of ETSI EN 319 102-1: its indications and its XML report; our verdict stands apart."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from lxml import etree

from signing.model import Level, SealRequest, SigningRole
from signing.ports import TimeStampAuthority
from signing.practice.office import PracticeOffice
from signing.seal.session import seal
from signing.trust.store import TrustStore
from signing.verify.ades import validate
from tests.unit.signing.attacked import Authority, authority, build, sign
from tests.unit.signing.conftest import OpenIdentity

NAMESPACE = {"vr": "http://uri.etsi.org/19102/v1.2.1#"}


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


def written(tmp_path: Path, data: bytes) -> Path:
    file = tmp_path / "file.pdf"
    file.write_bytes(data)
    return file


@pytest.mark.parametrize("level", [Level.B_T, Level.B_LTA])
def test_each_level_passes_by_its_own_process(
    level: Level,
    paper: Path,
    office: PracticeOffice,
    identity: OpenIdentity,
    tsa: TimeStampAuthority,
    tmp_path: Path,
) -> None:
    out = tmp_path / "signed.pdf"
    with identity("official") as official:
        seal(paper, out, SealRequest(SigningRole.KY_DUYET, level), official, office.trust(), tsa)
    (found,) = validate(out, office.trust())
    assert pickle.dumps(found)  # it comes back from a worker
    assert (found.indication, found.subindication, found.said) == ("PASSED", "OK", "")
    report = etree.fromstring(found.report.encode())
    (said,) = report.iterfind(".//vr:MainIndication", NAMESPACE)
    assert said.text == "urn:etsi:019102:mainindication:total-passed"


def test_what_is_not_good_has_its_sub_indication(tmp_path: Path, who: Authority) -> None:
    data = sign(build(), who)
    assert validate(written(tmp_path, data), who.trust)[0].indication == "PASSED"
    (unknown,) = validate(written(tmp_path, data), TrustStore())
    assert (unknown.indication, unknown.subindication) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")
    (broken,) = validate(written(tmp_path, data.replace(b"100 dong", b"999 dong")), who.trust)
    assert (broken.indication, broken.subindication) == ("FAILED", "HASH_FAILURE")
    revoked = TrustStore(who.trust.roots, crls=(who.crl(who.certificate),))
    assert validate(written(tmp_path, data), revoked)[0].indication != "PASSED"


def test_a_file_that_cannot_be_read_gives_nothing(tmp_path: Path) -> None:
    assert validate(written(tmp_path, b"%PDF-1.7 nothing"), TrustStore()) == ()
