"""The page as it was signed, and where the newest revision shows it otherwise."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from signing.changes.revision_view import draw
from signing.errors import FileUnreadable
from tests.unit.signing.attacked import FORGED, authority, build, increment, sign, stream


@pytest.fixture(scope="module")
def signed() -> bytes:
    return sign(build(), authority(), box=None)


def ink(picture: bytes) -> int:
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    return int((pixels < 128).sum())


def test_what_was_signed_is_drawn_from_the_signed_bytes(tmp_path: Path, signed: bytes) -> None:
    """The attacker replaces the content of the first page after signing."""
    file = tmp_path / "a.pdf"
    file.write_bytes(increment(signed, {4: stream(FORGED)}))
    before, after = draw(file, len(signed), 1, 72, 0), draw(file, 0, 1, 72, len(signed))
    assert before.places == after.places != ()
    assert before.pages == 2
    assert draw(file, len(signed), 2, 72, 0).places == ()
    file.write_bytes(signed)
    alone = draw(file, 0, 1, 72, 0)
    assert alone.places == ()
    assert draw(file, len(signed), 1, 72, len(signed)).picture == alone.picture
    assert ink(before.picture) > ink(alone.picture)  # the outlines of what differs
    x0, y0, x1, y1 = before.places[0]
    assert 0 <= x0 < x1 <= 620 and 0 <= y0 < y1 <= 850


def test_a_page_that_is_not_there_is_empty(tmp_path: Path, signed: bytes) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(signed)
    assert draw(file, 0, 9, 72, 0).picture == b""


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"no pdf at all")
    with pytest.raises(FileUnreadable):
        draw(file, 0, 1, 72, 0)
