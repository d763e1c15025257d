"""Time-stamp authorities: a lying or silent one is passed over, and none at all is said plainly."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper

from signing import locate
from signing.errors import TimestampFailed
from signing.model import Level, SealRequest, SigningRole
from signing.ports import TimeStampAuthority
from signing.practice import PracticeOffice
from signing.seal import seal
from signing.timestamps import CheckedStamper, NetworkAuthority
from tests.unit.signing.conftest import OpenIdentity
from tests.unit.signing.sealed import assert_valid


class Liar(TimeStamper):
    """Answers with a real token about something else, or a wrong nonce, or not at all."""

    def __init__(self, honest: TimeStamper, how: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.honest, self.how = honest, how

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        if self.how == "imprint":
            return await self.honest.async_timestamp(hashlib.sha256(b"other").digest(), md_algorithm)
        if self.how == "silent":
            raise TimeoutError
        return await super().async_timestamp(message_digest, md_algorithm)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        inner = next(iter(self.honest._servers.values()))  # type: ignore[attr-defined]
        req["nonce"] = 1
        return await inner.async_request_tsa_response(req)


class Authority:
    def __init__(self, stamper: TimeStamper) -> None:
        self.address, self._stamper = "test:", stamper

    def stamper(self) -> TimeStamper:
        return self._stamper


@pytest.mark.parametrize("how", ["imprint", "nonce", "silent"])
def test_a_liar_is_refused_and_the_next_one_asked(
    office: PracticeOffice, tsa: TimeStampAuthority, identity: OpenIdentity, paper: Path, how: str
) -> None:
    liar = Liar(tsa.stamper(), how)
    before = paper.read_bytes()
    request = SealRequest(SigningRole.SO_HOA, Level.B_T)
    with pytest.raises(TimestampFailed):
        seal(
            paper,
            paper,
            request,
            identity("clerk"),
            office.trust(),
            Authority(CheckedStamper({"liar": liar})),
        )
    assert paper.read_bytes() == before and [file.name for file in paper.parent.iterdir()] == [paper.name]
    both = Authority(CheckedStamper({"liar": liar, "honest": tsa.stamper()}))
    seal(paper, paper, request, identity("clerk"), office.trust(), both)
    assert_valid(paper, office.trust(), expected=1)


def test_nobody_answers() -> None:
    authority = NetworkAuthority(["http://127.0.0.1:1/a", "http://127.0.0.1:1/b"], patience_s=2)
    with pytest.raises(TimestampFailed) as failed:
        asyncio.run(authority.stamper().async_timestamp(bytes(32), "sha256"))
    assert failed.value.facts["address"] == "http://127.0.0.1:1/a, http://127.0.0.1:1/b"


@pytest.mark.parametrize("address", ["", "ftp://x", "practice:"])
def test_unusable_address(address: str) -> None:
    with pytest.raises(TimestampFailed):
        locate.tsa(address)
