"""Words run together are parted where both parts are words, and nowhere else."""

from __future__ import annotations

import pytest

from ocr.model import Box, Word
from ocr.reading.spacing import spaced


def _parts(text: str) -> list[Word]:
    return list(spaced([Word(text, 0.9, Box(10, 0, 10 + 5 * len(text), 12), 3)]))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("từngày", "từ ngày"),
        ("tải:từngày", "tải: từ ngày"),
        ("xã,phường", "xã, phường"),
        ("NĐ-CPngày", "NĐ-CP ngày"),
        ("đềnghịtừngày", "đề nghị từ ngày"),
        ("Thôngtưsố", "Thông tư số"),
        ("Đãlyhôn", "Đã ly hôn"),
        ("địnhsố:", "định số:"),
    ],
)
def test_swallowed_spaces_come_back(read: str, meant: str) -> None:
    parts = _parts(read)
    assert " ".join(part.text for part in parts) == meant
    assert (parts[0].box.x0, parts[-1].box.x1) == (10, pytest.approx(10 + 5 * len(read)))
    assert {part.line for part in parts} == {3}


@pytest.mark.parametrize(
    "text",
    ["depot", "Metro", "Pleiku", "incomplete", "TCVN", "10:30", "http://abc", "nghiêng", "QĐ-UBND", "a:b"],
)
def test_what_is_one_word_stays_one(text: str) -> None:
    assert [part.text for part in _parts(text)] == [text]
