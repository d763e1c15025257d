"""Names of places and agencies before and after 1/7/2025 (resources/units): is a name listed, how spelt?

Both lists stay: a paper keeps the names of its day, an old name is never turned into a new one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz, process

from ocr.vietnamese.patterns import letters

TYPES = ("thành phố", "đặc khu", "thị xã", "thị trấn", "tỉnh", "quận", "huyện", "phường", "xã")
_NEAR = 85
"""Similarity (0-100) from which a misread name may be meant."""


@dataclass(frozen=True, slots=True)
class Named:
    """A listed name for what was read, and how like it is (1 = the same letters, tone marks aside)."""

    name: str
    likeness: float


@cache
def _units() -> dict[str, dict[str, str]]:
    """For each type of unit: letters of the name -> the name as listed, of both lists."""
    before, since = listed_units()
    return {kind: {**since[kind], **before[kind]} for kind in TYPES}


@cache
def listed_units() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """The list before 1/7/2025 and the one from then on: type of unit -> letters of the name -> the name."""
    return _listed("before_2025-07-01.json"), _listed("from_2025-07-01.json")


@cache
def unit_names() -> frozenset[str]:
    """Type and name of every unit of both lists as written: "xã Mỹ An"."""
    return frozenset(
        f"{kind} {name}"
        for file in ("before_2025-07-01.json", "from_2025-07-01.json")
        for province in _load(file)["provinces"]
        for kind, names in ((province["type"], [province["name"]]), *province["units"].items())
        for name in names
    )


def _listed(file: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {kind: {} for kind in TYPES}
    for province in _load(file)["provinces"]:
        found[province["type"]].setdefault(letters(province["name"]), province["name"])
        for kind, names in province["units"].items():
            for name in names:
                found[kind].setdefault(letters(name), name)
    return found


@cache
def _agencies() -> dict[str, Any]:
    return _load("agencies.json")


def _load(file: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("resources").joinpath("units", file).read_text(encoding="utf-8"))
    return data


@cache
def province_codes() -> dict[str, str]:
    """Three-digit codes in identity numbers -> the 63 provinces (issued numbers keep theirs after 2025)."""
    return {"0" + row["code"]: row["name"] for row in _load("before_2025-07-01.json")["provinces"]}


def place(text: str) -> Named | None:
    """ "TỈNH QUẢNG NGÃI" -> "tỉnh Quảng Ngãi": the unit meant by a type word and a name, if it is listed."""
    read = letters(text)
    for kind in TYPES:
        start = letters(kind)
        if read.startswith(start + " "):
            return _near(read[len(start) + 1 :], _units()[kind], kind + " ")
    return None


def is_province(read: str) -> bool:
    """Is this, in letters, the name of a province or central city of either list?"""
    return read in _units()["tỉnh"] or read in _units()["thành phố"]


def _near(read: str, names: dict[str, str], before: str = "") -> Named | None:
    if read in names:
        return Named(before + names[read], 1.0)
    best = process.extractOne(read, names.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return Named(before + names[best[0]], best[1] / 100) if best else None


@cache
def _central() -> dict[str, str]:
    return {letters(name): name for name in _agencies()["central"]}


@cache
def _departments() -> dict[str, str]:
    return {letters(name): name for name in _agencies()["departments"]}


@cache
def _central_unspaced() -> dict[str, str]:
    return {read.replace(" ", ""): name for read, name in _central().items()}


def central_agency(text: str) -> Named | None:
    """A ministry or another central agency by its name; engines lose the spaces between capitals."""
    together = _central_unspaced().get(letters(text).replace(" ", ""))
    return Named(together, 1.0) if together else _near(letters(text), _central())


def department(text: str) -> Named | None:
    """The field of a provincial department or commune office ("Y tế") by its name."""
    return _near(letters(text), _departments())


@cache
def agency_by_symbol(symbol: str) -> str | None:
    """The central agency whose abbreviation stands in a number ("BCA" -> "Bộ Công an")."""
    plain = symbol.rstrip("0123456789")
    for name, symbols in _agencies()["central"].items():
        if plain in symbols:
            return str(name)
    return None


@cache
def heads() -> tuple[tuple[str, str], ...]:
    """Words that begin an agency's name: (letters, as written), longest first."""
    pairs = [(letters(head), str(head)) for head in _agencies()["heads"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
