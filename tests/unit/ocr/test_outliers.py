"""Pages unlike the others of their batch come first, each with what is strange about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.batch.outliers import Strangeness, after_gaps, measured, strangeness
from ocr.model import PageReading, Quality, Recipe
from tests.unit.ocr.test_documents import declaration, letter, page


def stack(*odd: PageReading) -> list[PageReading]:
    usual = [declaration(), letter()] * 6
    leaning = [replace(each, recipe=Recipe(skew_deg=0.2 * place)) for place, each in enumerate(usual)]
    return [*leaning, *odd]


def of(readings: list[PageReading]) -> tuple[Strangeness, ...]:
    return strangeness([measured(reading) for reading in readings])


def test_usual_pages_are_not_strange() -> None:
    assert {found.reasons for found in of(stack())} == {()}


def test_what_is_strange_is_said_and_counts() -> None:
    skewed = replace(declaration(), recipe=Recipe(skew_deg=-9.0))
    long = replace(declaration(), height=1190.0)
    blurred = replace(declaration(), quality=Quality(300, ("blurred",)))
    found = of(stack(skewed, long, blurred))[-3:]
    assert [each.reasons for each in found] == [("skew",), ("size",), ("blurred",)]
    assert all(each.score > 0 for each in found)


def test_a_page_with_few_words_among_full_ones() -> None:
    full = page(*((f"dòng chữ thứ {n} của một trang đầy chữ", 300.0, 60.0 + 15 * n) for n in range(40)))
    found = of([full] * 8 + [declaration()])
    assert found[-1].reasons == ("words",)
    assert of([]) == ()


@pytest.mark.parametrize(
    ("printed", "places"),
    [
        ((None, 2, 4), (2,)),
        ((None, 2, None, 4), ()),
        ((9, 10, 1, 12), ()),
        ((None, 2, 1, 2), ()),
        ((1, "blank", 2, "blank", 4), (4,)),
    ],
)
def test_printed_numbers_that_run_ahead_are_gaps(
    printed: tuple[int | str | None, ...], places: tuple[int, ...]
) -> None:
    def numbered(number: int | str | None) -> PageReading:
        if number == "blank":
            return page()
        margin = [(str(number), 300.0, 20.0)] if number else []
        return page(*margin, ("Nội dung của trang này", 300.0, 200.0))

    assert after_gaps([measured(numbered(number)) for number in printed]) == places
