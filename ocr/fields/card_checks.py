"""Does an identity card agree with itself: QR code, machine-readable zone, check digits (ICAO 9303-5)?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ocr.fields.checks import Finding
from ocr.model import PageReading
from ocr.papers.identity_card import (
    Card,
    Mrz,
    card_problems,
    cards_on,
    mrz_on,
    mrz_problems,
    parse_mrz,
    zones_on,
)
from ocr.vietnamese.patterns import letters

_FIELDS = {
    "issue_date": "ngay_cap",
    "mrz_birth": "ngay_sinh",
    "mrz_expiry": "thoi_han",
}
"""The field that a problem is about, where it is not the number."""


def card_findings(readings: Sequence[PageReading]) -> tuple[Finding, ...]:
    """What does not agree on the card that these pages show; nothing for pages without one."""
    found: list[Finding] = []
    for reading in readings:
        for card, _ in cards_on(reading):
            found += [_finding(code) for code in card_problems(card)]
        for lines, _ in zones_on(reading):
            if parse_mrz(lines) is None:
                found += [_finding(code) for code in mrz_problems(lines) or ("mrz_birth",)]
    found += _between_sides(readings)
    return tuple({(each.field, each.code): each for each in found}.values())


def _finding(code: str) -> Finding:
    return Finding(_FIELDS.get(code, "so_dinh_danh"), code)


def _between_sides(readings: Sequence[PageReading]) -> list[Finding]:
    """The code on one side against the zone on the other, where the paper has one of each."""
    cards = [card for reading in readings for card, _ in cards_on(reading)]
    zones = [found[0] for reading in readings if (found := mrz_on(reading))]
    if len(cards) != 1 or len(zones) != 1:
        return []
    return list(_differences(cards[0], zones[0]))


def _differences(card: Card, zone: Mrz) -> Iterator[Finding]:
    if card.number != zone.number:
        yield Finding("so_dinh_danh", "card_number_differs")
    if card.birth != zone.birth:
        yield Finding("ngay_sinh", "card_birth_differs")
    # a long name is cut off at the end of its line (ICAO 9303-3, 3.4)
    name = letters(card.name).replace(" ", "")
    if not name.startswith(zone.name.lower().replace(" ", "")):
        yield Finding("ho_ten", "card_name_differs")
