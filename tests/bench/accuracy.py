"""How much of the known text stands in the hidden text of a PDF, as another program reads it."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

LEADERS = re.compile(r"[.…_·\-─]{3,}|…")
HEADING_LINES = 8
"""The two columns of the NĐ 30 frame may be read either way round: within so many lines from the top."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Edits and the length they are measured against; sums over pages are rates over all characters."""

    characters: int
    character_edits: int
    line_edits: int
    words: int
    word_edits: int

    @property
    def cer(self) -> float:
        """Wrong characters in reading order, per cent of the truth."""
        return 100 * self.character_edits / max(1, self.characters)

    @property
    def line_cer(self) -> float:
        """The same when each line may stand anywhere on the page."""
        return 100 * self.line_edits / max(1, self.characters)

    @property
    def wer(self) -> float:
        """Wrong words in reading order, per cent of the truth."""
        return 100 * self.word_edits / max(1, self.words)


def total(pages: Iterable[Errors]) -> Errors:
    """All pages as one, so that a long page weighs more than a short one."""
    rows = [
        (page.characters, page.character_edits, page.line_edits, page.words, page.word_edits)
        for page in pages
    ]
    return Errors(*(sum(column) for column in zip(*rows, strict=True))) if rows else Errors(0, 0, 0, 0, 0)


def fold(text: str) -> str:
    """NFC, white space folded, dotted leaders and rules left out."""
    return " ".join(LEADERS.sub(" ", unicodedata.normalize("NFC", text)).split())


def compare(truth: str, text: str) -> Errors:
    """The errors of one page, in the kindest of the allowed orders of its heading."""
    got = fold(text)
    order = min(_orders(truth), key=lambda wanted: Levenshtein.distance(wanted, got))
    return Errors(
        characters=len(order),
        character_edits=Levenshtein.distance(order, got),
        line_edits=sum(_line_edits(fold(line), got) for line in truth.splitlines()),
        words=len(order.split()),
        word_edits=Levenshtein.distance(order.split(), got.split()),
    )


def _orders(truth: str) -> list[str]:
    lines = [line for line in truth.splitlines() if line.strip()]
    cuts = range(1, min(HEADING_LINES, len(lines)))
    turned = [lines[cut : 2 * cut] + lines[:cut] + lines[2 * cut :] for cut in cuts]
    return [fold("\n".join(order)) for order in (lines, *turned)]


def _line_edits(line: str, text: str) -> int:
    """Edits to find this line in the text, wherever it stands."""
    place = fuzz.partial_ratio_alignment(line, text) if line and len(text) >= len(line) else None
    stretch = text[place.dest_start : place.dest_end] if place else text
    return min(len(line), Levenshtein.distance(line, stretch))


def pages_of(pdf: Path) -> list[str]:
    """The text of each page as Poppler reads it."""
    command = ["pdftotext", "-enc", "UTF-8", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")
    return text.split("\f")[:-1]


def errors_of(pdf: Path, truths: tuple[str, ...]) -> Errors:
    """The errors of a whole file; ValueError when pages were lost or added."""
    return total(compare(truth, text) for truth, text in zip(truths, pages_of(pdf), strict=True))
