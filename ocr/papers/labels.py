"""Printed labels of forms and certificates, and what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.layout.text_lines import Line, lines_of, rows_of, union
from ocr.model import Box, PageReading, Word
from ocr.vietnamese.patterns import fold

_LABELS = (
    (
        "ho_ten",
        r"h[oa0],? ?(?:chu dem,? ?)?(?:va )?ten(?: khai sinh)?(?: [a-z ,()]{0,45}?)?"
        r"|(?:toi )?ten (?:toi )?la|toi la|cho|ong/ba|full name",
    ),
    (
        "so_dinh_danh",
        r"so dinh danh(?: ca nhan)?[^:]{0,45}|so (?:the )?(?:can cuoc|cccd|cmnd|cc)[^:]{0,40}"
        r"|(?:the )?can cuoc(?: cong dan)?(?: so)?|so ?/ ?no\.?|personal identification number|so",
    ),
    ("ngay_sinh", r"ngay,? ?thang,? ?nam,? ?sinh|ngay sinh|sinh ngay|date of birth"),
    (
        "noi_cu_tru",
        r"noi (?:cu tru|thuong tru|tam tru|dang ky thuong tru)[^:]{0,40}"
        r"|(?:dia chi )?thuong tru|place of residence",
    ),
    (
        "ngay_cap",
        r"ngay cap|cap ngay|ngay,? ?thang,? ?nam cap|ngay,? ?thang,? ?nam(?: ?/ ?date, month, year)?",
    ),
    ("co_quan_cap", r"noi cap|co quan cap|do"),
    ("thoi_han", r"co gia tri den|thoi han(?: su dung)?|date of expiry|han su dung"),
)
_OTHERS = (
    r"gioi tinh|dan toc|quoc tich|que quan|noi sinh|ton giao|dien thoai|quan he[^:]{0,40}|nam sinh"
    r"|sex|nationality"
)
_LABEL = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS).join(
        (r"(?:(?<=^)|(?<=[\s.;,(/]))(?:", rf"|(?P<other>{_OTHERS}))\s*:")
    )
)
_INLINE = re.compile(
    r"(?P<ngay_sinh>sinh ngay)\s+(?=\d)|(?P<ngay_cap>cap ngay)\s+(?=\d)"
    r"|(?P<ho_ten>toi la|toi ten la)\s+(?=[a-z])"
)
_LEADERS = re.compile(r"[.…_·]{2,}")
_WRAPPED = ("noi_cu_tru",)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value found behind a label."""

    name: str
    """Field name."""
    text: str
    box: Box
    confidence: float


def labelled_values(reading: PageReading) -> tuple[Labelled, ...]:
    """Every labelled value of the page from top to bottom; blanks and dotted lines give none."""
    rows = rows_of(lines_of(reading))
    found: list[Labelled] = []
    for index, row in enumerate(rows):
        for name, words in _behind_labels(row):
            if name == "other":
                continue
            if name in _WRAPPED and words and words[-1] is row.words[-1] and index + 1 < len(rows):
                words = words + _continuation(row, rows[index + 1], reading)
            value = _labelled(name, words)
            if value:
                found.append(value)
    return tuple(found)


def _behind_labels(row: Line) -> list[tuple[str, tuple[Word, ...]]]:
    """(label, words up to the next label) along one row."""
    text, starts = _folded(row.words)
    marks = sorted([*_LABEL.finditer(text), *_INLINE.finditer(text)], key=lambda mark: mark.start())
    kept = [mark for i, mark in enumerate(marks) if i == 0 or mark.start() >= marks[i - 1].end()]
    result = []
    for index, mark in enumerate(kept):
        end = kept[index + 1].start() if index + 1 < len(kept) else len(text) + 1
        words = tuple(w for w, start in zip(row.words, starts, strict=True) if mark.end() - 1 <= start < end)
        result.append((mark.lastgroup or "other", words))
    return result


def _folded(words: Sequence[Word]) -> tuple[str, list[int]]:
    """The row in folded letters, and where each word starts in it."""
    text, starts = "", []
    for word in words:
        starts.append(len(text))
        text += fold(word.text) + " "
    return text, starts


def _continuation(row: Line, below: Line, reading: PageReading) -> tuple[Word, ...]:
    """An address that fills its row goes on in the next one, unless that row has a label of its own."""
    full = row.box.x1 > 0.82 * reading.width
    near = below.box.y0 - row.box.y1 < 1.2 * (row.box.y1 - row.box.y0)
    if not (full and near) or ":" in below.text:
        return ()
    return below.words


def _labelled(name: str, words: Sequence[Word]) -> Labelled | None:
    kept = [word for word in words if _LEADERS.sub("", word.text).strip(" .:;,")]
    text = _LEADERS.sub(" ", " ".join(word.text for word in kept)).strip(" .:;,")
    if not text:
        return None
    sure = min(word.confidence for word in kept)
    return Labelled(name, text.split(";")[0].strip(), union(word.box for word in kept), sure)
