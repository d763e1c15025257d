"""Rules for the end of a document: authority, title and name of the signer, recipients, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from signing.law.clauses import finding
from signing.law.head import Head
from signing.law.model import Area, Finding, Paper, PaperPage
from signing.law.text import fold
from signing.marks.signature_block import SignatureBlock, TextLine, find_block, lines_of

WITH_RECIPIENTS = frozenset(
    {
        "nghi_quyet",
        "quyet_dinh",
        "chi_thi",
        "thong_bao",
        "huong_dan",
        "chuong_trinh",
        "ke_hoach",
        "phuong_an",
        "bao_cao",
        "to_trinh",
        "cong_van",
        "cong_dien",
    }
)
"""Kinds whose model forms in Phụ lục III end with "Nơi nhận"."""
_OLD_PREFIX = re.compile(r"^(T/M|K/T|T/L|T\.M|K\.T|T\.L|TM|KT|TL|TUQ|TUN|TUN\.)(?=\s|$)")
_PREFIX = re.compile(r"^(TM|KT|TL|TUQ|Q)\.\s*")
_DEGREE = re.compile(r"^(GS|PGS|TS|ThS|Th\.S|CN|KS|BS|LS|Ông|Bà)\b\.?", re.IGNORECASE)
_CIVIL = re.compile(r"\b(uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd)\b")
"""Agencies whose signers carry no academic title; schools, hospitals, forces may (PL I.II.7)."""
_DEPUTY = re.compile(r"^(pho|thu truong|quyen|uy vien|thanh vien|truong|giam doc|chanh|chu nhiem)\b")
_DIGITS = re.compile(r"^[-–\s]*\d{1,3}[-–\s]*$")
_EDGE = 0.085


def check_foot(paper: Paper, head: Head) -> Iterator[Finding]:
    """What is not as it should be below the text; scans are not judged by what OCR did not read."""
    if not all(page.printed for page in paper.pages):
        return
    block = find_block(page.layout for page in paper.pages)
    last = block.page if block else paper.pages[-1].layout.number
    yield from _block(paper, block, last)
    if head.kind is not None and head.kind.code in WITH_RECIPIENTS:
        yield from _recipients(paper, last)
    yield from _page_numbers(paper.pages, last)


def _block(paper: Paper, block: SignatureBlock | None, last: int) -> Iterator[Finding]:
    if block is None or block.guessed:
        yield finding("block_missing", last)
        return
    page = next(page for page in paper.pages if page.layout.number == last)
    lines = lines_of(page.layout.words)
    title = [
        line
        for line in lines
        if block.title_top - 1 <= line.y0 and line.y1 <= block.title_bottom + 1 and _near(line, block)
    ]
    yield from _authority(title, last)
    name = next((line for line in lines if abs(line.y0 - block.name_top) < 2 and _near(line, block)), None)
    overleaf = block.title_bottom > page.layout.height * 0.8 and paper.page_count > last
    if name is None and not overleaf:
        yield finding("signer_missing", last, _area(title))
    elif name is not None and _DEGREE.match(name.text) and _CIVIL.search(fold(_top_of(paper.pages[0]))):
        yield finding("signer_degree", last, _area([name]), found=name.text)


def _near(line: TextLine, block: SignatureBlock) -> bool:
    return line.x0 - 25 < block.centre < line.x1 + 25


def _authority(title: Sequence[TextLine], page: int) -> Iterator[Finding]:
    """TM., KT., TL., TUQ. stand before a title, and below KT., TL., TUQ. stands whose hand it is."""
    for index, line in enumerate(title):
        old = _OLD_PREFIX.match(line.text)
        if old is not None:
            wanted = re.sub(r"[./]", "", old.group(1)).replace("TUN", "TUQ") + "."
            yield finding("authority_form", page, _area([line]), found=old.group(1), wanted=wanted)
        by = _PREFIX.match(line.text)
        if by is not None and by.group(1) != "Q" and index == len(title) - 1:
            yield finding("authority_title", page, _area([line]), found=line.text)


def _area(lines: Sequence[TextLine]) -> Area | None:
    if not lines:
        return None
    return Area(
        min(line.x0 for line in lines),
        min(line.y0 for line in lines),
        max(line.x1 for line in lines),
        max(line.y1 for line in lines),
    )


def _recipients(paper: Paper, last: int) -> Iterator[Finding]:
    texts = [
        fold(line.text)
        for page in paper.pages
        if last - 1 <= page.layout.number <= last + 1
        for line in lines_of(page.layout.words)
    ]
    if not any(text.startswith("noi nhan") for text in texts):
        yield finding("recipients_missing", last)
    elif not any(re.match(r"^[-–+•\s]*luu\b", text) for text in texts):
        yield finding("recipients_no_file", last)


def _page_numbers(pages: Sequence[PaperPage], last: int) -> Iterator[Finding]:
    """Arabic, centred in the top margin, from page 2 on; attachments count for themselves."""
    shown = {page.layout.number: _page_number(page) for page in pages if page.layout.number <= last}
    first = shown.get(1)
    if first is not None:
        yield finding("page_number_first", 1, _area([first]))
    later = {number: line for number, line in shown.items() if number > 1}
    low = [(number, line) for number, line in later.items() if line is not None and line.y0 > 400]
    if low:
        yield finding("page_number_place", low[0][0], _area([low[0][1]]))
    elif later and not any(later.values()):
        yield finding("page_number_missing", min(later))


def _page_number(page: PaperPage) -> TextLine | None:
    """Digits alone in the top or bottom margin, near the middle."""
    layout = page.layout
    for line in lines_of(layout.words):
        margin = line.y1 < layout.height * _EDGE or line.y0 > layout.height * (1 - _EDGE - 0.03)
        middle = abs((line.x0 + line.x1) / 2 - layout.width / 2) < layout.width * 0.06
        if margin and middle and _DIGITS.match(line.text):
            return line
    return None


def _top_of(page: PaperPage) -> str:
    return " ".join(word.text for word in page.layout.words if word.y1 < page.layout.height * 0.2)
