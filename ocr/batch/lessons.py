"""What clerks corrected, put to use: the same paper is named right the second time, others stay as they are.

No model: titles and printed labels of papers whose kind was corrected are remembered with how often each kind
was meant (the counts of naive Bayes over very few examples), and wrong values of fields with the right ones.
Names and numbers of citizens are never remembered: only what the agency prints on its forms, and the names of
agencies and of those who sign for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ocr.fields.facts import fields_of
from ocr.layout.text_lines import Line, lines_of
from ocr.model import DocumentReading, FieldValue, Kind, PageReading
from ocr.papers.heading import heading_of
from ocr.papers.kinds import UNCLEAR, kind
from ocr.vietnamese.patterns import letters, upper_share

TAUGHT = ("co_quan", "co_quan_cap", "chuc_vu_ky", "nguoi_ky")
"""Fields whose values come back on paper after paper."""
_OF_AGENCIES = TAUGHT[:3]
_TITLE_ALIKE = 90
_LABELS_ALIKE = 0.6
_LEAST_LABELS = 5
_MAJORITY = 0.6
_MOST_SURE = 0.95
_TITLE_REACH = 0.6
_NEAR_EDITS, _NEAR_LENGTH = 2, 12
_DOUBTFUL = 0.9


@dataclass(frozen=True, slots=True)
class Print:
    """What is printed on a form: its title and the words of labels before colons; folded, without values."""

    title: str
    labels: frozenset[str]

    @property
    def telling(self) -> bool:
        """There is enough to know the form again by."""
        return bool(self.title) or len(self.labels) >= _LEAST_LABELS


@dataclass(frozen=True, slots=True)
class KindLesson:
    """The program took such a paper for kind `read`, a clerk said `right`; equal where she kept it so."""

    read: str
    right: str
    form: Print


@dataclass(frozen=True, slots=True)
class FieldLesson:
    """A field was read as `read` and is `right`."""

    field: str
    read: str
    right: str


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that is known from corrections on this computer."""

    kinds: tuple[KindLesson, ...] = ()
    fields: tuple[FieldLesson, ...] = ()


def print_of(readings: Sequence[PageReading]) -> Print:
    """Title and labels of the first page that is not blank."""
    page = next((reading for reading in readings if not reading.blank), None)
    if page is None:
        return Print("", frozenset())
    bottom = heading_of(page).bottom - 4
    lines = [line for line in lines_of(page) if line.box.y0 >= bottom]
    labels = (word for line in lines if ":" in line.text for word in letters(_label(line)).split())
    return Print(_title(lines, page.height), frozenset(word for word in labels if not word.isdigit()))


def _label(line: Line) -> str:
    return line.text.partition(":")[0]


def _title(lines: Sequence[Line], height: float) -> str:
    """Letters of the first lines in capitals that stand together; lines with numbers are no title."""
    found: list[Line] = []
    for line in lines:
        if line.box.y0 > _TITLE_REACH * height or (found and line.box.y0 - found[-1].box.y1 > 14):
            break
        text = line.text
        if upper_share(text) >= 0.7 and len(letters(text)) >= 4 and not any(map(str.isdigit, text)):
            found.append(line)
        elif found:
            break
    return letters(" ".join(line.text for line in found))


def learned(reading: DocumentReading, pages: Sequence[PageReading], lessons: Lessons) -> DocumentReading:
    """The paper with its kind and fields as corrections of papers like it say; `pages` are its pages."""
    found, confidence = learned_kind(reading.kind, reading.confidence, pages, lessons.kinds)
    fields = reading.fields if found == reading.kind else fields_of(pages, found, confidence)
    return replace(reading, kind=found, confidence=confidence, fields=learned_fields(fields, lessons.fields))


def learned_kind(
    found: Kind, confidence: float, pages: Sequence[PageReading], lessons: Sequence[KindLesson]
) -> tuple[Kind, float]:
    """The kind that most papers like this one turned out to be, where the program took them for `found`."""
    near = [each for each in lessons if found.code in (each.read, UNCLEAR)]
    form = print_of(pages) if near else None
    if form is None or not form.telling:
        return found, confidence
    votes: dict[str, float] = {}
    for each in near:
        votes[each.right] = votes.get(each.right, 0.0) + alike(form, each.form)
    best = max(votes, key=lambda code: votes[code])
    if best == found.code or votes[best] <= _MAJORITY * sum(votes.values()):
        return found, confidence
    likest = max(alike(form, each.form) for each in near if each.right == best)
    return kind(best), round(min(_MOST_SURE, 0.85 * likest + 0.05 * votes[best]), 2)


def alike(one: Print, other: Print) -> float:
    """0 for another form, up to 1 for the same: by title where both have one, else by shared labels."""
    if one.title and other.title:
        ratio = fuzz.ratio(one.title, other.title)
        return ratio / 100 if ratio >= _TITLE_ALIKE else 0.0
    together = len(one.labels | other.labels)
    share = len(one.labels & other.labels) / together if together else 0.0
    return share if share >= _LABELS_ALIKE and together >= _LEAST_LABELS else 0.0


def learned_fields(
    fields: Mapping[str, FieldValue], lessons: Sequence[FieldLesson]
) -> Mapping[str, FieldValue]:
    """Fields with known misreadings put right; each such value says `learned` as its source."""
    made = dict(fields)
    for name in TAUGHT:
        field = made.get(name)
        right = _right_value(name, field, [each for each in lessons if each.field == name]) if field else None
        if field and right and right != field.value:
            made[name] = replace(field, value=right, confidence=max(field.confidence, 0.8), source="learned")
    return made


def _right_value(name: str, field: FieldValue, lessons: Sequence[FieldLesson]) -> str | None:
    value = field.value
    same = _most_meant(each.right for each in lessons if each.read == value)
    if same is not None:
        return same
    known = {each.right for each in lessons}
    if value in known or field.confidence >= _DOUBTFUL:
        return None
    return _most_meant(right for right in known if _misread(name, value, right))


def _misread(name: str, value: str, right: str) -> bool:
    """May `value` be `right` misread? Tone marks for a person; a letter or two in a long agency's name."""
    one, other = letters(value), letters(right)
    if one == other:
        return True
    digits = [c for c in one if c.isdigit()] == [c for c in other if c.isdigit()]
    long = min(len(one), len(other)) >= _NEAR_LENGTH
    return name in _OF_AGENCIES and digits and long and Levenshtein.distance(one, other) <= _NEAR_EDITS


def _most_meant(values: Iterable[str]) -> str | None:
    """The value most often meant; None where nothing or two equally often."""
    counted = Counter(values).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]
