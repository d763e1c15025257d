"""Where a mark stands, by its role, without covering text (NĐ 30/2020 PL I; a person may still drag it)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pymupdf

from signing.errors import NoRoom
from signing.marks.roles import RULES
from signing.marks.signature_block import SignatureBlock, find_block
from signing.model import Placement, SigningRole
from signing.pdf.page_layout import (
    Ink,
    PageLayout,
    TextWord,
    Words,
    from_pdf,
    ink,
    open_pdf,
    read_page,
)

Size = tuple[float, float]
_EDGE = 9.0
"""Points kept free at the page's edge; printers cut less than 4 mm."""
_CLEAR = 4.0
_STEP = 6.0
_INK_MAX = 0.004
_SIGNATURE: Size = (128.0, 57.0)
"""45 x 20 mm."""
_SEAL: Size = (102.0, 102.0)
_TEXT: Size = (190.0, 36.0)
_SMALLEST = 0.3
_REACH = 150.0
_INK_REACH = 60.0
"""So far a mark gives way to ink that is no known word before it shrinks: it may be a pen's stroke alone."""
_SEAL_REACH = 24.0
_MAX_PAGES = 60
"""Text is read on so many pages at each end of the file: a block sits near one of them."""


def find(path: Path, role: SigningRole, size: Size | None = None, words: Words | None = None) -> Placement:
    """The place for a mark of `size` points in the file. Raises NoRoom or NotSignable.

    `words` are what OCR read, by page, for scans without a text layer.
    """
    document = open_pdf(str(path))
    try:
        return find_in(document, role, size, words)
    finally:
        document.close()


def find_in(
    document: pymupdf.Document, role: SigningRole, size: Size | None = None, words: Words | None = None
) -> Placement:
    """As `find`, in a document that is open."""
    spot = RULES[role].spot
    if spot == "signature":
        return _signature(document, size or _SIGNATURE, words)
    if spot == "seal":
        return _seal(document, size or _SEAL, words)
    return _corner(document, spot == "top_left", size or _TEXT, words)


def check(document: pymupdf.Document, place: Placement) -> None:
    """Raises NoRoom where a place that a person chose is not within a page."""
    if not 1 <= place.page <= document.page_count:
        raise NoRoom(why="no_such_page", page=place.page)
    page = document[place.page - 1].rect
    inside = 0 <= place.x0 < place.x1 <= page.width + 1 and 0 <= place.y0 < place.y1 <= page.height + 1
    if not inside:
        raise NoRoom(why="outside_page", page=place.page)


def of_field(document: pymupdf.Document, name: str) -> Placement:
    """Where an empty signature field stands. Raises NoRoom if there is none of that name."""
    for number in range(1, document.page_count + 1):
        for found, place in _empty_fields(document, number):
            if found == name:
                return place
    raise NoRoom(why="no_such_field", field=name)


def prepared_field(document: pymupdf.Document, role: SigningRole, size: Size, words: Words | None) -> str:
    """An empty signature field that was drawn into the signature block for this role; empty if there is none.

    A seal keeps its size: it takes no field that is too small for it.
    """
    block = block_of(document, words) if document.is_form_pdf and RULES[role].image else None
    if block is None:
        return ""
    room = (block.centre - 150, block.title_top, block.centre + 150, block.name_top + 40)
    fields = [(name, place) for name, place in _empty_fields(document, block.page) if _meets(place[1:], room)]
    if RULES[role].spot == "seal":
        fields = [
            (name, place)
            for name, place in fields
            if place.x1 - place.x0 >= size[0] and place.y1 - place.y0 >= size[1]
        ]
    return min(fields, key=lambda field: abs(field[1].x0 + field[1].x1 - 2 * block.centre), default=("",))[0]


def _empty_fields(document: pymupdf.Document, number: int) -> list[tuple[str, Placement]]:
    found = []
    for widget in document[number - 1].widgets():
        kind, rect = document.xref_get_key(widget.xref, "Rect")
        empty = widget.field_type_string == "Signature" and not widget.is_signed
        if empty and kind == "array":
            box = [float(side) for side in rect.strip("[]").split()]
            found.append((str(widget.field_name), from_pdf(document, number, box)))
    return found


def block_of(document: pymupdf.Document, words: Words | None = None) -> SignatureBlock | None:
    """The signature block of the whole document."""
    count = document.page_count
    numbers = [n for n in range(1, count + 1) if n <= _MAX_PAGES or n > count - _MAX_PAGES]
    return find_block(read_page(document, number, words) for number in numbers)


def _signature(document: pymupdf.Document, size: Size, words: Words | None) -> Placement:
    """Centred between title and name (PL I.II.7d), or at the nearest free place where they leave no room."""
    block = block_of(document, words)
    if block is None:
        raise NoRoom(role=SigningRole.KY_DUYET.value, why="no_block")
    page = read_page(document, block.page, words)
    top, bottom = block.title_bottom + 1, block.name_top - 1
    middle = (top + bottom) / 2
    starts = []
    for scale in (min(1.0, (bottom - top) / size[1]), 0.7, 0.5, 0.35):
        if scale >= _SMALLEST:
            width, height = size[0] * scale, size[1] * scale
            starts.append(_inside(page, block.centre - width / 2, middle - height / 2, width, height))
    # Recognition misses words that a seal or a pen touches: on a scan the picture is asked first.
    dark = ink(document, block.page) if words and words.get(block.page) else None
    asked = [(_INK_REACH, dark), (_REACH, dark)] if dark else []
    for reach, seen, start in [(*ask, start) for ask in (*asked, (_REACH, None)) for start in starts]:
        place = _nearest_free(page, start, page.words, reach, seen)
        if place is not None:
            return place
    raise NoRoom(role=SigningRole.KY_DUYET.value, why="covered", page=block.page)


def _seal(document: pymupdf.Document, size: Size, words: Words | None) -> Placement:
    """Over about a third of the signature, on its left (PL I.II.8a); moved a little off other text."""
    block = block_of(document, words)
    if block is None:
        raise NoRoom(role=SigningRole.DONG_DAU.value, why="no_block")
    page = read_page(document, block.page, words)
    room = (block.centre - 90, block.title_top, block.centre + 90, block.name_top + 20)
    signed = [box for box in page.marks if _meets(box, room)]
    if signed:
        left, top, right, bottom = signed[-1]
    else:
        left, right = block.centre - _SIGNATURE[0] / 2, block.centre + _SIGNATURE[0] / 2
        top, bottom = block.title_bottom, block.name_top
    edge = left + (right - left) / 3
    start = _inside(page, edge - size[0], (top + bottom - size[1]) / 2, *size)
    others = [word for word in page.words if not _meets(word[:4], room)]
    return _nearest_free(page, start, others, reach=_SEAL_REACH) or start


def _nearest_free(
    page: PageLayout,
    start: Placement,
    taken: Sequence[TextWord],
    reach: float,
    dark: Ink | None = None,
) -> Placement | None:
    """The place nearest to `start`, no further than `reach`, that covers none of these words nor ink."""
    width, height = start.x1 - start.x0, start.y1 - start.y0
    near = [word for word in taken if _meets(word[:4], start[1:], reach)]
    steps = [step * _STEP for step in range(-int(reach / _STEP), int(reach / _STEP) + 1)]
    for across, down in sorted(
        ((dx, dy) for dx in steps for dy in steps), key=lambda d: (abs(d[0]) + abs(d[1]), d)
    ):
        x, y = start.x0 + across, start.y0 + down
        box = (x, y, x + width, y + height)
        within = x >= 0 and y >= 0 and box[2] <= page.width and box[3] <= page.height
        if not within or any(_meets(word[:4], box) for word in near):
            continue
        if dark is None or dark(box) <= _INK_MAX:
            return Placement(page.number, *box)
    return None


def _corner(document: pymupdf.Document, left: bool, size: Size, words: Words | None) -> Placement:
    """The free place nearest to a top corner of page 1; marks that are there are stepped over."""
    page = read_page(document, 1, words)
    taken = [*((w.x0, w.y0, w.x1, w.y1) for w in page.words), *page.marks]
    scanned = not page.words or bool(words and words.get(1))
    dark = ink(document, 1) if scanned else None
    for x, y in _tries(page.width, page.height, left, size):
        place = Placement(1, x, y, x + size[0], y + size[1])
        if any(_meets(box, place[1:], _CLEAR) for box in taken):
            continue
        if dark is None or dark(place[1:]) <= _INK_MAX:
            return place
    raise NoRoom(role="corner", why="covered", page=1)


@lru_cache(maxsize=64)
def _tries(page_width: float, page_height: float, left: bool, size: Size) -> tuple[tuple[float, float], ...]:
    """Places of the upper third, nearest to the corner first; a step down costs more than one aside."""
    across = page_width - size[0] - 2 * _EDGE
    down = page_height / 3 - size[1]
    if across < 0 or down < 0:
        return ()
    steps = [
        (_EDGE + (i * _STEP if left else across - i * _STEP), _EDGE + j * _STEP)
        for i in range(int(across / _STEP) + 1)
        for j in range(int(max(0.0, down - _EDGE) / _STEP) + 1)
    ]
    corner = _EDGE if left else _EDGE + across
    return tuple(sorted(steps, key=lambda at: (abs(at[0] - corner) + 2 * at[1], at)))


def _inside(page: PageLayout, x: float, y: float, width: float, height: float) -> Placement:
    """Moved so that it lies within the page."""
    x = min(max(x, 0.0), page.width - width)
    y = min(max(y, 0.0), page.height - height)
    if x < 0 or y < 0:
        raise NoRoom(why="larger_than_page", page=page.number)
    return Placement(page.number, x, y, x + width, y + height)


def _meets(one: Sequence[float], two: Sequence[float], clear: float = 0.0) -> bool:
    return (
        one[0] < two[2] + clear
        and two[0] < one[2] + clear
        and one[1] < two[3] + clear
        and two[1] < one[3] + clear
    )
