"""What kind of paper is this? Evidence from the heading: printed title, abbreviation in the number, V/v."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from ocr.codes import separators
from ocr.layout.text_lines import lines_of, rows_of
from ocr.model import Kind, PageReading
from ocr.papers import identity_card
from ocr.papers.heading import Heading, heading_of, is_centred
from ocr.papers.kinds import SEPARATOR, UNCLEAR, KindEntry, by_symbol, entries, kind
from ocr.papers.titles import Title, title_of
from ocr.vietnamese.patterns import letters

THRESHOLD = 0.5
"""Below this the kind is "chưa rõ": a clerk decides faster from nothing than from a wrong guess."""

_BY_CUE = 0.75
_CUE_ALIKE = 90
_MOST_WORDS_FOR_CUES = 350


def kind_of(readings: Sequence[PageReading]) -> tuple[Kind, float]:
    """The kind of a paper from its pages, with an honest confidence (0-1)."""
    first = next((reading for reading in readings if not reading.blank), None)
    if first is None:
        return kind(UNCLEAR), 0.0
    if separators.is_sheet(first, separators.Separation()):
        return kind(SEPARATOR), 1.0
    if identity_card.on_pages(readings):
        return kind("the_can_cuoc"), 1.0
    code, confidence = _from_heading(first)
    if confidence < THRESHOLD:
        return kind(UNCLEAR), round(confidence, 2)
    return kind(code), round(confidence, 2)


def _from_heading(reading: PageReading) -> tuple[str, float]:
    heading = heading_of(reading)
    title = title_of(reading, heading)
    by_number = _kind_in_number(heading)
    if title is not None:
        return title.kind.code, _title_confidence(title, heading, by_number, reading)
    if by_number is not None:
        return by_number.code, 0.85 if heading.motto else 0.6
    by_cue = _kind_by_cue(reading)
    if by_cue is not None and not heading.subject:
        return by_cue.code, _BY_CUE
    return "cong_van", _letter_confidence(heading, reading)


def _kind_by_cue(reading: PageReading) -> KindEntry | None:
    """Small print that only one kind carries, on a page without running text."""
    if len(reading.text.words) > _MOST_WORDS_FOR_CUES:
        return None
    rows = [letters(row.text) for row in rows_of(lines_of(reading))]
    best = max(
        (
            (fuzz.partial_ratio(letters(cue), row), each)
            for each in entries()
            for cue in each.cues
            for row in rows
            if len(row) >= len(cue) - 2
        ),
        key=lambda scored: scored[0],
        default=None,
    )
    return best[1] if best and best[0] >= _CUE_ALIKE else None


def _kind_in_number(heading: Heading) -> KindEntry | None:
    number = heading.document_number
    if number is None:
        return None
    parts = number.symbol.split("/")
    main = parts[1] if parts[0].isdigit() and len(parts) > 1 else parts[0]
    if main.startswith(("QH", "UBTVQH")):
        return (
            by_symbol("NQ")
            if letters(heading.number.text if heading.number else "").startswith("nghi")
            else None
        )
    return by_symbol(main.split("-")[0])


def _title_confidence(
    title: Title, heading: Heading, by_number: KindEntry | None, reading: PageReading
) -> float:
    sure = 0.55 + 0.42 * (title.likeness - 0.8) / 0.2
    if not title.alone and title.kind.group == "nd30":
        sure *= 0.95
    if not is_centred(title.lines[0], reading.width):
        sure *= 0.75
    if heading.motto is None:
        sure *= 0.8 if title.kind.group == "commune" else 0.5
    if by_number is not None:
        sure = 1 - (1 - sure) * 0.3 if by_number.code == title.kind.code else sure * 0.8
    return sure


def _letter_confidence(heading: Heading, reading: PageReading) -> float:
    """A công văn has no title: number without a kind, "V/v" under it, "Kính gửi" (NĐ 30/2020 ô 5b, 9a)."""
    if heading.motto is None or not heading.agency:
        return 0.2
    sure = 0.3
    if heading.subject:
        sure += 0.4
    if heading.document_number is not None:
        sure += 0.15
    if _has_addressee(reading):
        sure += 0.12
    return sure


def _has_addressee(reading: PageReading) -> bool:
    top = (line for line in lines_of(reading) if line.box.y0 < 0.6 * reading.height)
    return any(fuzz.ratio(letters(line.text)[:8], "kinh gui") >= 75 for line in top)
