"""Rules for the type of each part of a born-digital paper: size, bold, italic (NĐ 30/2020 PL I mục V)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from signing.law.clauses import finding
from signing.law.head import Head
from signing.law.model import Area, Finding, Paper, PaperPage, Run
from signing.law.sheet import is_a4
from signing.marks.signature_block import SignatureBlock, find_block

T = TypeVar("T", bound=Hashable)
_SIZE_TOLERANCE = 0.6
"""Points: printing to PDF scales a little, and half sizes are rounded either way."""
_BODY_LETTERS = 400
"""Fewer letters of running text tell nothing of its size."""


@dataclass(frozen=True, slots=True)
class Face:
    """What the law wants of a part; None: either."""

    sizes: tuple[float, float]
    bold: bool | None = None
    italic: bool | None = None


FACES = {
    "country": Face((12, 13), bold=True),
    "motto": Face((13, 14), bold=True),
    "number": Face((13, 13), italic=False),
    "day": Face((13, 14), italic=True),
    "title": Face((13, 14), bold=True),
    "body": Face((13, 14)),
    "authority": Face((13, 14), bold=True),
    "signer": Face((13, 14), bold=True),
}


def check_type(paper: Paper, head: Head) -> Iterator[Finding]:
    """Parts whose type is not as prescribed; what OCR read has no type."""
    if not head.page.printed or not is_a4(head.page):
        return  # on another sheet everything may have been scaled to fit
    parts = {"country": head.country, "motto": head.motto, "number": head.number, "day": head.day}
    parts["title"] = None if head.letter else head.title
    for name, found in parts.items():
        if found is not None:
            yield from _judged(name, head.page, found.area)
    yield from _body(paper)
    yield from _foot(paper)


def _foot(paper: Paper) -> Iterator[Finding]:
    block = find_block(page.layout for page in paper.pages)
    page = next((each for each in paper.pages if block and each.layout.number == block.page), None)
    if block is None or block.guessed or page is None or not page.printed:
        return
    yield from _judged("authority", page, _column(block, block.title_top, block.title_bottom))
    if block.name:
        yield from _judged("signer", page, _column(block, block.name_top, block.name_top + 12))


def _column(block: SignatureBlock, top: float, bottom: float) -> Area:
    return Area(block.centre - 20, top, block.centre + 20, bottom)


def _judged(part: str, page: PaperPage, area: Area) -> Iterator[Finding]:
    """The letters that stand in this place, by what most of them are."""
    runs = [run for run in page.runs if _stands_in(run, area)]
    if not runs:
        return
    face, size = FACES[part], _most(runs, lambda run: run.size)
    yield from _size(part, page, area, size)
    if not _tells_styles(page):
        return
    bold, italic = _most(runs, lambda run: run.bold), _most(runs, lambda run: run.italic)
    if face.bold not in (None, bold) or face.italic not in (None, italic):
        yield finding("type_style", page.layout.number, area, sure=False, part=part)


def _size(part: str, page: PaperPage, area: Area | None, size: float) -> Iterator[Finding]:
    low, high = FACES[part].sizes
    if not low - _SIZE_TOLERANCE <= size <= high + _SIZE_TOLERANCE:
        wanted = f"{low:g}" if low == high else f"{low:g}–{high:g}"
        yield finding("type_size", page.layout.number, area, part=part, found=f"{size:g}", wanted=wanted)


def _body(paper: Paper) -> Iterator[Finding]:
    """The running text of the first pages, by what most of its letters are."""
    runs = [run for page in paper.pages if page.printed for run in page.runs]
    if sum(run.letters for run in runs) >= _BODY_LETTERS:
        yield from _size("body", paper.pages[0], None, _most(runs, lambda run: run.size))


def _stands_in(run: Run, area: Area) -> bool:
    middle = (run.area.y0 + run.area.y1) / 2
    return area.y0 - 1 <= middle <= area.y1 + 1 and run.area.x0 < area.x1 and area.x0 < run.area.x1


def _tells_styles(page: PaperPage) -> bool:
    """Some programs hide weight and slant from readers: then nothing on the page seems bold or italic."""
    return any(run.bold for run in page.runs) and any(run.italic for run in page.runs)


def _most(runs: Sequence[Run], of: Callable[[Run], T]) -> T:
    counted: Counter[T] = Counter()
    for run in runs:
        counted[of(run)] += run.letters
    return counted.most_common(1)[0][0]
