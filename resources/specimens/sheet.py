"""A sheet of paper to typeset on: it draws, and remembers in reading order what a reader should find.

Lengths are points (1/72 inch); y grows downwards; text stands on its baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pymupdf as _pymupdf
from numpy.typing import NDArray

from resources.specimens.fonts import Faces

pymupdf: Any = _pymupdf  # its functions carry no types

Pixels = NDArray[np.uint8]
Colour = tuple[float, float, float]
Blanks = tuple[tuple[str, str], ...]
"""A line of a form: label and value, once or more."""

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
BLACK: Colour = (0.06, 0.06, 0.08)
RED: Colour = (0.66, 0.05, 0.10)
NOTICE = "MẪU - KHÔNG CÓ GIÁ TRỊ"


class Margins(NamedTuple):
    """NĐ 30/2020 PL I: top and bottom 20-25, left 30-35, right 15-20 mm."""

    left: float = 30 * MM
    top: float = 20 * MM
    right: float = 18 * MM
    bottom: float = 20 * MM


@dataclass(frozen=True, slots=True)
class SealSpot:
    """A round seal to be pressed on the picture of the sheet."""

    x: float
    y: float
    ring: str
    centre: tuple[str, ...]
    diameter: float = 36 * MM


class Sheet:
    """One page being typeset."""

    def __init__(self, size: tuple[float, float] = A4, margins: Margins | None = None) -> None:
        self.width, self.height = size
        self.margins = margins or Margins()
        self.left = self.margins.left
        self.right = self.width - self.margins.right
        self.y = self.margins.top
        self.seals: list[SealSpot] = []
        self.faces = Faces()
        self._document: Any = pymupdf.open()
        self.page: Any = self._document.new_page(width=self.width, height=self.height)
        self._writers: dict[Colour, Any] = {}
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """The printed lines in the order in which they are read."""
        return "\n".join(self._lines)

    def length(self, text: str, face: str, size: float) -> float:
        """Width of the text in points."""
        return float(self.faces[face].text_length(text, fontsize=size))

    def put(
        self,
        x: float,
        y: float,
        text: str,
        face: str = "regular",
        size: float = 13,
        *,
        align: str = "left",
        colour: Colour = BLACK,
        read: bool = True,
    ) -> float:
        """Writes one line on the baseline y at x (its left, centre or right); returns where it ends."""
        wide = self.length(text, face, size)
        x -= {"left": 0.0, "centre": wide / 2, "right": wide}[align]
        self._write(x, y, text, face, size, colour)
        if read:
            self.note(text)
        return x + wide

    def note(self, text: str) -> None:
        """Adds a line to what a reader should find."""
        self._lines.append(" ".join(text.split()))

    def _write(self, x: float, y: float, text: str, face: str, size: float, colour: Colour = BLACK) -> None:
        if colour not in self._writers:
            self._writers[colour] = pymupdf.TextWriter(self.page.rect)
        self._writers[colour].append((x, y), text, font=self.faces[face], fontsize=size)

    def rule(self, x0: float, x1: float, y: float, width: float = 0.7) -> None:
        """A straight line across."""
        self.page.draw_line((x0, y), (x1, y), color=BLACK, width=width)

    def skip(self, points: float) -> None:
        """Leaves room."""
        self.y += points

    def centred(
        self, text: str, face: str = "bold", size: float = 14, *, x: float | None = None, gap: float = 1.3
    ) -> None:
        """One line in the middle of the text area (or around x)."""
        self.y += size * gap
        self.put((self.left + self.right) / 2 if x is None else x, self.y, text, face, size, align="centre")

    def paragraph(
        self,
        text: str,
        *,
        lead: str = "",
        indent: float = 28.35,
        face: str = "regular",
        size: float = 13,
        line: float = 1.28,
        gap: float = 4,
    ) -> None:
        """Justified text; `lead` is set bold before it (Điều 1., 1., ...)."""
        words = [(word, "bold") for word in lead.split()] + [(word, face) for word in text.split()]
        lines = list(self._broken(words, size, indent))
        for number, row in enumerate(lines):
            self.y += size * line
            start = self.left + (indent if number == 0 else 0)
            self._set_row(row, start, size, last=number == len(lines) - 1)
        self.y += gap

    def _broken(
        self, words: Sequence[tuple[str, str]], size: float, indent: float
    ) -> Iterable[list[tuple[str, str, float]]]:
        space = self.length(" ", "regular", size)
        room = self.right - self.left - indent
        row: list[tuple[str, str, float]] = []
        used = 0.0
        for word, face in words:
            wide = self.length(word, face, size)
            if row and used + space + wide > room:
                yield row
                row, used, room = [], 0.0, self.right - self.left
            used += wide + (space if row else 0)
            row.append((word, face, wide))
        if row:
            yield row

    def _set_row(self, row: list[tuple[str, str, float]], x: float, size: float, *, last: bool) -> None:
        space = self.length(" ", "regular", size)
        if not last and len(row) > 1:
            space = (self.right - x - sum(wide for _, _, wide in row)) / (len(row) - 1)
        self.note(" ".join(word for word, _, _ in row))
        for place, (word, face, wide) in enumerate(row):
            # the space is written too, so that the words of a born-digital page stay apart when copied
            self._write(x, self.y, word if place == len(row) - 1 else word + " ", face, size)
            x += wide + space

    def blank_line(self, *parts: tuple[str, str], size: float = 13, line: float = 1.5) -> None:
        """A line of a form: (label, value) pairs, each value followed by dots up to the next label."""
        self.y += size * line
        room = (self.right - self.left) / len(parts)
        said: list[str] = []
        for place, (label, value) in enumerate(parts):
            x = self.put(self.left + place * room, self.y, label + " ", size=size, read=False)
            x = self.put(x, self.y, value, size=size, read=False) if value else x
            self.dots(x + 3, self.left + (place + 1) * room - (4 if place + 1 < len(parts) else 0), size)
            said.append(f"{label} {value}")
        self.note(" ".join(said))

    def blank_lines(self, *rows: Blanks, line: float) -> None:
        """Lines of a form below each other."""
        for row in rows:
            self.blank_line(*row, line=line)

    def dots(self, x0: float, x1: float, size: float = 13) -> None:
        """Dotted leaders on the current line; they are no text."""
        step = self.length(".", "regular", size)
        if x1 - x0 > step:
            self._write(x0, self.y, "." * int((x1 - x0) / step), "regular", size)

    def notice(self, above: float = 24) -> None:
        """Says near the foot of the sheet, so many points above its edge, that it is a specimen."""
        x, y = self.width / 2, self.height - above
        half = self.length(NOTICE, "sans_bold", 11) / 2 + 8
        self.page.draw_rect((x - half, y - 13, x + half, y + 5), color=RED, width=0.9)
        self.put(x, y, NOTICE, "sans_bold", 11, align="centre")

    def finish(self) -> None:
        """Puts the collected text on the page."""
        for colour, writer in self._writers.items():
            writer.write_text(self.page, color=colour)
        self._writers.clear()

    def picture(self, dpi: int = 300) -> Pixels:
        """The sheet as RGB pixels, without its seals."""
        self.finish()
        shown = self.page.get_pixmap(dpi=dpi, alpha=False)
        return np.frombuffer(shown.samples, np.uint8).reshape(shown.h, shown.w, 3).copy()

    def pdf(self) -> Any:
        """The open PyMuPDF document of the sheet."""
        self.finish()
        return self._document
