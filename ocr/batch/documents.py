"""Which pages belong to one paper? Separator sheets decide, then headings, page numbers and form titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.codes import separators
from ocr.codes.separators import Separation
from ocr.fields.facts import fields_of
from ocr.layout.text_lines import lines_of
from ocr.model import DocumentReading, PageReading
from ocr.papers.classify import kind_of
from ocr.papers.heading import find_motto, heading_of
from ocr.papers.identity_card import cards_on, mrz_on
from ocr.papers.kinds import UNCLEAR, entry
from ocr.papers.titles import title_of
from ocr.vietnamese.patterns import letters

_TOP = 0.3
_VERY_TOP = 0.15
_EDGE = 0.09
_USUAL = Separation()
_SAME_PAPER = 0.06
"""Share by which the sides of one size of paper may differ between two scans."""
_PAGE_NUMBER = re.compile(r"^\W*(?:trang\s+)?(\d{1,3})(?:\s*/\s*\d{1,3})?\W*$")
_ANNEX = re.compile(r"^\W*phu luc\b")
_FILLED = ("so_ky_hieu", "ngay_ban_hanh", "ho_ten", "so_dinh_danh", "ngay_sinh")
"""Fields of which a paper in use has at least one; a blank form's number is its symbol alone, "/GP"."""
_ANNEXED = re.compile(r"^\W*(?:m[a-z]{0,3}u so\b|mau [a-z]{0,4} ?\d|bieu mau|bieu so\b|danh muc)")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page and what its margins and its top say; found once, since later pages ask again and again."""

    page: PageReading
    number: int | None
    """As printed in a margin."""
    annex: bool
    """Headed "Phụ lục"."""
    annexed: bool
    """Headed as a form or list that may belong to an annex."""


def split(readings: Sequence[PageReading], by: Separation = _USUAL) -> tuple[DocumentReading, ...]:
    """Papers in page order. Careful: a page starts a new paper only on clear evidence."""
    return tuple(_document([leaf.page for leaf in group]) for group in _groups(readings, by))


def _document(pages: Sequence[PageReading]) -> DocumentReading:
    kind, confidence = kind_of(pages)
    return DocumentReading(
        tuple(page.number for page in pages), kind, confidence, fields_of(pages, kind, confidence)
    )


def _groups(readings: Sequence[PageReading], by: Separation) -> list[list[_Leaf]]:
    groups: list[list[_Leaf]] = []
    for leaf in map(_leaf, readings):
        if not groups or _starts_paper(leaf, groups[-1], by):
            groups.append([leaf])
        else:
            groups[-1].append(leaf)
    return groups


def _leaf(page: PageReading) -> _Leaf:
    top = [letters(line.text) for line in lines_of(page) if line.box.y0 < _TOP * page.height]
    return _Leaf(page, printed_number(page), any(map(_ANNEX.match, top)), any(map(_ANNEXED.match, top)))


def _starts_paper(leaf: _Leaf, group: Sequence[_Leaf], by: Separation) -> bool:
    """Does this page begin a new paper, given the pages of the paper before it?"""
    page, before = leaf.page, [each.page for each in group]
    if separators.is_sheet(page, by):
        return True
    if page.blank:
        return False
    if separators.is_sheet(before[0], by):
        return True
    if by.barcodes and separators.bears_new_code(page, before):
        return True
    if by.paper_size and _other_paper(page, before):
        return True
    return by.content and _begins_by_content(leaf, group)


def _begins_by_content(leaf: _Leaf, group: Sequence[_Leaf]) -> bool:
    """Cards, headings, titles; a page number that goes on, or an appendix, keeps the page where it is."""
    if _is_card(leaf.page):
        return not _is_card_side_of(leaf.page, [each.page for each in group])
    if leaf.number in (len(group) + 1, _next_number(group)):
        return False
    begins = _has_own_heading(leaf.page) or _numbers_begin_again(leaf, group)
    return begins and not _is_appendix(leaf, group)


def _next_number(group: Sequence[_Leaf]) -> int:
    """The page number that would go on from the last one printed; blank backs carry none."""
    printed = next((each.number for each in reversed(group) if each.number), None)
    return (printed or len(group)) + 1


def _numbers_begin_again(leaf: _Leaf, group: Sequence[_Leaf]) -> bool:
    """A form's own title over page 1 after page 2 or more of another paper."""
    restarts = leaf.number == 1 and _next_number(group) > 2
    return restarts and title_of(leaf.page, heading_of(leaf.page)) is not None


def _other_paper(page: PageReading, before: Sequence[PageReading]) -> bool:
    """Another size of paper, whichever way it was laid; scanners cut a few millimetres more or less."""
    last = next((each for each in reversed(before) if not each.blank), None)
    if last is None:
        return False
    sides = zip(sorted((page.width, page.height)), sorted((last.width, last.height)), strict=True)
    return any(abs(one - other) > _SAME_PAPER * max(one, other) for one, other in sides)


def _is_card(page: PageReading) -> bool:
    return next(cards_on(page), None) is not None or mrz_on(page) is not None


def _is_card_side_of(page: PageReading, before: Sequence[PageReading]) -> bool:
    """Front and back of one card are one paper: one side carries the QR code, the other the readable zone."""
    mine, theirs = _card_number(page), [_card_number(each) for each in before]
    return any(theirs) and mine in theirs


def _card_number(page: PageReading) -> str:
    card = next(cards_on(page), None)
    if card:
        return card[0].number
    zone = mrz_on(page)
    return zone[0].number if zone else ""


def printed_number(page: PageReading) -> int | None:
    """The number printed alone in the top or bottom margin."""
    for line in lines_of(page):
        if line.box.y1 < _EDGE * page.height or line.box.y0 > (1 - _EDGE) * page.height:
            found = _PAGE_NUMBER.match(line.text.lower())
            if found:
                return int(found[1])
    return None


def _is_appendix(leaf: _Leaf, group: Sequence[_Leaf]) -> bool:
    """Forms and lists that an official paper brings with it stay with it, headings and all."""
    first = next((each.page for each in group if not each.page.blank), None)
    kind = entry(kind_of([first])[0].code) if first else entry(UNCLEAR)
    annexes = any(each.annex for each in group)
    if kind.group == "law" or (kind.code == UNCLEAR and annexes):
        return _is_in_annexes(leaf, group, annexes)
    if kind.group not in ("nd30", "copy"):
        return False
    if leaf.annex:
        return True  # numbered by itself, its first page without a number (NĐ 30/2020 Phụ lục I.II.1)
    # where its own numbering ends, a form is another paper: one that belongs to it would go on with it
    return leaf.annexed and not (len(group) > 1 and group[-1].number and not leaf.number)


def _is_in_annexes(leaf: _Leaf, group: Sequence[_Leaf], annexes: bool) -> bool:
    """Forms of a decree follow one another; where their mark cannot be read, that they are blank tells."""
    if leaf.annex or (leaf.annexed and annexes):
        return True
    begun = annexes or any(each.annexed for each in group)
    return (leaf.annexed or begun) and _is_unfilled(leaf.page)


def _is_unfilled(page: PageReading) -> bool:
    """A form as it is issued: no number, no day, nobody's name."""
    kind, confidence = kind_of([page])
    values = (fields_of([page], kind, confidence).get(name) for name in _FILLED)
    return not any(value and any(map(str.isalnum, value.value.partition("/")[0])) for value in values)


def _has_own_heading(page: PageReading) -> bool:
    motto = find_motto(lines_of(page), page.height)
    if motto is None or motto.box.y0 > _TOP * page.height:
        return False
    heading = heading_of(page)
    known = heading.number is not None or bool(heading.agency) or title_of(page, heading) is not None
    return known or motto.box.y0 < _VERY_TOP * page.height
