"""The words people see, in Vietnamese and English, by key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import resources

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")

_chosen: Language = "vi"


def choose(language: Language) -> None:
    """Set the language of this process."""
    global _chosen
    _chosen = language


def chosen() -> Language:
    """The language spoken now."""
    return _chosen


@cache
def catalog(language: Language) -> Mapping[str, str]:
    """Every text of a language: all resources/i18n/*.LANGUAGE.json together."""
    texts: dict[str, str] = {}
    for file in sorted((Path(str(resources.__file__)).parent / "i18n").iterdir()):
        if file.name.endswith(f"{language}.json"):
            texts.update(json.loads(file.read_text(encoding="utf-8")))
    return texts


def text(key: str, /, **facts: object) -> str:
    """The words for a key, with its facts filled in; facts that the caller lacks show as '?'."""
    template = catalog(_chosen)[key]
    return template.format_map(_Facts(facts))


def has(key: str) -> bool:
    """Whether there are words for this key."""
    return key in catalog(_chosen)


def day(value: date | datetime | None) -> str:
    """A day as Vietnamese papers write it; a moment with its minute in local time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone().strftime("%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y")


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"
