"""One page from file to reading, whichever way it lies."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pymupdf
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from ocr.files.importing import load_page
from ocr.model import Box, Recipe
from ocr.page import read_page, render
from ocr.preparing.geometry import deskewed, turned, upright
from ocr.record import from_json, to_json
from tests.unit.ocr.conftest import PARAGRAPH, Picture, Typeset

WANTED = "\n".join(PARAGRAPH * 3)


def _saved(path: Path, pixels: Picture, dpi: int = 200) -> Path:
    Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1])).save(path, dpi=(dpi, dpi), quality=90)
    return path


@pytest.mark.parametrize(("turn", "skew"), [(0, 0.0), (90, 1.5), (180, -3.0), (270, 0.0)])
def test_page_is_read_whichever_way_it_lies(tmp_path: Path, typeset: Typeset, turn: int, skew: float) -> None:
    lying = turned(deskewed(typeset(), -skew), (360 - turn) % 360)
    path = _saved(tmp_path / "page.jpg", lying)
    reading = read_page(path, 1)
    assert reading.recipe.turn == turn
    assert reading.recipe.skew_deg == pytest.approx(skew, abs=0.15)
    assert Levenshtein.distance(reading.text.text, WANTED) <= 0.005 * len(WANTED)
    assert (reading.width, reading.height) == pytest.approx((595, 420), abs=1)
    assert reading.quality.problems == ()
    assert render(path, 1, reading.recipe).shape[:2] == pytest.approx((1167, 1653), abs=2)
    assert from_json(to_json(reading)) == reading


def test_reading_is_a_pure_function(tmp_path: Path, typeset: Typeset) -> None:
    path = _saved(tmp_path / "page.jpg", typeset())
    assert read_page(path, 1) == read_page(path, 1)


def test_given_recipe_is_obeyed(tmp_path: Path, typeset: Typeset) -> None:
    path = _saved(tmp_path / "page.png", turned(typeset(), 180))
    reading = read_page(path, 1, Recipe(turn=180))
    assert reading.recipe == Recipe(turn=180)
    assert reading.text.text.startswith("Căn cứ Luật")


def test_word_boxes_lie_on_the_words(tmp_path: Path, typeset: Typeset) -> None:
    reading = read_page(_saved(tmp_path / "page.png", typeset({(100, 100): "Quyết định", **_below()})), 1)
    word = reading.text.words[0]
    assert word.text == "Quyết"
    assert word.box.x0 == pytest.approx(100, abs=2)
    assert 100 <= word.box.y0 <= 106
    assert word.box.y1 <= 120


def _below() -> dict[tuple[float, float], str]:
    return {(70, 150 + 24 * place): line for place, line in enumerate(PARAGRAPH)}


def test_blank_page_is_flagged(tmp_path: Path) -> None:
    reading = read_page(_saved(tmp_path / "blank.jpg", np.full((1200, 900, 3), 245, np.uint8)), 1)
    assert reading.blank
    assert reading.text.words == ()


def test_born_digital_page_keeps_its_text(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "Van ban dien tu goc, giu nguyen lop chu")
        document.save(tmp_path / "born.pdf")
    reading = read_page(tmp_path / "born.pdf", 1)
    assert reading.text_source == "text_layer"
    assert reading.text.text == "Van ban dien tu goc, giu nguyen lop chu"
    assert not reading.blank


def test_render_keeps_the_colours_of_the_paper(tmp_path: Path, typeset: Typeset) -> None:
    page = typeset(dpi=100)
    cv2.circle(page, (400, 300), 60, (40, 40, 210), -1)
    path = _saved(tmp_path / "page.png", page, 100)
    assert np.array_equal(render(path, 1, Recipe()), page)
    assert render(path, 1, Recipe(), dpi=50).shape[0] == pytest.approx(page.shape[0] / 2, abs=1)


def test_page_kept_from_reading_is_that_of_its_file(tmp_path: Path, typeset: Typeset) -> None:
    path = _saved(tmp_path / "page.png", typeset(dpi=100), 100)
    recipe = read_page(path, 1).recipe
    kept = render(path, 1, recipe)
    assert kept is render(path, 1, recipe)
    assert np.array_equal(kept, upright(load_page(path, 1).pixels, 100, recipe)[0])
    _saved(path, np.full((300, 300, 3), 200, np.uint8), 100)
    assert render(path, 1, recipe).shape == (300, 300, 3)
    assert render(path, 1, Recipe(turn=90, crop=Box(0, 0, 72, 36))).shape == (50, 100, 3)


def test_page_too_large_to_keep_is_decoded_again(
    tmp_path: Path, typeset: Typeset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ocr.page._MOST_KEPT", 100)
    path = _saved(tmp_path / "page.png", typeset(dpi=100), 100)
    recipe = read_page(path, 1).recipe
    assert render(path, 1, recipe) is not render(path, 1, recipe)


def test_a_blank_page_lies_as_it_came(tmp_path: Path) -> None:
    """Dust in rows must not turn it: nothing on it has an upper end."""
    blank = np.full((1200, 900, 3), 245, np.uint8)
    for row in range(300, 900, 100):
        blank[row : row + 3, 440:446] = 60
    upright_page = read_page(_saved(tmp_path / "upright.png", blank), 1)
    sideways = read_page(_saved(tmp_path / "sideways.png", turned(blank, 90)), 1)
    assert upright_page.blank and sideways.blank
    assert (upright_page.recipe.turn, sideways.recipe.turn) == (0, 0)
    assert sideways.width > sideways.height
