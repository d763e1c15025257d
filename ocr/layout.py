"""Reading order of words, and the text they make."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.model import PageText, Word


def page_text(words: Sequence[Word]) -> PageText:
    """The words in their order and one line of text per text line."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return PageText(tuple(words), "\n".join(" ".join(line) for line in lines.values()))
