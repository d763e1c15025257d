"""Who signed: authority and title in capitals, and the full name under them (NĐ 30/2020 ô 7a, 7b)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from ocr.layout.text_lines import Line, lines_of, union
from ocr.model import FieldValue, PageReading
from ocr.vietnamese.patterns import letters, person_name, upper_share

_AUTHORITY = re.compile(r"^(?:tm|kt|tl|tuq|q)\b")
_TITLES = re.compile(
    r"\b(?:chu tich|giam doc|bo truong|thu truong|thu tuong|chanh|truong|"
    r"cuc truong|vu truong|vien truong|hieu truong|thong doc|bi thu|tong bi thu|chu nhiem|tong|doi truong|"
    r"thu ky|cong chung vien|uy vien|cong chuc|ke toan|dai dien|nguoi ky|chi huy)\b"
)
_USUAL_TITLES = (
    "CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "THỨ TRƯỞNG",
    "CHÁNH VĂN PHÒNG",
    "PHÓ CHÁNH VĂN PHÒNG",
    "CỤC TRƯỞNG",
    "PHÓ CỤC TRƯỞNG",
    "TRƯỞNG PHÒNG",
    "PHÓ TRƯỞNG PHÒNG",
)
"""Written so in thousands of papers: one that a signature's stroke runs over is known from the rest."""
_TITLE_ALIKE = 85
_REPAIRED = 0.75
_APART = re.compile(r"^((?:TM|KT|TL|TUQ|Q)\.)(?=[^\W\d_])")
"""An authority that was read together with the word behind it: "TM.ỦY BAN"."""
_NEXT_LINE = 26
_NAME_REACH = 190
_NAME_OFF = 75
_MAX_TITLE_LINES = 5
_HEADING_SHARE = 0.35
"""On a first page nobody signs this high; authorities named here issue the paper."""
_RECIPIENTS = 3
_NAME_READ = 0.6
_ALONE = 0.7


@dataclass(frozen=True, slots=True)
class _Block:
    reading: PageReading
    titles: tuple[Line, ...]
    name: Line | None
    beside_recipients: bool

    @property
    def score(self) -> int:
        authority = any(_AUTHORITY.match(letters(line.text)) for line in self.titles)
        return 3 * (self.name is not None) + 2 * self.beside_recipients + authority


def signer_fields(readings: Sequence[PageReading]) -> dict[str, FieldValue]:
    """`chuc_vu_ky` ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH") and `nguoi_ky`, each only where it was found."""
    blocks = [block for reading in readings for block in _blocks(reading)]
    best = max(blocks, key=lambda block: block.score, default=None)
    if best is None or best.name is None:
        alone = next((found for reading in reversed(readings) if (found := _lonely_name(reading))), None)
        if alone:
            return {"nguoi_ky": alone} | (
                {"chuc_vu_ky": _title_field(best)} if best and best.beside_recipients else {}
            )
    if best is None or best.score == 0:
        return {}
    fields = {"chuc_vu_ky": _title_field(best)}
    if best.name is not None:
        name = person_name(best.name.text)
        if name:
            sure = _sure(best.reading, [best.name], 0.95)
            fields["nguoi_ky"] = FieldValue(
                name, sure, best.reading.number, best.name.box, best.reading.text_source
            )
    return fields


def _title_field(block: _Block) -> FieldValue:
    plain = [_APART.sub(r"\1 ", line.text.strip(" .,:;|'`\"“”-")) for line in block.titles]
    known = [_usual_title(line) for line in block.titles]
    text = " / ".join(usual or read for usual, read in zip(known, plain, strict=True))
    sure = _sure(block.reading, block.titles, _REPAIRED if any(known) else 0.95)
    box = union(line.box for line in block.titles)
    return FieldValue(text, sure, block.reading.number, box, block.reading.text_source)


def _sure(reading: PageReading, lines: Sequence[Line], most: float) -> float:
    if reading.text_source == "text_layer":
        return most
    return round(min(most, *(line.confidence for line in lines)), 2)


def _lonely_name(reading: PageReading) -> FieldValue | None:
    """A name beside the recipients whose title a seal has made unreadable."""
    lines = lines_of(reading)
    listed = [
        line for line in lines if line.text.startswith(("-", "–")) and line.box.x0 < 0.3 * reading.width
    ]
    if len(listed) < _RECIPIENTS:
        return None
    top, bottom = listed[0].box.y0, listed[-1].box.y1 + 40
    for line in lines:
        beside = line.middle > 0.55 * reading.width and top < line.box.y0 < bottom
        name = person_name(line.text) if beside and not line.text.isupper() else None
        if name and line.confidence > _NAME_READ:
            sure = min(_ALONE, line.confidence)
            return FieldValue(name, round(sure, 2), reading.number, line.box, reading.text_source)
    return None


def _blocks(reading: PageReading) -> list[_Block]:
    lines = lines_of(reading)
    recipients = next((line for line in lines if "oi nhan" in letters(line.text)[:9]), None)
    starts = [line for line in lines if _is_title(line, reading)]
    blocks: list[_Block] = []
    used: set[int] = set()
    for line in starts:
        if id(line) in used:
            continue
        titles = _with_following(line, starts)
        used.update(id(each) for each in titles)
        beside = recipients is not None and abs(line.box.y0 - recipients.box.y0) < 30
        blocks.append(_Block(reading, titles, _name_under(titles, lines), beside))
    return blocks


def _is_title(line: Line, reading: PageReading) -> bool:
    if reading.number == 1 and line.box.y0 < _HEADING_SHARE * reading.height:
        return False
    if line.middle < 0.48 * reading.width or upper_share(line.text) < 0.75 or len(line.words) > 9:
        return False
    read = letters(line.text)
    return bool(_AUTHORITY.match(read) or _TITLES.search(read) or _usual_title(line))


def _usual_title(line: Line) -> str | None:
    """The usual title that was read here with a letter or two wrong; None where it was read right.

    Authorities (TL., KT., ...) are never guessed: one letter makes another of them.
    """
    read = letters(line.text)
    if _AUTHORITY.match(read):
        return None
    found = process.extractOne(read, list(_folded_titles()), scorer=fuzz.ratio, score_cutoff=_TITLE_ALIKE)
    return None if found is None or found[0] == read else _folded_titles()[found[0]]


@cache
def _folded_titles() -> dict[str, str]:
    return {letters(title): title for title in _USUAL_TITLES}


def _with_following(line: Line, starts: Sequence[Line]) -> tuple[Line, ...]:
    titles = [line]
    for other in starts:
        gap = other.box.y0 - titles[-1].box.y0
        if (
            4 < gap <= _NEXT_LINE
            and abs(other.middle - line.middle) < _NAME_OFF
            and len(titles) < _MAX_TITLE_LINES
        ):
            titles.append(other)
    return tuple(titles)


def _name_under(titles: Sequence[Line], lines: Sequence[Line]) -> Line | None:
    bottom, middle = titles[-1].box.y1, titles[-1].middle
    for line in lines:
        below = 5 < line.box.y0 - bottom < _NAME_REACH
        near = below and abs(line.middle - middle) < _NAME_OFF and line.confidence > _NAME_READ
        if near and person_name(line.text):
            return line
    return None
