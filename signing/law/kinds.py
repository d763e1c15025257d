"""The 29 kinds of NĐ 30/2020 Điều 7 with their abbreviations and printed titles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LETTER = "cong_van"
UNNUMBERED = frozenset(
    {
        "bien_ban",
        "hop_dong",
        "ban_ghi_nho",
        "ban_thoa_thuan",
        "giay_uy_quyen",
        "thu_cong",
        "giay_nghi_phep",
        "phieu_gui",
        "phieu_chuyen",
        "phieu_bao",
    }
)
"""Kinds that also private people write, or whose model forms lack some of the head."""


@dataclass(frozen=True, slots=True)
class LawKind:
    """One kind of paper."""

    code: str
    name: str
    group: str
    symbol: str
    titles: tuple[str, ...]


@cache
def kinds() -> tuple[LawKind, ...]:
    """All kinds of `resources/kinds.json`."""
    data = json.loads(files("resources").joinpath("kinds.json").read_text(encoding="utf-8"))
    return tuple(
        LawKind(row["code"], row["name"], row["group"], row.get("symbol", ""), tuple(row["titles"]))
        for row in data["kinds"]
    )


@cache
def kind(code: str) -> LawKind | None:
    """The kind with this code."""
    return next((entry for entry in kinds() if entry.code == code), None)


@cache
def by_symbol(symbol: str) -> LawKind | None:
    """The kind of an abbreviation, every letter as printed; a letter and some others have none."""
    return next(
        (entry for entry in kinds() if symbol and entry.symbol == symbol and entry.code != LETTER), None
    )
