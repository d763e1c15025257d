"""A4 sheets that text flows over, as PDF/A-2u (ISO 19005-2) with its font inside.

Lengths are points; y grows downwards. Runs in a worker: MuPDF is not made for threads.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import pikepdf
import pymupdf as _pymupdf

from ocr.pdf import pdfa_frame

pymupdf: Any = _pymupdf  # its functions carry no types

Colour = tuple[float, float, float]
BLACK: Colour = (0.08, 0.10, 0.13)
MUTED: Colour = (0.33, 0.38, 0.43)
LINE: Colour = (0.80, 0.83, 0.87)
TONES: dict[str, tuple[Colour, Colour]] = {
    "ok": ((0.09, 0.40, 0.23), (0.87, 0.95, 0.90)),
    "warn": ((0.48, 0.30, 0.0), (0.99, 0.94, 0.81)),
    "bad": ((0.63, 0.11, 0.11), (0.98, 0.89, 0.88)),
    "neutral": ((0.29, 0.33, 0.38), (0.90, 0.92, 0.94)),
}
"""Strong and soft colour, the same as on the screen."""
WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 71.0, WIDTH - 43.0, 57.0, HEIGHT - 57.0
LEADING = 1.25
_FACES = {"regular": "tinos-regular.ttf", "bold": "tinos-bold.ttf", "italic": "tinos-italic.ttf"}


@cache
def _face(name: str) -> Any:
    data = files("resources").joinpath("fonts", _FACES[name]).read_bytes()
    return pymupdf.Font(fontbuffer=data)


def printable(text: str, face: str = "regular") -> str:
    """The text with what the font cannot draw as question marks: PDF/A allows no missing letters."""
    return "".join(letter if _advance(letter, face) else "?" for letter in unicodedata.normalize("NFC", text))


def length(text: str, face: str, size: float) -> float:
    """Width of a text in points."""
    return sum(_advance(letter, face) for letter in text) * size


@cache
def _advance(letter: str, face: str) -> float:
    """Width of a letter in font sizes; 0 where the font has none."""
    font = _face(face)
    return float(font.glyph_advance(ord(letter))) if font.has_glyph(ord(letter)) else 0.0


def broken(text: str, face: str, size: float, room: float) -> Iterator[str]:
    """The text in lines no wider than `room`; a word that is too long is cut where it must."""
    line = ""
    for word in printable(text, face).split():
        while length(word, face, size) > room:
            if line:
                yield line
                line = ""
            fits = _fitting(word, face, size, room)
            yield word[:fits]
            word = word[fits:]
        longer = f"{line} {word}" if line else word
        if length(longer, face, size) <= room:
            line = longer
        else:
            yield line
            line = word
    if line:
        yield line


def _fitting(word: str, face: str, size: float, room: float) -> int:
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if length(word[:middle], face, size) <= room else (low, middle - 1)
    return low


@dataclass(slots=True)
class Sheets:
    """Pages being filled from top to bottom."""

    y: float = HEIGHT
    _document: Any = field(default_factory=lambda: pymupdf.open())
    _page: Any = None
    _writers: dict[Colour, Any] = field(default_factory=dict)

    def new_page(self) -> None:
        self._finish_page()
        self._page = self._document.new_page(width=WIDTH, height=HEIGHT)
        self.y = TOP

    def need(self, room: float) -> None:
        """Begin a new page unless so much room is left."""
        if self._page is None or self.y + room > BOTTOM:
            self.new_page()

    def text(
        self,
        text: str,
        *,
        face: str = "regular",
        size: float = 11.5,
        colour: Colour = BLACK,
        left: float = LEFT,
        right: float = RIGHT,
        align: str = "left",
        gap: float = 3,
    ) -> None:
        """A paragraph; long words are cut, lines go on over the page."""
        for line in broken(text, face, size, right - left):
            self.need(size * LEADING)
            self.y += size * LEADING
            wide = length(line, face, size)
            x = {"left": left, "centre": (left + right - wide) / 2, "right": right - wide}[align]
            self.put(x, self.y, line, face, size, colour)
        self.y += gap

    def row(self, label: str, value: str, split: float = 150) -> None:
        """A name at the left, its value at the right, a line below."""
        size = 11.0
        small = 9.5 if len(value) > 60 and " " not in value else size  # a digest stays on one line
        names = list(broken(label, "regular", size, split - 8))
        values = list(broken(value, "regular", small, RIGHT - LEFT - split))
        self.need(size * LEADING * min(max(len(names), len(values)), 8) + 5)
        for number in range(max(len(names), len(values))):
            self.need(size * LEADING)
            self.y += size * LEADING
            if number < len(names):
                self.put(LEFT, self.y, names[number], "regular", size, MUTED)
            if number < len(values):
                self.put(LEFT + split, self.y, values[number], "regular", small, BLACK)
        self.rule()

    def rule(self) -> None:
        self.y += 4
        self._page.draw_line((LEFT, self.y), (RIGHT, self.y), color=LINE, width=0.5)
        self.y += 1

    def band(self, text: str, tone: str, size: float = 13) -> None:
        """A state in its colour and in words."""
        strong, soft = TONES[tone]
        lines = list(broken(text, "bold", size, RIGHT - LEFT - 24))
        tall = len(lines) * size * LEADING + 12
        self.need(tall + 8)
        box = pymupdf.Rect(LEFT, self.y + 4, RIGHT, self.y + 4 + tall)
        self._page.draw_rect(box, color=None, fill=soft)
        self._page.draw_rect(pymupdf.Rect(LEFT, box.y0, LEFT + 4, box.y1), color=None, fill=strong)
        self.y += 8
        for line in lines:
            self.y += size * LEADING
            self.put(LEFT + 14, self.y - 1, line, "bold", size, strong)
        self.y = box.y1 + 6

    def put(self, x: float, y: float, text: str, face: str, size: float, colour: Colour) -> None:
        """One line on the baseline `y`."""
        if colour not in self._writers:
            self._writers[colour] = pymupdf.TextWriter(self._page.rect)
        self._writers[colour].append((x, y), text, font=_face(face), fontsize=size)

    def finish(self, title: str, foot: str, made: datetime, language: str) -> bytes:
        """Number the pages and give the whole as PDF/A-2u."""
        self._finish_page()
        count = self._document.page_count
        for number in range(count):
            self._page = self._document[number]
            self._page.draw_line((LEFT, BOTTOM + 14), (RIGHT, BOTTOM + 14), color=LINE, width=0.5)
            place = f"{number + 1}/{count}"
            room = RIGHT - LEFT - length(place, "regular", 9) - 12
            self.put(LEFT, BOTTOM + 26, next(broken(foot, "regular", 9, room), ""), "regular", 9, MUTED)
            self.put(RIGHT - length(place, "regular", 9), BOTTOM + 26, place, "regular", 9, MUTED)
            self._finish_page()
        self._document.subset_fonts()
        drawn = self._document.tobytes(garbage=4, deflate=True, no_new_id=True)
        self._document.close()
        return _as_pdfa(drawn, title, made, language)

    def _finish_page(self) -> None:
        for colour, writer in self._writers.items():
            writer.write_text(self._page, color=colour)
        self._writers.clear()


def _as_pdfa(drawn: bytes, title: str, made: datetime, language: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        pdfa_frame.add_output_intent(pdf)
        pdfa_frame.add_metadata(pdf, title, language, made.replace(microsecond=0))
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/DescendantFonts" in thing:
                _mend_font(thing)
        pdf.save(out, force_version="1.7", deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _mend_font(font: pikepdf.Dictionary) -> None:
    """What MuPDF leaves open: the map to glyphs, and one glyph's two names (hyphen, space) when copied."""
    font.DescendantFonts[0].CIDToGIDMap = pikepdf.Name.Identity
    names = font.ToUnicode.read_bytes()
    for wrong, right in ((b"> <00ad>\n", b"> <002d>\n"), (b"> <00a0>\n", b"> <0020>\n")):
        names = names.replace(wrong, right)
    font.ToUnicode.write(names)
