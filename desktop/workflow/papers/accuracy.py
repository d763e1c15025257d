"""How well a text was read, against what is known to stand there."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein


def character_error_rate(known: str, read: str) -> float:
    """Edits per known character, line by line wherever the line stands; dotted leaders do not count."""
    lines = [line for line in map(_fold, known.splitlines()) if line]
    text = _fold(read)
    edits = sum(_edits(line, text) for line in lines)
    return edits / max(1, sum(map(len, lines)))


def _fold(text: str) -> str:
    text = re.sub(r"[.…_·\-─]{3,}|…", " ", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _edits(line: str, text: str) -> int:
    place = fuzz.partial_ratio_alignment(line, text) if len(text) >= len(line) else None
    found = text[place.dest_start : place.dest_end] if place else text
    return min(len(line), Levenshtein.distance(line, found))
