"""The same page, scanned otherwise, is known by its words and its picture; other pages are not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.batch import duplicates
from ocr.batch.duplicates import SAME, Inscription, inscription, likeness, picture_hash, same_picture
from tests.unit.ocr.test_documents import page

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


def read(*unsure: str, words: int = 60) -> Inscription:
    """A page of running text, and words that the engine was unsure of."""
    sure = page((" ".join(f"chữ{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(words)), 300, 200))
    doubted = page((" ".join(unsure), 300, 400)).text.words if unsure else ()
    more = tuple(replace(word, confidence=0.5) for word in doubted)
    return inscription([replace(sure, text=replace(sure.text, words=sure.text.words + more))])


def test_stamps_that_are_read_another_way_each_time_hide_no_rescan() -> None:
    first, again = read("RUNG", "TÂM", "16.01.2025"), read("TRƯ", "16.81.2o25", "07:46:10")
    assert likeness(first, again) >= SAME
    assert likeness(first, read("RUNG", "TÂM", words=50)) < SAME  # a sixth of the text is missing there


def test_a_form_filled_in_by_hand_is_told_by_what_was_written() -> None:
    names = ("Nguyễn", "Mẫu", "12.03.1985", "Thôn", "Đông", "001085999918")
    others = ("Trần", "Thử", "05.07.1988", "Ngõ", "Tây", "001188999926")
    assert likeness(read(*names, words=14), read(*others, words=14)) < SAME


def test_papers_of_one_batch_are_told_apart_after_a_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    real = duplicates.process.extractOne

    def counting(*arguments: Any, **options: Any) -> Any:
        nonlocal compared
        compared += 1
        return real(*arguments, **options)

    def paper(letters: str) -> Inscription:
        return inscription([page(*((one * 3 + other * 3, 300, 60) for one in letters for other in letters))])

    monkeypatch.setattr(duplicates.process, "extractOne", counting)
    assert likeness(paper("abcdef"), paper("uvwxyz")) == 0.0
    assert 0 < compared < 4  # of thirty-six words
