"""Finds the signature block of a Vietnamese administrative document: authority and title, room, name.

NĐ 30/2020 PL I: right half of the last text page, level with "Nơi nhận:", title in capitals, name below it
(cells 7a, 7b, 7c). Appendices may follow in the same file, and forms carry empty blocks of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from signing.pdf.page_layout import PageLayout, TextWord

_PREFIX = re.compile(r"^(?:(?:TM|KT|TL|TUQ|TUN|Q)\s*\.|[TK]\s*/\s*[MTL]\b)")
"""Also T/M, K/T, T/L, as offices wrote before NĐ 30/2020."""
_TITLE = re.compile(
    r"^(QUYỀN )?((PHÓ|THỨ|TỔNG|CHI) )*"
    r"(CHỦ TỊCH|BỘ TRƯỞNG|TRƯỞNG|THỦ TƯỚNG|GIÁM ĐỐC|CHÁNH|CHỦ NHIỆM|CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG"
    r"|HIỆU TRƯỞNG|THỐNG ĐỐC|BÍ THƯ|THANH TRA|KIỂM TOÁN|ĐỘI TRƯỞNG|CHỈ HUY|TƯ LỆNH|CÔNG CHỨC)"
)
_NAME = re.compile(r"^(?:[^\W\d_][\w'’.]*\s+){1,5}[^\W\d_][\w'’]*$")
_RANK = re.compile(
    r"^(đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy)\s+", re.I
)
_SIGN_HERE = re.compile(r"^\(\s*(ký|chữ ký)\b|\b(ghi rõ họ (và )?tên|điểm chỉ)\b", re.IGNORECASE)
"""Where people sign forms; the note may be long and broken: "(Cha/mẹ của trẻ / ký, ghi rõ họ tên)"."""
_SIGNED = re.compile(r"^\(?\s*đã ký\s*\)?$", re.IGNORECASE)
_GAP_MAX = 190.0
_ROOM = 85.0
"""Points kept for a signature where no name bounds the room."""
_TITLE_LINES = 5
_LEVEL = 40.0
"""Points: title and recipients begin at one height, or nearly."""
_COLUMN = 0.72
"""Share of the width where the column of the signature has its middle (cell 7a)."""
_CERTAIN = 9.0
"""Recipients level with the title, authority prefix, name, room between: no later page can do better."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words that stand on one line without a wide gap."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Where the title ends and the name begins; lengths in points of the upright page."""

    page: int
    centre: float
    title_top: float
    title_bottom: float
    name_top: float
    """Top of the name, or where the room ends if there is none."""
    name: str
    score: float
    guessed: bool = False
    """Its title was not read: it stands beside "Nơi nhận:", where the law puts it."""


def find_block(pages: Iterable[PageLayout]) -> SignatureBlock | None:
    """The best block of these pages; among equals the earliest, since appendices follow the signature."""
    best: SignatureBlock | None = None
    for page in pages:
        for block in blocks_of(page):
            if best is None or block.score > best.score:
                best = block
        if best is not None and best.score >= _CERTAIN:
            return best
    return best


def blocks_of(page: PageLayout) -> list[SignatureBlock]:
    """The signature blocks of a page, each with its titles and name."""
    lines = lines_of(page.words)
    right = [
        line for line in lines if (line.x0 + line.x1) / 2 > page.width * 0.5 and line.x0 > page.width * 0.3
    ]
    found = []
    for index, line in enumerate(right):
        if _is_title(line.text) and not (index and _continues(right[index - 1], line)):
            found.append(_block(page, lines, right[index:]))
        elif _SIGN_HERE.search(line.text):
            found.append(_form_block(page, line, right[index + 1 :]))
    return found + [
        _beside(page, line, right)
        for line in lines
        if _is_recipients(line.text)
        and line.x0 < page.width * 0.4
        and not any(abs(block.title_top - line.y0) < _LEVEL for block in found)
    ]


def lines_of(words: Iterable[TextWord]) -> list[TextLine]:
    """Text lines from the top, split where a gap is wider than two letters: columns stay apart."""
    rows: list[list[TextWord]] = []
    for word in sorted(words, key=lambda item: ((item.y0 + item.y1) / 2, item.x0)):
        middle = (word.y0 + word.y1) / 2
        last = rows[-1][-1] if rows else None
        if last is not None and abs(middle - (last.y0 + last.y1) / 2) < (word.y1 - word.y0) * 0.4:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [line for row in rows for line in _split(sorted(row))]


def _split(row: list[TextWord]) -> list[TextLine]:
    lines: list[TextLine] = []
    for word in row:
        text = unicodedata.normalize("NFC", word.text)
        if lines and word.x0 - lines[-1].x1 < (word.y1 - word.y0) * 1.6:
            last = lines[-1]
            lines[-1] = TextLine(
                f"{last.text} {text}",
                last.x0,
                min(last.y0, word.y0),
                max(last.x1, word.x1),
                max(last.y1, word.y1),
            )
        else:
            lines.append(TextLine(text, word.x0, word.y0, word.x1, word.y1))
    return lines


def _is_title(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    shouted = sum(letter.isupper() for letter in letters) >= 0.85 * len(letters) > 0
    return shouted and bool(_PREFIX.match(text) or _TITLE.match(text))


def _continues(above: TextLine, below: TextLine) -> bool:
    return _is_shouted(above.text) and 0 <= below.y0 - above.y1 < 14 and _overlap(above, below)


def _is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.85 * len(letters)


def _overlap(one: TextLine, two: TextLine) -> bool:
    return one.x0 < two.x1 and two.x0 < one.x1


def _block(page: PageLayout, lines: list[TextLine], below: list[TextLine]) -> SignatureBlock:
    title = below[:1]
    rest = below[1:]
    while rest and len(title) < _TITLE_LINES and _is_shouted(rest[0].text) and rest[0].y0 - title[-1].y1 < 14:
        if _overlap(title[-1], rest[0]):
            title.append(rest[0])
        rest = rest[1:]
    centre = sum((line.x0 + line.x1) / 2 for line in title) / len(title)
    bottom = max(line.y1 for line in title)
    follow = [line for line in rest if line.y0 >= bottom - 2 and line.x0 - 25 < centre < line.x1 + 25]
    block = SignatureBlock(
        page.number,
        centre,
        title[0].y0,
        bottom,
        min(bottom + _ROOM, page.height - 20),
        "",
        _score(page, lines, title),
    )
    return _with_name(block, follow)


def _with_name(block: SignatureBlock, follow: list[TextLine]) -> SignatureBlock:
    for line in [item for item in follow if not _SIGNED.match(item.text)][:3]:
        if line.y0 - block.title_bottom > _GAP_MAX:
            break
        name = _RANK.sub("", line.text.strip())
        if _NAME.match(name) and _is_named(name):
            room = min(1.0, (line.y0 - block.title_bottom) / 45)
            return replace(block, name_top=line.y0, name=name, score=block.score + 2 + 2 * room)
        if "(" in line.text:
            # A form for others to fill: "(Ký, ghi rõ họ tên)" instead of a name.
            return replace(block, title_bottom=line.y1, name_top=line.y1 + _ROOM, score=block.score - 3)
    if follow:
        return replace(block, name_top=min(block.name_top, max(follow[0].y0, block.title_bottom + 10)))
    return block


def _form_block(page: PageLayout, line: TextLine, below: list[TextLine]) -> SignatureBlock:
    centre = (line.x0 + line.x1) / 2
    floor = min((item.y0 for item in below if item.x0 < centre < item.x1), default=page.height - 20)
    return SignatureBlock(page.number, centre, line.y0, line.y1, min(floor, line.y1 + _ROOM), "", 0.0)


def _beside(page: PageLayout, recipients: TextLine, right: list[TextLine]) -> SignatureBlock:
    """Level with "Nơi nhận:": a seal or a pen stroke over the title hides it from recognition."""
    top = recipients.y0
    bottom = top + 2 * (recipients.y1 - recipients.y0) + 6
    block = SignatureBlock(
        page.number,
        page.width * _COLUMN,
        top,
        bottom,
        min(bottom + _ROOM, page.height - 20),
        "",
        3.0,
        True,
    )
    below = [line for line in right if line.x0 > page.width * 0.5 and bottom < line.y0 < bottom + _GAP_MAX]
    for line in below:
        name = _RANK.sub("", line.text.strip(" \"'.,“”"))
        if _NAME.match(name) and _is_named(name):
            centre = (line.x0 + line.x1) / 2
            return replace(block, centre=centre, name_top=line.y0, name=name, score=block.score + 2)
    return block


def _is_recipients(text: str) -> bool:
    return text.casefold().startswith("nơi nhận")


def _is_named(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() for word in words)


def _score(page: PageLayout, lines: list[TextLine], title: list[TextLine]) -> float:
    score = 1.0
    top, bottom = title[0].y0 - 30, title[-1].y1 + 30
    for line in lines:
        if _is_recipients(line.text) and top < line.y0 < bottom:
            score += 3
    if any(_PREFIX.match(line.text) for line in title):
        score += 1
    return score
