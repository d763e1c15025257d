"""The head of an administrative document: cells 1 to 5 and 9a of NĐ 30/2020 PL I, found by what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from signing.law.kinds import LETTER, UNNUMBERED, LawKind, kind, kinds
from signing.law.model import Paper, PaperPage
from signing.law.text import Found, find_phrase, fold, joined, rows
from signing.pdf.page_layout import TextWord

COUNTRY = "cong hoa xa hoi chu nghia viet nam"
MOTTO = "doc lap tu do hanh phuc"
LIKELY = 72.0
"""Below this nobody would take the words for the motto."""
_UPPER = 0.36
_RIGHT = 0.45
"""Share of the width where the right column begins (cell 1 from .52 of the text area)."""
_GAP = 12.0
"""Points between columns at the least; words of one line stand closer."""
_TITLE_REACH = 0.6
_PARTY = "dang cong san viet nam"
_NUMBER = re.compile(r"^so\s*:")
_NUMBER_READ = re.compile(r"^so\s*[:;.]?\s*\S{0,6}\s*/")
"""As OCR may have read it: the colon is easily lost."""
_DAY = re.compile(r"\bngay\b.*\bthang\b.*\bnam\b|\bngay\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}")
_NORMATIVE = re.compile(r"/\s*\d{4}\s*/")
_FORM = re.compile(r"^(mau (so )?[\divx.…/]|phu luc\b)")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of page 1; None where it was not found."""

    page: PaperPage
    country: Found | None
    motto: Found | None
    number: Found | None
    day: Found | None
    title: Found | None
    kind: LawKind | None
    letter: bool
    """It reads like an official letter: V/v or Kính gửi, and no title."""
    agency: bool
    form: bool
    """A blank form or an appendix: "Mẫu số ...", "Phụ lục ..."."""
    party: bool
    """A document of the Party, which follows rules of its own."""

    @property
    def administrative(self) -> bool:
        """It is one of the 29 kinds, made by an agency: NĐ 30/2020 PL I applies."""
        if self.form or self.party or self.kind is None or self.kind.group != "nd30":
            return False
        if self.number is not None and _NORMATIVE.search(self.number.text):
            return False
        if self.kind.code in UNNUMBERED and self.number is None:
            return False
        return sum(part is not None for part in (self.country, self.motto, self.number, self.day)) >= 2


def head_of(paper: Paper) -> Head:
    """The head of the first page."""
    page = paper.pages[0]
    width, height = page.layout.width, page.layout.height
    upper = [word for word in page.layout.words if word.y1 < height * _UPPER]
    right = [word for word in upper if word.x0 + word.x1 > 2 * width * _RIGHT]
    left = [word for word in upper if word.x0 < width * 0.5]
    number = _number(left, width, page.printed)
    title, titled = _title(page)
    letter = titled is None and _says(page, ("kinh gui", "v/v"))
    return Head(
        page,
        _country(upper, width),
        _likely(right, MOTTO) or _likely(upper, MOTTO),
        number,
        _day(upper, width),
        title,
        kind(paper.kind) or titled or (kind(LETTER) if letter else None),
        letter,
        _agency(left, number),
        any(_FORM.match(fold(joined(row).text)) for row in rows(upper)[:4]),
        _likely(upper, _PARTY, 90) is not None,
    )


def _likely(words: Sequence[TextWord], phrase: str, least: float = LIKELY) -> Found | None:
    found = find_phrase(words, phrase)
    return found if found is not None and found.score >= least else None


def _country(upper: Sequence[TextWord], width: float) -> Found | None:
    """The motto's first line, best read of several cuts: the agency's name may stand on the same line."""
    shouted = [word for word in upper if _shouted(word.text)]
    columns = [[word for word in shouted if word.x0 + word.x1 > 2 * width * cut] for cut in (_RIGHT, 0.38, 0)]
    found = [read for words in (*columns, upper) if (read := _likely(words, COUNTRY)) is not None]
    return max(found, key=lambda read: read.score, default=None)


def _number(words: Sequence[TextWord], width: float, printed: bool) -> Found | None:
    """The line "Số: 12/QĐ-UBND" in the left column, as far as it goes before a wide gap."""
    for row in rows(words):
        for index, word in enumerate(row):
            if not fold(word.text).startswith("so"):
                continue
            rest = joined(_close(row[index:], width))
            apart = index == 0 or word.x0 - row[index - 1].x1 > _GAP
            law = index > 0 and fold(row[index - 1].text) == "luat"
            if _NUMBER.match(fold(rest.text)) or (not printed and _NUMBER_READ.match(fold(rest.text))):
                if law:
                    return joined(_close(row[index - 1 :], width))
                if apart:
                    return rest
    return None


def _close(row: Sequence[TextWord], width: float) -> list[TextWord]:
    """The words up to the column on the right: blanks for the number may be wide."""
    kept = [row[0]]
    for word in row[1:]:
        if word.x0 - kept[-1].x1 > width * 0.15 or word.x1 > width * 0.56:
            break
        kept.append(word)
    return kept


def _day(words: Sequence[TextWord], width: float) -> Found | None:
    """The line "Hà Nội, ngày 05 tháng 02 năm 2026", which begins in the right column."""
    for row in rows(words):
        start = next((i for i, word in enumerate(row) if word.x0 + word.x1 > 2 * width * _RIGHT), None)
        while start is not None and start > 0 and row[start].x0 - row[start - 1].x1 <= _GAP:
            start -= 1  # a long place name reaches into the left half
        if start is None or row[start].x0 < width * 0.3:
            continue
        found = joined(row[start:])
        if _DAY.search(fold(found.text)):
            return found
    return None


def _title(page: PaperPage) -> tuple[Found | None, LawKind | None]:
    """The first line in capitals that begins with a known title."""
    words = [word for word in page.layout.words if word.y1 < page.layout.height * _TITLE_REACH]
    for row in rows(words):
        line = joined(row)
        if not _shouted(line.text) or line.area.x0 < page.layout.width * 0.1:
            continue
        folded = fold(line.text).rstrip(" :")
        for entry in kinds():
            for title in entry.titles:
                if folded == fold(title) or folded.startswith(f"{fold(title)} "):
                    return line, entry
    return None, None


def _says(page: PaperPage, starts: tuple[str, ...]) -> bool:
    upper = [word for word in page.layout.words if word.y1 < page.layout.height * 0.5]
    return any(fold(word.text).startswith(starts[1]) for word in upper) or any(
        starts[0] in fold(joined(row).text) for row in rows(upper)
    )


def _agency(left: Sequence[TextWord], number: Found | None) -> bool:
    """Some name in capitals stands at the top left, above the number."""
    floor = number.area.y0 if number else max((word.y1 for word in left), default=0.0)
    above = [word.text for word in left if word.y1 <= floor + 2]
    return sum(_shouted(text) and len(text) > 1 for text in above) >= 2


def _shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) >= 0.85 * len(letters)
