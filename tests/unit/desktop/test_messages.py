"""Words: both languages have the same facts, unknown facts never break a message."""

from __future__ import annotations

import string
from datetime import UTC, datetime

import pytest

from desktop import messages
from desktop.workflow.job import Problem
from desktop.workflow.problem_words import words_of


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


ADF_STATES = (
    "Processing", "Empty", "Jam", "Loaded", "Mispick", "HatchOpen", "DuplexPageTooShort", "DuplexPageTooLong",
    "MultipickDetected", "InputTrayFailed", "InputTrayOverloaded",
)  # fmt: skip
"""Of the feeder, as the eSCL specification names them."""


@pytest.mark.parametrize("state", ADF_STATES)
def test_every_state_of_a_feeder_is_told_in_words(state: str) -> None:
    problem = Problem("device_failed", {"device": "x", "reason": f"ScannerAdf{state}"})
    assert "ScannerAdf" not in words_of(problem)[0]


def test_who_holds_the_profile_is_told_by_local_day_and_time() -> None:
    since = datetime(2026, 11, 29, 3, 5, tzinfo=UTC)
    said = words_of(Problem("profile_busy", {"pid": 7, "since": since.isoformat()}))[0]
    assert since.astimezone().strftime("%d/%m/%Y %H:%M") in said
    assert "2026-11-29" not in said
