"""The font of invisible text: no outlines, one code for each letter used, and a map back to Unicode."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Literal

FONT_NAME = "TramSoGlyphless"
LETTER_WIDTH, SPACE_WIDTH = 0.5, 0.25
"""Advance of a letter and of a space, in shares of the font size (resources/fonts/make_glyphless.py)."""
ASCENT, DESCENT = 900, -250
_LETTER_GLYPH, _SPACE_GLYPH = 1, 2
_MOST_CODES = 0xFFFF
_BLOCK = 100
"""A block of a CMap holds at most 100 entries (Adobe technical note 5014)."""


def clusters(text: str) -> list[str]:
    """The text as letters with their combining marks, each of which gets one code."""
    marks: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        if marks and unicodedata.combining(letter):
            marks[-1] += letter
        elif _is_allowed(letter):
            marks.append(letter)
    return marks


class Letters:
    """Gives each letter its code in order of first use. Code 0 is .notdef, which PDF/A forbids in text."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def code(self, letter: str) -> str:
        """Four hexadecimal digits for a letter with its marks."""
        if len(self._codes) >= _MOST_CODES:
            letter = next(iter(self._codes))
        return f"{self._codes.setdefault(letter, len(self._codes) + 1):04x}"

    def to_unicode(self) -> bytes:
        """The ToUnicode CMap (ISO 32000-1 9.10.3)."""
        return to_unicode({code: letter for letter, code in self._codes.items()}, digits=4)

    def glyph_map(self) -> bytes:
        """CIDToGIDMap: every letter is the empty letter glyph, the space is narrower."""
        glyphs = (_SPACE_GLYPH if letter == " " else _LETTER_GLYPH for letter in self._codes)
        return b"\0\0" + b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)

    def space_code(self) -> int | None:
        """The code of the space, if one was used."""
        return self._codes.get(" ")


def to_unicode(letters: Mapping[int, str], digits: Literal[2, 4]) -> bytes:
    """A ToUnicode CMap (ISO 32000-1 9.10.3) for codes of so many hexadecimal digits."""
    entries = [f"<{code:0{digits}x}> <{_utf16(letter)}>" for code, letter in letters.items()]
    head = _HEAD.format(first="0" * digits, last="f" * digits)
    return "\n".join((head, *_blocks(entries), _TAIL)).encode("ascii")


def _blocks(entries: list[str]) -> Iterator[str]:
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        yield "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))


def font_file() -> bytes:
    """The embedded TrueType program."""
    return resources.files("resources").joinpath("fonts/glyphless.ttf").read_bytes()


def _utf16(letter: str) -> str:
    return letter.encode("utf-16-be").hex()


def _is_allowed(letter: str) -> bool:
    """Not U+0000, U+FEFF, U+FFFE (ISO 19005-2 6.2.11.7.2), nor controls, which mean nothing."""
    return letter not in "\ufeff\ufffe" and unicodedata.category(letter) not in ("Cc", "Cs")


_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<{first}> <{last}>
endcodespacerange"""
_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
