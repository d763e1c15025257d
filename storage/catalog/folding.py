"""Folding of Vietnamese text, so that `duong` finds `Đường`."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Lower case without accents; empty for a lone accent. SQLite's own folding knows no đ."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "d").lower()


def fold(text: str) -> str:
    """The whole text folded; the same for NFC and NFD."""
    return "".join(map(fold_character, text))


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index of the one it came from."""
    folded: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        plain = fold_character(character)
        folded.append(plain)
        origins.extend([index] * len(plain))
    return "".join(folded), origins
