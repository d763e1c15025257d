"""What the signatures of one file cover is hashed as if each were read by itself."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from signing.pdf.byteranges import Digests, Extent

HOLES = st.tuples(*[st.integers(0, 200)] * 3).map(sorted)


@given(st.binary(min_size=200, max_size=200), st.lists(HOLES, max_size=5))
def test_each_digest_is_that_of_its_own_bytes(data: bytes, holes: list[list[int]]) -> None:
    digests = Digests(data)
    for start, stop, end in holes:
        digest = digests.of(Extent(start, stop, end, b""))
        covered = data[:start] + data[stop:end]
        assert digest("sha256") == hashlib.sha256(covered).digest()
        assert digest("shake256") == hashlib.shake_256(covered).digest(64)
