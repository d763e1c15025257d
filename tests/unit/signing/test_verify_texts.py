"""Every code that the verifier can say has words in both languages, and they use only facts that exist."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

_REASON = re.compile(r'Reason\(\s*"([a-z_0-9]+)"')
_CHANGE = re.compile(r'(?:Edit|_edit)\(\s*"([a-z_0-9]+)"')
_NAMED = ("seal_added", "number_added", "date_added", "number_date_added", "incoming_stamp_added")
_BY_KEY = ("page_content", "page_resources", "page_changed", "font_replaced", "pages_added", "pages_removed")
_OTHERS = ("content_covered", "metadata", "nothing_visible", "validation_data", "view_changed")
_WEAK = ("weak_hash_sha1", "weak_hash_md5", "weak_key")


def texts(language: str) -> dict[str, str]:
    file = files("resources").joinpath("i18n", f"signing_verify.{language}.json")
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_has_words(language: str, root: Path) -> None:
    sources = [file.read_text(encoding="utf-8") for file in sorted((root / "signing").rglob("*.py"))]
    reasons = {code for text in sources for code in _REASON.findall(text)} | set(_WEAK)
    changes = {code for text in sources for code in _CHANGE.findall(text)}
    wanted = {f"reason.{code}" for code in reasons}
    wanted |= {f"change.{code}" for code in changes.union(_NAMED, _BY_KEY, _OTHERS)}
    said = texts(language)
    assert wanted <= said.keys()
    assert all(said[key].strip() for key in wanted)


def test_both_languages_say_the_same_things() -> None:
    vi, en = texts("vi"), texts("en")
    assert vi.keys() == en.keys()
    for key, text in vi.items():
        assert set(re.findall(r"{(\w+)}", en[key])) <= set(re.findall(r"{(\w+)}", text)), key
