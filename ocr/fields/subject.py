"""What a paper is about (trích yếu): lines under its title or "V/v ..." under the number (NĐ 30/2020 ô 5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocr.layout.text_lines import Line, lines_of, union
from ocr.model import FieldValue, PageReading
from ocr.papers.heading import Heading
from ocr.papers.titles import Title
from ocr.vietnamese.patterns import fold, letters, upper_share

_MOST_LINES = 9
_NEXT_LINE = 28
"""Lines of one subject follow within this many points, at 14 pt with 1.5 line spacing."""
_OFF_CENTRE = 0.13
_READABLE = 0.62
_READABLE_LAW = 0.35
"""A law's short name is all there is: shown below the usual mark too, with its low confidence."""
# A paragraph begins with a capital: "thực hiện ..." in small letters goes on with the subject.
_BODY = re.compile(
    r"^\W*(?:can cu\b|kinh gui|chuong\b|phan (?:thu|i)|dieu \d|theo de nghi|xet |"
    r"thuc hien (?!\w*$)|quyet dinh\W*$|hom nay|dien\W|"
    r"i\.|1\.|\(?(?:ban hanh )?kem theo|trich\b|noi nhan|thoi gian\W)"
)
_JUNK_BEFORE = re.compile(r"^[^\w(\"“/]+")
_RULE = re.compile(r"^[\W_]*$")
_SPECK = 6


def subject_field(reading: PageReading, heading: Heading, title: Title | None) -> FieldValue | None:
    """The subject as printed, on one line."""
    lines = list(heading.subject) if title is None else _under_title(reading, title, heading)
    if not lines:
        return None
    text = " ".join(_clean(line.text) for line in lines)
    sure = min(line.confidence for line in lines) if reading.text_source == "ocr" else 0.97
    return FieldValue(
        text.strip(),
        round(min(sure, 0.95), 2),
        reading.number,
        union(x.box for x in lines),
        reading.text_source,
    )


def _under_title(reading: PageReading, title: Title, heading: Heading) -> list[Line]:
    named = title.kind.code == "luat"  # a law's name is its subject and begins with the word LUẬT
    kept = list(title.lines) if named or not title.alone else []
    last = title.lines[-1]
    readable = _READABLE_LAW if named else _READABLE
    issuer = letters(" ".join(line.text for line in heading.agency))
    for line in lines_of(reading):
        if line in title.lines or _middle(line) <= _middle(last) + 4:
            continue
        if not _is_beside_middle(line, title, reading) or _is_speck(line):
            continue
        if (
            _middle(line) - _middle(last) > _NEXT_LINE
            or len(kept) >= _MOST_LINES
            or _ends(line, kept, issuer)
        ):
            break
        if line.confidence >= readable or reading.text_source == "text_layer":
            kept.append(line)
        last = line
    return kept


def _is_speck(line: Line) -> bool:
    """Dust that was read as a sign; the rule under a subject is longer."""
    return bool(_RULE.match(line.text)) and line.box.x1 - line.box.x0 < _SPECK


def _middle(line: Line) -> float:
    return (line.box.y0 + line.box.y1) / 2


def _is_beside_middle(line: Line, title: Title, reading: PageReading) -> bool:
    """Stamps stand at the side; a subject is centred under its title."""
    off = _OFF_CENTRE * reading.width
    return abs(line.middle - title.lines[0].middle) < off or abs(line.middle - reading.width / 2) < off / 2


def _ends(line: Line, kept: Sequence[Line], issuer: str) -> bool:
    starts_body = _BODY.match(fold(line.text)) and not line.text[:1].islower()
    if _RULE.match(line.text) or starts_body or (issuer and letters(line.text) == issuer):
        return True
    capitals = upper_share(line.text) > 0.8 and len(letters(line.text)) > 6
    return capitals and any(upper_share(before.text) < 0.6 for before in kept)


def _clean(text: str) -> str:
    return _JUNK_BEFORE.sub("", text).strip()
