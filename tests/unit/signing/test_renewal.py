"""Which signatures lose their proof and when, and how it is renewed without touching a signed byte."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from signing.errors import NotExtendable, TimestampFailed
from signing.model import Certificate, Content, FileVerdict, Level, SealRequest, SigningRole, Trust, Verdict
from signing.ports import TimeStampAuthority
from signing.practice.office import PracticeOffice
from signing.renewal import expiry
from signing.renewal.extend import extend
from signing.seal.session import seal
from signing.timestamps.authorities import NetworkAuthority
from signing.verify.file import verify
from tests.unit.signing.attacked import build
from tests.unit.signing.conftest import OpenIdentity
from tests.unit.signing.sealed import assert_valid

Sealing = Callable[[Level], Path]


@pytest.fixture
def sealing(
    paper: Path, office: PracticeOffice, identity: OpenIdentity, tsa: TimeStampAuthority, tmp_path: Path
) -> Sealing:
    def make(level: Level) -> Path:
        out = tmp_path / f"{level}.pdf"
        with identity("official") as official:
            seal(paper, out, SealRequest(SigningRole.KY_DUYET, level), official, office.trust(), tsa)
        return out

    return make


@pytest.mark.parametrize(
    ("level", "why"),
    [
        (Level.B_B, "no_time_stamp"),
        (Level.B_T, "no_status_data"),
        (Level.B_LT, "stamp_expires"),
        (Level.B_LTA, "stamp_expires"),
    ],
)
def test_each_level_rests_on_something_else(
    level: Level, why: str, sealing: Sealing, office: PracticeOffice
) -> None:
    verdict = verify(sealing(level), office.trust())
    (found,) = expiry.of_file(verdict, datetime.now(UTC))
    assert (found.why, found.overdue) == (why, False)
    signer = verdict.signatures[0].signer
    assert signer is not None
    # The practice authority stamps for ten years, its people sign for five.
    assert (found.due > signer.not_after) is (why == "stamp_expires")


def test_renewing_moves_the_day_and_harms_nothing(
    sealing: Sealing, office: PracticeOffice, tsa: TimeStampAuthority, tmp_path: Path
) -> None:
    file, now = sealing(Level.B_B), datetime.now(UTC)
    before = file.read_bytes()
    added = extend(file, file, tsa, office.trust())
    assert file.read_bytes().startswith(before)
    assert added.unproven == () and added.lists == 2 and added.stamped_at is not None
    verdict = verify(file, office.trust())
    assert verdict.verdict is Verdict.VALID
    assert {data.source for data in verdict.signatures[0].status} >= {"file"}
    assert expiry.of_file(verdict, now)[0].why == "stamp_expires"
    assert_valid(file, office.trust(), 1)
    # Again, years later: a second stamp over the first.
    again = extend(file, tmp_path / "again.pdf", tsa, office.trust())
    assert (again.field_name, again.lists) == ("Timestamp2", 0)
    assert verify(tmp_path / "again.pdf", office.trust()).verdict is Verdict.VALID


def test_a_failing_server_leaves_the_file(sealing: Sealing, office: PracticeOffice) -> None:
    file = sealing(Level.B_B)
    before = file.read_bytes()
    with pytest.raises(TimestampFailed):
        extend(file, file, NetworkAuthority(["http://127.0.0.1:9/"], 0.2), office.trust())
    assert file.read_bytes() == before and [*file.parent.glob(".*")] == []


def test_a_broken_or_missing_signature_is_not_renewed(
    sealing: Sealing, office: PracticeOffice, tsa: TimeStampAuthority, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(build())
    file = sealing(Level.B_B)
    file.write_bytes(re.sub(rb"/MediaBox ?\[ ?0", b"/MediaBox[1", file.read_bytes(), count=1))
    for path, code in ((plain, "not_extendable_unsigned"), (file, "not_extendable_broken")):
        with pytest.raises(NotExtendable) as caught:
            extend(path, path, tsa, office.trust())
        told = copy.copy(caught.value)  # by __reduce__, as it comes back from a worker
        assert (told.code, told.facts) == (code, caught.value.facts)


def test_a_weak_hash_is_due_at_once_until_it_is_stamped(sealing: Sealing, office: PracticeOffice) -> None:
    now = datetime.now(UTC)
    verdict = verify(sealing(Level.B_LTA), office.trust())
    signature, stamp = verdict.signatures
    weak = replace(signature, algorithms="sha1 rsassa_pkcs1v15 rsa2048")
    assert expiry.of_file(replace(verdict, signatures=(weak,)), now)[0].due == now
    assert expiry.of_file(replace(verdict, signatures=(weak, stamp)), now)[0].why == "stamp_expires"
    weak_stamp = replace(stamp, algorithms="sha1")
    assert expiry.of_file(replace(verdict, signatures=(weak, weak_stamp)), now)[0].why == "weak_hash"
    unknown = replace(stamp, chain=Trust.UNKNOWN)
    assert expiry.of_file(replace(verdict, signatures=(weak, unknown)), now)[0].why == "weak_hash"


def test_the_earliest_comes_first_and_the_past_is_overdue(sealing: Sealing, office: PracticeOffice) -> None:
    now = datetime.now(UTC)
    verdict = verify(sealing(Level.B_B), office.trust())
    signature = verdict.signatures[0]
    assert signature.signer is not None

    def until(signer: Certificate, days: int) -> Certificate:
        return replace(signer, not_after=now + timedelta(days=days))

    several = tuple(
        replace(signature, field_name=str(days), signer=until(signature.signer, days)) for days in (9, -3, 2)
    )
    found = expiry.of_file(FileVerdict(Content.AS_SIGNED, Trust.TRUSTED, Verdict.VALID, several), now)
    assert [(each.field_name, each.overdue) for each in found] == [("-3", True), ("2", False), ("9", False)]
