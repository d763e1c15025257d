"""Words: both languages have the same facts, unknown facts never break a message."""

from __future__ import annotations

import string

import pytest

from desktop import messages


@pytest.mark.parametrize("key", sorted(messages.catalog("vi")))
def test_both_languages_use_the_same_facts(key: str) -> None:
    found = [
        {name for _, name, _, _ in string.Formatter().parse(messages.catalog(language)[key]) if name}
        for language in messages.LANGUAGES
    ]
    assert found[0] == found[1]


def test_a_missing_fact_shows_as_a_question_mark() -> None:
    assert "?" in messages.text("problem.not_readable.what")


def test_the_language_can_be_chosen() -> None:
    try:
        messages.choose("en")
        assert messages.text("verdict.valid") == "valid"
    finally:
        messages.choose("vi")
    assert messages.text("verdict.valid") == "hợp lệ"
