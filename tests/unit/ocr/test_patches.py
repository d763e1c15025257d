"""Patch codes by their bars, drawn to the dimensions of Kodak A-61599, leaning and worn as scans are."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.codes.barcodes import find as find_codes
from ocr.codes.patches import find

Picture = NDArray[np.uint8]
PATTERNS = {"1": "1100", "2": "1001", "3": "1010", "4": "0110", "6": "0011", "T": "0101"}


def sheet(pattern: str, dpi: int = 200, upright: bool = True, turn: float = 0.0, noise: int = 0) -> Picture:
    """An A4 page with four bars of 2.5 inches near its top, leaning by `turn` degrees."""
    page = np.full((round(11.7 * dpi), round(8.3 * dpi)), 245, np.uint8)
    at = 0.6
    for wide in pattern:
        thick = 0.20 if wide == "1" else 0.08
        page[round(at * dpi) : round((at + thick) * dpi), round(2.9 * dpi) : round(5.4 * dpi)] = 25
        at += thick + 0.08
    if not upright:
        page = np.ascontiguousarray(np.rot90(page))
    height, width = page.shape
    around = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    page = np.asarray(cv2.warpAffine(page, around, (width, height), borderValue=245), dtype=np.uint8)
    if noise:
        speckle = np.random.default_rng(1).normal(0, noise, page.shape)
        page = np.clip(page + speckle, 0, 255).astype(np.uint8)
    return page


@pytest.mark.parametrize(
    ("dpi", "noise", "turn"), [(100, 12, -3.0), (100, 0, 0.0), (150, 20, 3.0), (200, 0, 1.7), (300, 30, -1.1)]
)
def test_patch_t_is_found_however_the_page_lies(dpi: int, noise: int, turn: float) -> None:
    for upright in (True, False):
        assert [code.format for code in find(sheet("0101", dpi, upright, turn, noise), dpi)] == ["PatchT"]


@pytest.mark.parametrize("name", PATTERNS)
def test_only_codes_that_divide_are_told(name: str) -> None:
    found = [code.format for code in find(sheet(PATTERNS[name]), 200)]
    assert found == {"2": ["Patch2"], "3": ["PatchT"], "T": ["PatchT"]}.get(name, [])


def test_the_place_of_the_code_is_told_in_points() -> None:
    (code,) = find_codes(sheet("0101"), 200)
    assert (code.box.x0, code.box.y0) == pytest.approx((2.9 * 72, 0.6 * 72), abs=2)
    assert (code.box.x1, code.box.y1) == pytest.approx((5.4 * 72, 1.4 * 72), abs=2)


def test_rules_and_black_blocks_are_no_code() -> None:
    page = np.full((2340, 1660), 255, np.uint8)
    for row in range(8):
        page[300 + 60 * row : 303 + 60 * row, 200:1400] = 0  # rules of a table
        page[900 + 16 * row : 916 + 16 * row : 2, 200:700] = 0
    page[1300:1400, 200:900] = 0
    page[1500:1516, 200:700] = page[1532:1548, 200:700] = 0  # two bars are not four
    assert find(page, 200) == ()
