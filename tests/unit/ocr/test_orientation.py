"""How a page lies: skew to a tenth of a degree, sheets on a desk, recipes applied and undone."""

from __future__ import annotations

import zlib

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.image.ink import grey_of, mask_of
from ocr.locate import engine
from ocr.model import Box, Recipe, Word
from ocr.preparing.geometry import cropped, deskewed, flatten, scaled, turned, upright
from ocr.preparing.orientation import propose, reads_well, settled_turn
from ocr.preparing.sheet import find_corners
from ocr.preparing.skew import lean_of
from resources.specimens.scans import DELIVERIES, printed
from tests.unit.ocr.conftest import Picture, Typeset

_FEEDS = {
    f"{delivery.name}:{place}": feed for delivery in DELIVERIES for place, feed in enumerate(delivery.feeds)
}
_PRINTED_DPI, _DPI = 300, 150


@pytest.mark.parametrize("degrees", [-9.7, -4.3, -0.3, 0.0, 0.15, 1.6, 7.2, 9.9])
def test_skew_is_found_to_a_tenth_of_a_degree(typeset: Typeset, degrees: float) -> None:
    page = deskewed(typeset(dpi=110), -degrees)
    found = propose(page, 110)
    assert found.turn == 0
    assert found.skew_deg == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("turn", [90, 270])
def test_lines_that_run_down_are_noticed(typeset: Typeset, turn: int) -> None:
    page = turned(deskewed(typeset(dpi=110), -2.0), turn)
    found = propose(page, 110)
    assert found.turn in (90, 270)
    assert found.skew_deg == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("name", _FEEDS)
def test_every_specimen_comes_back_upright(name: str) -> None:
    """The way of the lines is right at all four turns; reading tells which way along them is up."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    page = scaled(printed(_FEEDS[name].draw(rng).sheets[0], rng), _DPI / _PRINTED_DPI)
    proposed = {turn: propose(turned(page, turn), _DPI) for turn in (0, 90, 180, 270)}
    assert [(turn + recipe.turn) % 180 for turn, recipe in proposed.items()] == [0] * 4
    for turn in (180, 270):
        found = settled_turn(turned(page, turn), _DPI, proposed[turn], engine("tesseract:vie"))
        assert turn + found == 360


def test_lines_mistaken_for_columns_are_read_the_other_way(typeset: Typeset) -> None:
    """Where neither way along the proposed lines reads, the page is tried across them."""
    page = turned(typeset(dpi=150), 270)
    assert settled_turn(page, 150, Recipe(turn=0), engine("tesseract:vie")) == 90


def test_words_on_their_side_are_not_well_read() -> None:
    """Tesseract reads a block of sideways text although the page lies wrong."""
    flat, upended = Box(0, 0, 60, 12), Box(0, 0, 12, 60)
    assert reads_well([Word("chính", 0.9, flat, 0)] * 12)
    assert not reads_well([Word("chính", 0.9, upended, 0)] * 12)
    assert reads_well([Word("chính", 0.9, flat, 0)] * 12 + [Word("số", 0.9, Box(0, 0, 8, 12), 0)] * 3)
    assert not reads_well([Word("chính", 0.9, flat, 0)] * 11)
    assert not reads_well([Word("chính", 0.6, flat, 0)] * 30)


def test_nothing_leans_on_an_empty_page() -> None:
    assert propose(np.full((400, 300, 3), 255, np.uint8), 100) == Recipe()


def _on_desk(page: Picture, corners: list[tuple[int, int]], size: tuple[int, int], desk: int = 60) -> Picture:
    height, width = page.shape[:2]
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, np.array(corners, np.float32))
    picture = np.full((size[1], size[0], 3), desk, np.uint8)
    warped = cv2.warpPerspective(page, matrix, size)
    inside = cv2.warpPerspective(np.full(page.shape[:2], 255, np.uint8), matrix, size)
    picture[inside > 0] = warped[inside > 0]
    return picture


def test_sheet_on_a_desk_is_made_flat(typeset: Typeset) -> None:
    page = typeset(size=(595, 842), dpi=100)
    corners = [(100, 90), (860, 60), (920, 1180), (60, 1150)]
    photo = _on_desk(page, corners, (1000, 1250))
    found = find_corners(photo)
    assert len(found) == 4
    for (x, y), (wanted_x, wanted_y) in zip(found, corners, strict=True):
        assert x * 1000 == pytest.approx(wanted_x, abs=3)
        assert y * 1250 == pytest.approx(wanted_y, abs=3)
    flat, dpi = flatten(photo, 72, found)
    assert flat.shape[0] / flat.shape[1] == pytest.approx(297 / 210, rel=0.01)
    assert dpi == pytest.approx(flat.shape[0] / (297 / 25.4), rel=0.01)
    assert abs(lean_of(mask_of(scaled(grey_of(flat), 0.9))).degrees) < 0.25


def test_flat_scans_are_left_alone(typeset: Typeset) -> None:
    page = typeset(size=(595, 842), dpi=100)
    assert find_corners(page) == ()
    page[:, :40] = 30  # the dark edge of a scanner
    assert find_corners(page) == ()
    page[:50] = 30
    assert find_corners(page) == ()


@settings(max_examples=20, deadline=None)
@given(st.sampled_from((0, 90, 180, 270)), st.integers(20, 60), st.integers(20, 60))
def test_turns_are_undone_by_the_opposite_turn(turn: int, height: int, width: int) -> None:
    page = np.random.default_rng(height * width).integers(0, 255, (height, width, 3), np.uint8)
    assert np.array_equal(turned(turned(page, turn), (360 - turn) % 360), page)


def test_recipe_steps_come_in_their_order(typeset: Typeset) -> None:
    page = typeset(dpi=72)
    height, width = page.shape[:2]
    shown, dpi = upright(page, 72, Recipe(turn=90, crop=Box(0, 0, 100, 50)))
    assert dpi == 72
    assert np.array_equal(shown, turned(page, 90)[:50, :100])
    assert upright(page, 72, Recipe())[0] is page
    assert cropped(page, 72, Box(900, 900, 950, 950)).shape == (height, width, 3)


def test_original_pixels_are_never_changed(typeset: Typeset) -> None:
    page = typeset(dpi=72)
    before = page.copy()
    upright(page, 72, Recipe(turn=180, skew_deg=3.0, corners=((0, 0), (0.9, 0), (1, 1), (0, 1))))
    assert np.array_equal(page, before)
