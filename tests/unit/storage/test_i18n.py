"""Every error of this library has its words, in both languages."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest

from storage import errors


def _codes() -> set[str]:
    found = {errors.StorageError}
    for error in vars(errors).values():
        if isinstance(error, type) and issubclass(error, errors.StorageError):
            found.add(error)
    return {error.code for error in found}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_error_has_words(root: Path, language: str) -> None:
    words = json.loads((root / "resources" / "i18n" / f"storage.{language}.json").read_bytes())
    assert set(words) == {f"problem.{code}.{part}" for code in _codes() for part in ("what", "remedy")}
    facts = {name for text in words.values() for _, name, _, _ in string.Formatter().parse(text) if name}
    assert facts <= {
        "id",
        "name",
        "pid",
        "since",
        "number",
        "found",
        "known",
        "code",
        "key",
        "problem",
        "file",
        "scheme",
    }
