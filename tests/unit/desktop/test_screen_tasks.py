"""What is drawn for the screen: the size asked for, a part exactly where it lies on the whole page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.workflow.papers import screen_tasks
from desktop.workflow.papers.screen_tasks import Part, in_part, thumbnail, whole
from ocr.model import Box, Recipe
from ocr.page import render
from resources.specimens import formats, papers_office

DPI = 300
RECIPES = (
    Recipe(),
    Recipe(turn=90, skew_deg=-1.2),
    Recipe(turn=180, crop=Box(40.3, 60.1, 400.7, 600.2)),
    Recipe(corners=((0.05, 0.03), (0.96, 0.06), (0.98, 0.97), (0.02, 0.95))),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sheet = papers_office.announcement(np.random.default_rng(2)).sheets[0]
    path = tmp_path_factory.mktemp("page") / "page.jpg"
    path.write_bytes(formats.jpeg(sheet.picture(DPI), DPI, 95))
    return path


def pixels(jpeg: bytes) -> NDArray[np.uint8]:
    found = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert found is not None
    return np.asarray(found, np.uint8)


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_part_is_cut_out_of_the_page_as_its_recipe_shows_it(page: Path, recipe: Recipe) -> None:
    found = in_part(page, 1, recipe, (0.301, 0.102, 0.703, 0.504), DPI)
    upright = render(page, 1, recipe)
    height, width = upright.shape[:2]
    left, top, right, bottom = (
        share * side for share, side in zip(found.part, (width, height) * 2, strict=True)
    )
    assert (left, top, right, bottom) == pytest.approx([round(edge) for edge in (left, top, right, bottom)])
    assert left <= 0.301 * width < left + 1
    assert bottom - 1 < 0.504 * height <= bottom
    there = upright[round(top) : round(bottom), round(left) : round(right)]
    assert pixels(found.jpeg).shape == there.shape
    assert np.abs(pixels(found.jpeg).astype(np.int16) - there).mean() < 3


@pytest.mark.parametrize(
    ("part", "shown"),
    [((-1.0, -1.0, 2.0, 2.0), (0, 0, 1, 1)), ((0.5, 0.5, 0.5, 0.5), None), ((2.0, 2.0, 3.0, 3.0), None)],
)
def test_a_part_lies_on_the_page_and_has_a_pixel(page: Path, part: Part, shown: Part | None) -> None:
    found = in_part(page, 1, Recipe(), part, 72)
    left, top, right, bottom = found.part
    assert 0 <= left < right <= 1
    assert 0 <= top < bottom <= 1
    assert pixels(found.jpeg).size
    assert shown is None or found.part == shown


def test_a_part_is_as_fine_as_asked_but_never_finer_than_the_page(page: Path) -> None:
    width = pixels(whole(page, 1, Recipe(), DPI)).shape[1]
    half = (0.0, 0.0, 0.5, 0.5)
    assert pixels(in_part(page, 1, Recipe(), half, 150).jpeg).shape[1] == pytest.approx(width / 4, abs=1)
    assert pixels(in_part(page, 1, Recipe(), half, 1200).jpeg).shape[1] == pytest.approx(width / 2, abs=1)


def test_a_thumbnail_has_the_height_asked_for(page: Path) -> None:
    small = pixels(thumbnail(page, 1, Recipe(turn=270), 120))
    assert small.shape[0] == 120
    assert small.shape[1] > 120


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Recipe]]:
    """Every page that is decoded from now on."""
    found: list[Recipe] = []
    upright_page = screen_tasks.upright_page

    def counted(path: Path, number: int, recipe: Recipe) -> tuple[NDArray[np.uint8], float]:
        found.append(recipe)
        return upright_page(path, number, recipe)

    monkeypatch.setattr(screen_tasks, "upright_page", counted)
    monkeypatch.setattr(screen_tasks, "_LAST_DRAWN", {})
    yield found
    for kept in screen_tasks._LAST_DRAWN.values():
        kept.file.close()


def test_the_page_drawn_last_is_not_decoded_again(page: Path, decoded: list[Recipe]) -> None:
    straight, turned = Recipe(), Recipe(turn=90)
    for recipe in (straight, turned, straight):
        first = whole(page, 1, recipe, 110)
        whole(page, 1, recipe, 220)
        in_part(page, 1, recipe, (0.1, 0.1, 0.2, 0.2), 300)
        thumbnail(page, 1, recipe, 100)
        assert whole(page, 1, recipe, 110) == first
    assert decoded == [straight, turned, straight]
    assert len(screen_tasks._LAST_DRAWN) == 1
    thumbnail(page, 1, turned, 100)
    whole(page, 1, straight, 110)
    assert decoded == [straight, turned, straight, turned], "a thumbnail takes no page's place"


def test_a_full_disk_only_costs_time(
    page: Path, decoded: list[Recipe], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_tasks, "TemporaryFile", partial(open, "/dev/full", "wb", buffering=0))
    assert whole(page, 1, Recipe(), 110) == whole(page, 1, Recipe(), 110)
    assert decoded == [Recipe(), Recipe()]
