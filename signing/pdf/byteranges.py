"""/ByteRange, checked exactly: a signature protects what its ranges say, so they may leave out nothing else.

ISO 32000-2 12.8.1: the ranges cover the whole revision except the hexadecimal string of /Contents.
"""

from __future__ import annotations

import hashlib
import mmap
import re
from collections.abc import Callable
from dataclasses import dataclass

from signing.errors import CoverageBroken
from signing.keys.algorithms import fresh_hash, value_of

MAX_CMS_BYTES = 16 * 2**20
_CHUNK = 4 * 2**20
_EOF_NEAR_END = re.compile(rb"%%EOF[\s\x00]*\Z")


@dataclass(frozen=True, slots=True)
class Extent:
    """The part of the file that a signature covers: bytes 0 to `end`, without `hole_start` to `hole_end`."""

    hole_start: int
    hole_end: int
    end: int
    der: bytes
    """What stands in the hole: the CMS, zero padding included."""


def extent(data: mmap.mmap | bytes, byte_range: tuple[int, ...] | None, contents: bytes | None) -> Extent:
    """What is covered. Raises CoverageBroken (missing, shape, outside, hole, contents, too_big)."""
    if byte_range is None:
        raise CoverageBroken(why="missing")
    if len(byte_range) != 4 or byte_range[0] != 0 or min(byte_range) < 0:
        raise CoverageBroken(why="shape")
    hole_start, hole_end, end = byte_range[1], byte_range[2], byte_range[2] + byte_range[3]
    if not 0 < hole_start < hole_end < end:
        raise CoverageBroken(why="shape")
    if end > len(data):
        raise CoverageBroken(why="outside")
    if hole_end - hole_start > 2 * MAX_CMS_BYTES:
        raise CoverageBroken(why="too_big")
    der = _hole(data[hole_start:hole_end])
    if contents is not None and der != contents:
        raise CoverageBroken(why="contents")
    return Extent(hole_start, hole_end, end, der)


def ends_a_revision(data: mmap.mmap | bytes, end: int) -> bool:
    """Whether the signed bytes end where a revision ends."""
    return _EOF_NEAR_END.search(data[max(0, end - 64) : end]) is not None


def digester(data: mmap.mmap | bytes, covered: Extent) -> Callable[[str], bytes]:
    """A function from the name of a hash to the digest of the covered bytes; each is computed once."""
    return Digests(data).of(covered)


class Digests:
    """Digests of what the signatures of one file cover: the beginning they share is read once for all."""

    def __init__(self, data: mmap.mmap | bytes) -> None:
        self._data = data
        self._begun: dict[str, tuple[int, hashlib._Hash]] = {}
        """By name of the hash: how much of the file it was given, from byte 0 without a gap."""

    def of(self, covered: Extent) -> Callable[[str], bytes]:
        """As `digester`."""
        known: dict[str, bytes] = {}

        def digest(name: str) -> bytes:
            if name not in known:
                state = self._start(name, covered.hole_start)
                self._feed(state, covered.hole_end, covered.end)
                known[name] = value_of(state)
            return known[name]

        return digest

    def _start(self, name: str, end: int) -> hashlib._Hash:
        """A hash that was given bytes 0 to `end`."""
        at, begun = self._begun.get(name, (0, None))
        if begun is None or at > end:
            at, begun = 0, fresh_hash(name)
        self._feed(begun, at, end)
        self._begun[name] = (end, begun)
        return begun.copy()

    def _feed(self, state: hashlib._Hash, start: int, stop: int) -> None:
        """Views and no copies; each is let go before the next, since a map with views cannot be closed."""
        with memoryview(self._data) as whole:
            for at in range(start, stop, _CHUNK):
                with whole[at : min(stop, at + _CHUNK)] as part:
                    state.update(part)
                release(self._data, at)


def release(data: mmap.mmap | bytes, at: int) -> None:
    """Give back the pages of a mapped file read so far: reading 2 GB must not look like holding 2 GB."""
    if isinstance(data, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED") and at >= _CHUNK:
        start = (at - _CHUNK) // mmap.PAGESIZE * mmap.PAGESIZE
        data.madvise(mmap.MADV_DONTNEED, start, 2 * _CHUNK)


def _hole(text: bytes) -> bytes:
    if not (text.startswith(b"<") and text.endswith(b">")):
        raise CoverageBroken(why="hole")
    try:
        return bytes.fromhex(text[1:-1].decode("ascii"))
    except ValueError as problem:
        raise CoverageBroken(why="hole") from problem
