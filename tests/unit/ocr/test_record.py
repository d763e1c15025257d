"""A reading survives the trip to JSON and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.model import Box, Code, PageReading, PageText, Quality, Recipe, Word
from ocr.record import from_json, recipe_from, recipe_to, to_json

_number = st.floats(0, 2000, allow_nan=False)
_box = st.builds(Box, _number, _number, _number, _number)
_recipe = st.builds(
    Recipe,
    corners=st.one_of(st.just(()), st.tuples(*[st.tuples(_number, _number)] * 4)),
    turn=st.sampled_from((0, 90, 180, 270)),
    skew_deg=st.floats(-10, 10),
    crop=st.none() | _box,
)
_word = st.builds(
    Word, st.text(), st.floats(0, 1), _box, st.integers(0, 99), st.none() | st.text(), st.booleans()
)
_reading = st.builds(
    PageReading,
    st.integers(1, 999),
    _number,
    _number,
    _recipe,
    st.builds(PageText, st.lists(_word, max_size=4).map(tuple), st.text()),
    st.sampled_from(("ocr", "text_layer")),
    st.booleans(),
    st.builds(Quality, st.integers(1, 1200), st.lists(st.text(max_size=5), max_size=2).map(tuple)),
    st.lists(st.builds(Code, st.text(), st.text(), _box), max_size=2).map(tuple),
)


@given(_reading)
def test_reading_survives(reading: PageReading) -> None:
    assert from_json(to_json(reading)) == reading


@given(_recipe)
def test_recipe_survives(recipe: Recipe) -> None:
    assert recipe_from(json.loads(json.dumps(recipe_to(recipe)))) == recipe


def test_the_same_reading_gives_the_same_bytes_in_utf8() -> None:
    reading = PageReading(
        1, 1, 1, Recipe(), PageText((), "Thẩm quyền"), "ocr", blank=False, quality=Quality(200)
    )
    assert to_json(reading) == to_json(from_json(to_json(reading)))
    assert "Thẩm quyền".encode() in to_json(reading)


def test_other_json_is_refused() -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json(b"{}")
