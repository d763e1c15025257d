"""The list of kinds of paper (resources/kinds.json): codes, names, abbreviations, printed titles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from ocr.model import Kind
from ocr.vietnamese.patterns import fold

Group = Literal["nd30", "copy", "law", "commune", "technical"]
UNCLEAR = "chua_ro"
SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class KindEntry:
    """One kind and how it is recognised."""

    code: str
    name: str
    group: Group
    symbol: str | None
    """Abbreviation in the document number (NĐ 30/2020 Phụ lục III), case matters: QĐ, TTr, CTr."""
    titles: tuple[str, ...]
    """Titles as printed, in capitals."""
    cues: tuple[str, ...] = ()
    """Small print that only this kind carries; tells it when the title (often red) cannot be read."""

    @property
    def kind(self) -> Kind:
        return Kind(self.code, self.name)


@cache
def entries() -> tuple[KindEntry, ...]:
    """All kinds in the order of the list."""
    data = json.loads(files("resources").joinpath("kinds.json").read_text(encoding="utf-8"))
    return tuple(
        KindEntry(
            **row
            | {
                "symbol": row.get("symbol"),
                "titles": tuple(row["titles"]),
                "cues": tuple(row.get("cues", ())),
            }
        )
        for row in data["kinds"]
    )


@cache
def entry(code: str) -> KindEntry:
    """The entry of a code; KeyError for an unknown one."""
    for found in entries():
        if found.code == code:
            return found
    raise KeyError(code)


def kind(code: str) -> Kind:
    """The kind of a code."""
    return entry(code).kind


@cache
def by_symbol(symbol: str) -> KindEntry | None:
    """The kind whose abbreviation stands in a number: exact letters first, then without tone marks."""
    known = [found for found in entries() if found.symbol]
    exact = [found for found in known if found.symbol == symbol]
    if exact:
        return exact[0]
    if symbol.startswith("TTLT"):
        return entry("thong_tu")
    alike = [found for found in known if found.symbol and fold(found.symbol) == fold(symbol)]
    return alike[0] if len(alike) == 1 else None
