"""Pictures of the same page, scanned otherwise, hash alike; other pages do not."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.duplicates import picture_hash, same_picture

Picture = NDArray[np.uint8]


def drawing(seed: int) -> Picture:
    """A page with a few thick strokes and blots, as a sketch of a plot has."""
    rng = np.random.default_rng(seed)
    page = np.full((1170, 827, 3), 250, np.uint8)
    for _ in range(9):
        ends = rng.integers((150, 150), (680, 1020), (2, 2))
        cv2.line(page, tuple(map(int, ends[0])), tuple(map(int, ends[1])), (40, 40, 40), 9)
    return page


def rescanned(page: Picture, turn: float, shift: int, shade: float) -> Picture:
    height, width = page.shape[:2]
    around = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    around[:, 2] += shift
    moved = cv2.warpAffine(page, around, (width, height), borderValue=(250, 250, 250)).astype(np.float32)
    light = np.linspace(1, 1 - shade, width)[None, :, None]
    noise = np.random.default_rng(9).normal(0, 6, page.shape)
    return np.clip(moved * light + noise, 0, 255).astype(np.uint8)


def test_a_rescan_hashes_alike_and_other_pages_do_not() -> None:
    pages = [drawing(seed) for seed in range(6)]
    hashes = [picture_hash(page) for page in pages]
    again = [picture_hash(rescanned(page, 0.3, 6, 0.2)) for page in pages]
    same = [[same_picture(one, other) for other in again] for one in hashes]
    assert same == [[row == column for column in range(6)] for row in range(6)]


def test_an_empty_page_is_like_no_other() -> None:
    empty = picture_hash(np.full((500, 400), 255, np.uint8))
    assert not same_picture(empty, empty)
