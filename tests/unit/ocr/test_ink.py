"""The parts of a mask are OpenCV's own, however few or many bits their labels get."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ocr.image.ink import Ink
from ocr.image.leaders import leaders_in
from ocr.ports import Pixels


def plain(mask: Pixels) -> tuple[int, np.ndarray, np.ndarray]:
    count, labels, parts, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return count, labels, parts


def same(mask: Pixels) -> Ink:
    ink = Ink.of(mask)
    count, labels, parts = plain(mask)
    parts[0] *= parts[0, cv2.CC_STAT_AREA] > 0  # no paper, no frame
    assert len(ink.parts) == count
    assert np.array_equal(ink.labels, labels)
    assert np.array_equal(ink.parts, parts)
    return ink


@given(
    arrays.arrays(
        np.uint8, st.tuples(st.integers(1, 24), st.integers(1, 24)), elements=st.sampled_from((0, 255))
    )
)
def test_any_small_mask(mask: Pixels) -> None:
    same(mask)


@pytest.mark.parametrize(("parts", "labels"), [(65_000, np.uint16), (66_000, np.int32)])
def test_dust_beyond_what_16_bits_can_count(parts: int, labels: type) -> None:
    mask = np.zeros((600, 600), np.uint8)
    mask[::2, ::2].flat[:parts] = 255
    assert same(mask).labels.dtype == labels


def test_ink_all_over_leaves_a_paper_without_a_frame() -> None:
    ink = Ink.of(np.full((50, 40), 255, np.uint8))
    assert ink.parts.tolist() == [[0, 0, 0, 0, 0], [0, 0, 40, 50, 2000]]
    leaders, stretches = leaders_in(ink, 10.0)
    assert not leaders.any() and len(stretches) == 0
