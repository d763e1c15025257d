"""What a mark looks like: lines of text in Times, or a picture at its size. Lengths in points."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

from signing.errors import MarkUnreadable
from signing.marks import font

TEXT_SIZE = 10.0
"""Times New Roman regular 10 (NĐ 30/2020 PL I.III.1d, TT 05/2025)."""
_LEADING = 1.15
_MAX_PIXELS = 16_000_000
_DEFAULT_DPI = 300.0


class Line(NamedTuple):
    """One piece of text; x and y of its baseline from the top left of the mark."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn inside a signature's rectangle."""

    width: float
    height: float
    lines: tuple[Line, ...] = ()
    image: bytes | None = None
    """PNG, stretched over the whole mark."""


def text_mark(text: str, max_width: float, size: float = TEXT_SIZE) -> Mark:
    """Lines of text no wider than `max_width` where words allow."""
    rows = [row for part in text.split("\n") for row in _wrap(part, max_width, size)]
    leading = size * _LEADING
    lines = tuple(Line(row, 0, leading * index + size * 0.9, size) for index, row in enumerate(rows))
    return Mark(max(font.width(row, size) for row in rows), leading * len(rows), lines)


def image_mark(png: bytes) -> Mark:
    """A picture at the true size that its own dpi gives it (NĐ 30/2020 PL I.II.8a). Raises MarkUnreadable."""
    try:
        with Image.open(BytesIO(png), formats=("PNG",)) as image:
            if image.width * image.height > _MAX_PIXELS:
                raise MarkUnreadable(why="too_big")
            dpi = image.info.get("dpi", (_DEFAULT_DPI, _DEFAULT_DPI))
            across, down = (value if value > 1 else _DEFAULT_DPI for value in dpi)
            return Mark(image.width / across * 72, image.height / down * 72, image=png)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise MarkUnreadable(why="not_png") from error


def fitted(mark: Mark, width: float, height: float) -> Mark:
    """The same mark, made smaller to fit; never larger than its true size."""
    scale = min(1.0, width / mark.width, height / mark.height)
    lines = tuple(Line(line.text, line.x * scale, line.y * scale, line.size * scale) for line in mark.lines)
    return Mark(mark.width * scale, mark.height * scale, lines, mark.image)


def _wrap(text: str, max_width: float, size: float) -> list[str]:
    rows: list[str] = []
    for word in text.split(" "):
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and font.width(longer, size) <= max_width:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows
