"""The character error rate."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.workflow.papers.accuracy import character_error_rate


@given(st.text("abc đườngỦY ", min_size=1, max_size=60))
def test_a_perfect_reading_has_none(text: str) -> None:
    assert character_error_rate(text, text) == 0


def test_lines_count_wherever_they_stand() -> None:
    assert character_error_rate("một dòng\nhai dòng", "hai dòng\nmột dòng") == 0


def test_an_empty_reading_misses_everything() -> None:
    assert character_error_rate("Ủy ban nhân dân", "") == 1


def test_dotted_leaders_do_not_count() -> None:
    assert character_error_rate("Họ tên: An ........", "Họ tên: An") == 0


def test_one_wrong_letter_counts_once() -> None:
    assert character_error_rate("nghị định", "nghị lịnh") == 1 / 9
