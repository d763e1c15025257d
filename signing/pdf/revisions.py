"""The chain of revisions: which bytes of a file belong to which update (ISO 32000-2 7.5.4, 7.5.6, 7.5.8).

Bytes after a signature count as an update only when the newest cross-reference stands among them and leads
back to the one that was signed. Anything else is read by guessing: so false content gets shown.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pikepdf

_START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF[\s\x00]*\Z")
_TABLE_END = re.compile(rb"trailer\s*(?=<<)")
_STREAM = re.compile(rb"\s*\d+\s+\d+\s+obj\s*(?=<<)")
_TABLE = re.compile(rb"\s*xref\s+")
_PART = re.compile(rb"\s*(\d{1,10})[ \t]+(\d{1,10})\s*?\r?\n")
_ENTRY_BYTES = 20
_REFERENCE = re.compile(rb"\b\d+\s+\d+\s+R\b")
_MAX_REVISIONS = 20_000
_MAX_TABLE_BYTES = 32 * 2**20
_MAX_TRAILER_BYTES = 65536


def start(data: mmap.mmap | bytes, end: int) -> int | None:
    """Where the newest cross-reference of the state that ends at `end` begins; None when it does not say."""
    match = _START.search(data[max(0, end - 2048) : end])
    return int(match[1]) if match is not None else None


def chain(data: mmap.mmap | bytes, end: int) -> Iterator[int]:
    """Offsets of the cross-reference sections from the newest to the oldest; a loop or a gap ends it."""
    seen: set[int] = set()
    at = start(data, end)
    while at is not None and at not in seen and len(seen) < _MAX_REVISIONS and at < end:
        seen.add(at)
        yield at
        at = _previous(data, at)


def unaccounted(data: mmap.mmap | bytes, ends: Sequence[int]) -> bool:
    """Whether bytes after a signed state belong to no update of it; `ends`: those and the newest."""
    sections = set(chain(data, ends[-1]))
    for older, newer in pairwise(ends):
        own, newest = start(data, older), start(data, newer)
        if own is None or newest is None or newest < older:
            return True
        if own not in sections or newest not in sections:
            return True
    return False


def listed_twice(data: mmap.mmap | bytes, since: int, end: int) -> bool:
    """Whether an update after byte `since` gives one object two places: readers differ in which they take."""
    return any(_overlap(_listed(data, at)) for at in chain(data, end) if at >= since)


def _listed(data: mmap.mmap | bytes, at: int) -> list[tuple[int, int]]:
    """(first number, count) of each part of the section at this offset (7.5.4, 7.5.8.2)."""
    head = _TABLE.match(data, at)
    if head is None:
        section = _trailer(data, at)
        index = section.get("/Index") if section is not None else None
        numbers = [int(each) for each in list(index)] if isinstance(index, pikepdf.Array) else []
        return list(zip(numbers[::2], numbers[1::2], strict=False))
    place = head.end()
    parts: list[tuple[int, int]] = []
    while (part := _PART.match(data, place)) is not None and len(parts) < _MAX_REVISIONS:
        parts.append((int(part[1]), int(part[2])))
        place = part.end() + _ENTRY_BYTES * parts[-1][1]
    return parts


def _overlap(parts: Sequence[tuple[int, int]]) -> bool:
    filled = sorted(part for part in parts if part[1] > 0)
    return any(first + count > following for (first, count), (following, _) in pairwise(filled))


def _previous(data: mmap.mmap | bytes, at: int) -> int | None:
    trailer = _trailer(data, at)
    before: object = trailer.get("/Prev") if trailer is not None else None
    return before if isinstance(before, int) and before >= 0 else None


def _trailer(data: mmap.mmap | bytes, at: int) -> pikepdf.Dictionary | None:
    """The trailer dictionary of the section at this offset, whether it is a table or a stream."""
    head = data[at : at + 64]
    if head.lstrip().startswith(b"xref"):
        found = _TABLE_END.search(data, at, min(len(data), at + _MAX_TABLE_BYTES))
        closing = b"startxref"
    else:
        found = _STREAM.match(data, at)
        closing = b"stream"
    if found is None:
        return None
    text = data[found.end() : found.end() + _MAX_TRAILER_BYTES]
    return _parsed(text[: text.find(closing)])


def _parsed(text: bytes) -> pikepdf.Dictionary | None:
    cut = text.rfind(b">>")
    try:
        # References cannot be parsed outside their file, and none is asked for here.
        parsed = pikepdf.Object.parse(_REFERENCE.sub(b"null", text[: cut + 2]))
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return None
    return parsed if isinstance(parsed, pikepdf.Dictionary) else None
