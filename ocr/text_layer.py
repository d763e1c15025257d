"""The text that a born-digital PDF page carries, where it can be trusted."""

from __future__ import annotations

import unicodedata
from typing import Any

from ocr.model import Box, PageText, Word

_MIN_WORDS = 5
_MIN_WORDS_OVER_PICTURE = 60
_MAX_UNREADABLE = 0.02
_LEGACY_FONTS = (".Vn", "VNI-", "VnTime", ".vn")
_INVISIBLE = 3
"""Text rendering mode of an OCR layer (ISO 32000-1 table 106)."""


def read(page: Any, scanned: bool) -> PageText | None:
    """Words of the page in the file's own order; None for scans (stamps only, or another program's OCR)."""
    words = _words(page)
    if len(words) < (_MIN_WORDS_OVER_PICTURE if scanned else _MIN_WORDS):
        return None
    if (scanned and _mostly_invisible(page)) or _has_legacy_font(page):
        return None
    letters = "".join(word.text for word in words)
    unreadable = sum(_is_unreadable(letter) for letter in letters)
    if unreadable > _MAX_UNREADABLE * len(letters):
        return None
    return PageText(tuple(words), text_of(words))


def text_of(words: tuple[Word, ...] | list[Word]) -> str:
    """One line of text per line of words."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return "\n".join(" ".join(line) for line in lines.values())


def _words(page: Any) -> list[Word]:
    found: list[Word] = []
    numbers: dict[tuple[int, int], int] = {}
    for x0, y0, x1, y1, text, block, line, _ in page.get_text("words"):
        clean = unicodedata.normalize("NFC", text).strip()
        if clean:
            number = numbers.setdefault((block, line), len(numbers))
            shown = page.rotation_matrix
            box = _turned((x0, y0, x1, y1), shown)
            found.append(Word(clean, 1.0, box, number))
    return found


def _turned(box: tuple[float, float, float, float], matrix: Any) -> Box:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in box[::2] for y in box[1::2]]
    ys = [b * x + d * y + f for x in box[::2] for y in box[1::2]]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _has_legacy_font(page: Any) -> bool:
    """Fonts of TCVN3 (.VnTime) and VNI put letters on codes of others: such a page is read by eye."""
    names = (str(font[3]).rpartition("+")[2] for font in page.get_fonts())
    return any(name.startswith(_LEGACY_FONTS) for name in names)


def _mostly_invisible(page: Any) -> bool:
    hidden = shown = 0
    for span in page.get_texttrace():
        if span["type"] == _INVISIBLE:
            hidden += len(span["chars"])
        else:
            shown += len(span["chars"])
    return hidden > shown


def _is_unreadable(letter: str) -> bool:
    return letter == "\ufffd" or unicodedata.category(letter) in ("Co", "Cn", "Cc")
