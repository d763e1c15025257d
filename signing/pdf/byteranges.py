"""/ByteRange, checked exactly: a signature protects what its ranges say, so they may leave out nothing else.

ISO 32000-2 12.8.1: the ranges cover the whole revision except the hexadecimal string of /Contents.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from signing.errors import CoverageBroken
from signing.keys.algorithms import hashed

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
    known: dict[str, bytes] = {}

    def digest(name: str) -> bytes:
        if name not in known:
            known[name] = hashed(name, _covered(data, covered))
        return known[name]

    return digest


def _covered(data: mmap.mmap | bytes, covered: Extent) -> Iterator[memoryview]:
    """Views and no copies; each is let go before the next, since a map with views cannot be closed."""
    with memoryview(data) as whole:
        for start, stop in ((0, covered.hole_start), (covered.hole_end, covered.end)):
            for at in range(start, stop, _CHUNK):
                with whole[at : min(stop, at + _CHUNK)] as part:
                    yield part
                release(data, at)


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
