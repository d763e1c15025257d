"""What was read against what can be: numbers, days, names, places. Findings are words for a person to look;

nothing is ever changed by a check. Sources: NĐ 30/2020 Điều 8 and Phụ lục III (numbers), NĐ 137/2015 Điều 13
(identity numbers), NĐ 30/2020 Phụ lục I (names), the lists of units before and from 1/7/2025.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from ocr.papers.identity_card import number_problems
from ocr.papers.kinds import entry
from ocr.vietnamese.patterns import document_number, fold, person_name
from ocr.vietnamese.places import PlaceName, places_in

MERGER = date(2025, 7, 1)
"""From this day the list of 34 provinces without districts is in force."""
FOUNDED = date(1945, 9, 2)
_LONGEST_LIFE_YEARS = 120
_SYMBOL_SHAPE = re.compile(r"(?:\d{4}/)?[A-ZĐ][A-ZĐa-zà-ỹ0-9]*(?:[-.&][A-ZĐ0-9][A-ZĐa-zà-ỹ0-9.&]*)*")


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """Something about a field that a person should look at; the words of `code` live in i18n (check.CODE)."""

    field: str
    code: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)


Check = Callable[[str, Mapping[str, str], str, date], Iterator[Finding]]


def findings(values: Mapping[str, str], kind_code: str, today: date) -> tuple[Finding, ...]:
    """All that does not fit in the values of one paper (by the field names of `read`); empty values pass."""
    return tuple(
        finding
        for name, checks in _CHECKS.items()
        for check in checks
        if values.get(name)
        for finding in check(name, values, kind_code, today)
    )


def _number(name: str, values: Mapping[str, str], kind_code: str, today: date) -> Iterator[Finding]:
    read = document_number(values[name])
    if read is None:
        yield Finding(name, "number_shape")
        return
    if not read.digits:
        yield Finding(name, "number_unread")
    if read.joint == "/" and not _SYMBOL_SHAPE.fullmatch(read.symbol):
        yield Finding(name, "number_symbol", {"symbol": read.symbol})
    expected = entry(kind_code).symbol if kind_code != "cong_van" else None  # letters carry none
    first = read.symbol.rpartition("/")[2].split("-")[0] if read.joint == "/" else read.symbol.split("/")[0]
    if expected and fold(first) != fold(expected) and not first.startswith("TTLT"):
        yield Finding(name, "number_kind", {"symbol": first, "expected": expected})


def _day(name: str, values: Mapping[str, str], kind_code: str, today: date) -> Iterator[Finding]:
    day = _as_day(values[name])
    if day is None:
        yield Finding(name, "day_part" if re.fullmatch(r"\d{4}(-\d{2})?", values[name]) else "day_shape")
    elif day > today and name != "thoi_han":
        yield Finding(name, "day_future")
    elif day < FOUNDED and name != "ngay_sinh":
        yield Finding(name, "day_old")


def _birth(name: str, values: Mapping[str, str], kind_code: str, today: date) -> Iterator[Finding]:
    day = _as_day(values[name])
    if day and today.year - day.year > _LONGEST_LIFE_YEARS:
        yield Finding(name, "day_birth")


def _after(earlier: str, code: str) -> Check:
    """The field must not lie before another one."""

    def check(name: str, values: Mapping[str, str], kind_code: str, today: date) -> Iterator[Finding]:
        day, other = _as_day(values[name]), _as_day(values.get(earlier, ""))
        if day and other and day < other:
            yield Finding(name, code)

    return check


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _identity(name: str, values: Mapping[str, str], kind_code: str, today: date) -> Iterator[Finding]:
    number = values[name]
    if re.fullmatch(r"\d{9}", number):
        return  # the old card's number, which says nothing about its holder
    for code in number_problems(number, _as_day(values.get("ngay_sinh", "")), values.get("gioi_tinh", "")):
        yield Finding(name, code)


def _person(name: str, values: Mapping[str, str], kind_code: str, today: date) -> Iterator[Finding]:
    if person_name(values[name]) is None:
        yield Finding(name, "name_shape")


def _places(name: str, values: Mapping[str, str], kind_code: str, today: date) -> Iterator[Finding]:
    day = _as_day(values.get("ngay_ban_hanh", ""))
    for place in places_in(values[name]):
        if place.near:
            yield Finding(name, "place_near", {"place": place.text, "near": place.near})
        elif not (place.before or place.since):
            yield Finding(name, "place_unlisted", {"place": place.text})
        elif day and name != "noi_cu_tru":
            yield from _of_its_time(name, place, day)


def _of_its_time(name: str, place: PlaceName, day: date) -> Iterator[Finding]:
    """The name of the issuing agency must be of the day of the paper; addresses may be older."""
    if day >= MERGER and not place.since:
        yield Finding(name, "place_before_merger", {"place": place.text})
    if day < MERGER and not place.before:
        yield Finding(name, "place_since_merger", {"place": place.text})


_CHECKS: Mapping[str, tuple[Check, ...]] = {
    "so_ky_hieu": (_number,),
    "ngay_ban_hanh": (_day,),
    "ngay_sinh": (_day, _birth),
    "ngay_cap": (_day, _after("ngay_sinh", "day_before_birth")),
    "thoi_han": (_day, _after("ngay_cap", "day_before_issue")),
    "so_dinh_danh": (_identity,),
    "ho_ten": (_person,),
    "nguoi_ky": (_person,),
    "co_quan": (_places,),
    "co_quan_cap": (_places,),
    "noi_cu_tru": (_places,),
}
