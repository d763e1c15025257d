"""Damaged cross-references: whatever a viewer makes of them, false content is never called valid."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signing.changes import viewing
from signing.model import Verdict
from signing.verify.file import verify
from tests.unit.signing.attacked import FORGED, Authority, authority, build, increment, sign, stream


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


@pytest.fixture(scope="module")
def signed(who: Authority) -> bytes:
    return sign(build(), who)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(1, 4))
def test_no_damaged_table_lets_a_viewer_show_another_sum(
    seed: int, count: int, tmp_path: Path, who: Authority, signed: bytes
) -> None:
    """Table and trailer of a forged update, mutated: what shows 999 must not be called valid."""
    chance = random.Random(seed)
    data = bytearray(increment(signed, {4: stream(FORGED)}))
    table = data.rindex(b"xref\n4")
    for _ in range(count):
        data[chance.randrange(table, len(data))] = chance.choice(b"0123456789 \nfnR/<>%")
    file = tmp_path / "file.pdf"
    file.write_bytes(data)
    with viewing.shown(bytes(data), len(data)) as document:
        shows = document is not None and any("999" in page.get_text() for page in document)
    assert verify(file, who.trust).verdict is not Verdict.VALID or not shows
