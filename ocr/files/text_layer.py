"""The text that a PDF page carries, where it can be trusted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ocr.files import text_sense
from ocr.model import Box, PageText, TextSource, Word
from ocr.ports import Pixels
from ocr.vietnamese import legacy_encodings

_MIN_WORDS = 5
_MIN_WORDS_OVER_PICTURE = 60
_MAX_UNREADABLE = 0.02
_MIN_LEVEL = 0.9
"""Share of another program's letters that must run level: sideways pages are read again."""
_FOREIGN_CONFIDENCE = 0.9
"""Of words that another program read and that passed the checks."""
_INVISIBLE = 3
"""Text rendering mode of an OCR layer (ISO 32000-1 table 106)."""


class Layer(NamedTuple):
    """Text to use instead of reading the picture, and whether a person or a reading program wrote it."""

    text: PageText
    source: TextSource


def read(page: Any, scanned: bool, pixels: Pixels, dpi: float) -> Layer | None:
    """The page's words in the file's own order; None where the picture must be read."""
    if not scanned and not page.get_bboxlog():
        return Layer(PageText(), "text_layer")  # an empty page says so itself
    legacy = any(legacy_encodings.encoding_of(str(font[3])) for font in page.get_fonts())
    words = _decoded_words(page) if legacy else _words(page)
    if len(words) < (_MIN_WORDS_OVER_PICTURE if scanned else _MIN_WORDS) or _is_garbled(words):
        return None
    if legacy and not text_sense.is_vietnamese(words):
        return None
    if scanned and _mostly_invisible(page):
        sound = _is_level(page) and text_sense.is_vietnamese(words)
        if not (sound and text_sense.lies_on_ink(words, pixels, dpi)):
            return None
        read_by_others = [replace(word, confidence=_FOREIGN_CONFIDENCE) for word in words]
        return Layer(PageText(tuple(read_by_others), text_of(words)), "ocr")
    return Layer(PageText(tuple(words), text_of(words)), "text_layer")


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
            found.append(Word(clean, 1.0, _turned((x0, y0, x1, y1), page.rotation_matrix), number))
    return found


def _decoded_words(page: Any) -> list[Word]:
    """The same letter by letter, since legacy letters need the name of their font."""
    found: list[Word] = []
    lines = [line for block in page.get_text("rawdict")["blocks"] for line in block.get("lines", ())]
    for number, line in enumerate(lines):
        for text, box in _line_words(line):
            clean = unicodedata.normalize("NFC", text)
            found.append(Word(clean, 1.0, _turned(box, page.rotation_matrix), number))
    return found


def _line_words(line: Any) -> Iterator[tuple[str, Box]]:
    """Words of one line; letters of one font are decoded together, since VNI takes two for one."""
    text, boxes = "", list[Any]()
    for span in line["spans"]:
        encoding = legacy_encodings.encoding_of(span["font"])
        run = ""
        for char in [*span["chars"], None]:
            if char is not None and not char["c"].isspace():
                run += char["c"]
                boxes.append(char["bbox"])
                continue
            text += legacy_encodings.decode(run, encoding) if encoding else run
            run = ""
            if char is not None and text:
                yield text, _around(boxes)
                text, boxes = "", []
    if text:
        yield text, _around(boxes)


def _around(boxes: list[Any]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _turned(box: tuple[float, float, float, float], matrix: Any) -> Box:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in box[::2] for y in box[1::2]]
    ys = [b * x + d * y + f for x in box[::2] for y in box[1::2]]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _mostly_invisible(page: Any) -> bool:
    hidden = shown = 0
    for span in page.get_texttrace():
        if span["type"] == _INVISIBLE:
            hidden += len(span["chars"])
        else:
            shown += len(span["chars"])
    return hidden > shown


def _is_level(page: Any) -> bool:
    spans = [(span["dir"], len(span["chars"])) for span in page.get_texttrace()]
    level = sum(count for (right, _), count in spans if right > 0.99)
    return not page.rotation and level >= _MIN_LEVEL * sum(count for _, count in spans)


def _is_garbled(words: list[Word]) -> bool:
    letters = "".join(word.text for word in words)
    return sum(map(_is_unreadable, letters)) > _MAX_UNREADABLE * len(letters)


def _is_unreadable(letter: str) -> bool:
    return letter == "\ufffd" or unicodedata.category(letter) in ("Co", "Cn", "Cc")
