"""Readings as JSON and back, so that they can be stored and sent between processes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ocr.model import Box, Code, PageReading, PageText, Quality, Recipe, Word


def to_json(reading: PageReading) -> bytes:
    """Canonical UTF-8 JSON: the same reading always gives the same bytes."""
    return json.dumps(asdict(reading), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def from_json(data: bytes) -> PageReading:
    """The reading that `to_json` wrote; KeyError or ValueError for anything else."""
    made: dict[str, Any] = json.loads(data)
    text = made["text"]
    return PageReading(
        **{
            **made,
            "recipe": recipe_from(made["recipe"]),
            "text": PageText(tuple(_word(word) for word in text["words"]), text["text"]),
            "quality": Quality(made["quality"]["dpi"], tuple(made["quality"]["problems"])),
            "codes": tuple(Code(code["format"], code["text"], Box(*code["box"])) for code in made["codes"]),
        }
    )


def recipe_to(recipe: Recipe) -> dict[str, Any]:
    """A recipe as plain JSON values."""
    return asdict(recipe)


def recipe_from(made: dict[str, Any]) -> Recipe:
    """The recipe that `recipe_to` (or `to_json`) wrote."""
    corners = tuple((float(x), float(y)) for x, y in made["corners"])
    crop = Box(*made["crop"]) if made["crop"] is not None else None
    return Recipe(corners, made["turn"], made["skew_deg"], crop)


def _word(made: dict[str, Any]) -> Word:
    return Word(**{**made, "box": Box(*made["box"])})
