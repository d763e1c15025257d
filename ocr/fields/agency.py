"""Who issued a paper (NĐ 30/2020 ô 2): the lines at the top left as one readable name.

Written the way offices write it in lists: "UBND tỉnh Quảng Ngãi", "Bộ Công an / Cục Cảnh sát PCCC và CNCH".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocr.layout.text_lines import Line, union
from ocr.model import FieldValue, PageReading
from ocr.papers.heading import Heading
from ocr.vietnamese.patterns import letters
from ocr.vietnamese.units import agency_by_symbol, central_agency, department, heads, is_province, place

_SHORT = {"uy ban nhan dan": "UBND", "hoi dong nhan dan": "HĐND", "ubnd": "UBND", "hdnd": "HĐND"}
_TYPE_WORDS = ("tinh", "thanh pho", "quan", "huyen", "xa", "phuong", "dac khu", "thi xa", "thi tran")
_TYPE_STARTS = frozenset(word.split()[0] for word in _TYPE_WORDS)
_ABBREVIATIONS = frozenset(
    ("UBND", "HĐND", "UBMTTQ", "MTTQ", "QLDA", "TNHH", "MTV", "BQL", "BCH", "CNTT", "ĐHQG", "VNPT")
)
_JOINT = re.compile(r"\s*[-–]\s*")
"""Between agencies that issue a paper together (thông tư liên tịch)."""
_LISTED = 0.95
_CHANGED = 0.85
_NEAR = 0.7
_UNLISTED = 0.75
_UNHEADED = 0.5
_BY_SYMBOL = 0.6
_UNREADABLE = 0.6
_READ = 0.4


def agency_field(reading: PageReading, heading: Heading) -> FieldValue | None:
    """The issuing agency; the parent above it comes first, parted by " / "."""
    lines = [line for line in heading.agency if line.confidence >= _READ or _is_listed(line.text)]
    parts = [_named(part) for part in _parts(lines)]
    if not parts or all(sure < _UNREADABLE for _, sure in parts):
        by_symbol = _from_symbol(reading, heading)
        if by_symbol:
            return by_symbol
    if not parts:
        return None
    read = min(line.confidence for line in lines)
    sure = (
        min(min(sure for _, sure in parts), max(read, 0.5)) if reading.text_source == "ocr" else parts[-1][1]
    )
    name = " / ".join(name for name, _ in parts)
    return FieldValue(name, round(sure, 2), reading.number, union(x.box for x in lines), reading.text_source)


def _is_listed(text: str) -> bool:
    """Letter for letter the name of a central agency: the list makes up for an unsure engine."""
    found = central_agency(text)
    return found is not None and found.likeness == 1


def _from_symbol(reading: PageReading, heading: Heading) -> FieldValue | None:
    """A ministry stamped over is still named by the last part of the number: "79/2024/TT-BCA"."""
    number = heading.document_number
    name = agency_by_symbol(re.split("[-/]", number.symbol)[-1]) if number else None
    if name is None or heading.number is None:
        return None
    return FieldValue(name, _BY_SYMBOL, reading.number, heading.number.box, reading.text_source)


def _parts(lines: Sequence[Line]) -> list[str]:
    """One text for each agency: a line that begins like an agency's name starts a new one."""
    texts = [text for line in lines if letters(text := line.text.strip(" .,:;–—_'\"`|"))]
    whole = " ".join(texts)
    if central_agency(whole):
        return [whole]
    issuers = _JOINT.split(whole)
    if len(issuers) > 1 and all(_begins_agency(issuer) for issuer in issuers):
        return issuers
    parts: list[str] = []
    for text in texts:
        if parts and (not _begins_agency(text) or _wants_more(parts[-1])):
            parts[-1] += " " + text
        else:
            parts.append(text)
    return parts


def _begins_agency(text: str) -> bool:
    read = letters(text)
    return any(read == head or read.startswith(head + " ") for head, _ in heads())


def _wants_more(text: str) -> bool:
    """A name broken in the middle: it ends with a joining word, a dash or a comma."""
    return bool(re.search(r"(?:[-–,]| và| của| về| thuộc)$", text.strip().lower()))


def _named(text: str) -> tuple[str, float]:
    """A readable name and how sure: listed names are trusted, changes of spelling lower the confidence."""
    central = central_agency(text)
    if central and central.likeness >= 0.9:
        return central.name, _LISTED if central.likeness == 1 else _NEAR
    head, rest = _split_head(text)
    if not head:
        return sentence_case(text), _UNHEADED
    short = _SHORT.get(letters(head), head)
    if not rest:
        return short, _LISTED
    found = place(rest)
    if found:
        return f"{short} {found.name}", _place_confidence(rest, found.name, found.likeness)
    if letters(head) in ("so", "phong"):
        field = department(rest)
        if field and field.likeness >= 0.9:
            return f"{short} {field.name}", _LISTED if field.likeness == 1 else _NEAR
    return f"{short} {sentence_case(rest)}", _UNLISTED


def _place_confidence(read: str, listed: str, likeness: float) -> float:
    if likeness < 1:
        return _NEAR
    return _LISTED if " ".join(read.lower().split()) == listed.lower() else _CHANGED


def _split_head(text: str) -> tuple[str, str]:
    """ "BỘ CÔNG AN" -> ("Bộ", "CÔNG AN"); spaces inside may be lost or doubled by the engine."""
    words = text.split()
    compact = ["".join(letters(word).split()) for word in words]
    for head, written in heads():
        wanted = head.replace(" ", "")
        for size in range(1, min(len(words), len(head.split()) + 1) + 1):
            if "".join(compact[:size]) == wanted:
                return written, " ".join(words[size:])
    return "", text


def sentence_case(text: str) -> str:
    """Capitals to running text: "CẢNH SÁT PCCC" -> "Cảnh sát PCCC"; a place at the end keeps capitals."""
    words = text.split()
    start = _place_start(words)
    running = [word if _is_abbreviation(word) else word.lower() for word in words[:start]]
    if running and letters(running[0]) not in _TYPE_STARTS:
        running[0] = running[0][0].upper() + running[0][1:]
    names = [word if _is_abbreviation(word) else word.capitalize() for word in words[start:]]
    return " ".join(running + names)


def _place_start(words: Sequence[str]) -> int:
    """Index of the first word of a place name at the end: after a type word, or a known province."""
    read = [letters(word) for word in words]
    for index in range(len(words) - 1, 0, -1):
        if " ".join(read[max(0, index - 2) : index]) in _TYPE_WORDS or read[index - 1] in _TYPE_WORDS:
            return index
    for index in range(max(0, len(words) - 4), len(words)):
        if is_province(" ".join(read[index:])):
            return index
    return len(words)


def _is_abbreviation(word: str) -> bool:
    """Words without a vowel, with a sign or digit in them, or known ones stay as printed."""
    read = letters(word)
    return word in _ABBREVIATIONS or not re.fullmatch(r"[a-z]*[aeiouy][a-z]*", read)
