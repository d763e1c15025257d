"""Guards over the whole file: bytes after its end, guessed structure, signatures out of sight.

The 2019 attacks (incremental saving, signature wrapping) live on what a tolerant reader guesses; pyHanko
alone accepts one of them. A file that must be guessed at is never called as signed.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Sequence

from signing.changes import viewing
from signing.errors import CoverageBroken, FileUnreadable, TooComplex
from signing.model import Reason
from signing.pdf import byteranges, enumeration, opening
from signing.pdf.enumeration import FoundSignature

_END = b"%%EOF"
_MAX_HIDDEN = 16
_NAMED_SIGNED = re.compile(r"signed|đã ký|da ky|da_ky|ky ?so|ký số", re.IGNORECASE)


def oversized(data: mmap.mmap | bytes) -> int:
    """Bytes of the largest hole for a signature, where it is beyond the limit; 0 when all are within.

    Looked for before the file is parsed: a reader keeps such a value in memory several times over.
    """
    holes = [each[2] - each[1] for each in enumeration.unclaimed(data, set())]
    largest = max(holes, default=0)
    return largest if largest > 2 * byteranges.MAX_CMS_BYTES else 0


def trailing_bytes(data: mmap.mmap | bytes) -> int:
    """How many bytes, blanks apart, stand after the last end of file marker (ISO 32000-2 7.5.5)."""
    at = data.rfind(_END)
    if at < 0:
        return len(data)
    return len(bytes(data[at + len(_END) : at + 65536]).strip(b"\x00\t\n\x0c\r "))


def repaired(data: mmap.mmap | bytes, newest: opening.Opened) -> bool:
    """Whether either reader had to guess the structure of the newest state."""
    if newest.repaired:
        return True
    with viewing.shown(data, len(data)) as document:
        return document is not None and bool(document.is_repaired)


def hidden(data: mmap.mmap | bytes, found: Sequence[FoundSignature]) -> Iterator[Reason]:
    """Signatures written in the file that its newest form does not show.

    One that an earlier revision showed was taken away; one that none shows is left over from another file.
    """
    claimed = {each.byte_range for each in found if each.byte_range is not None}
    for byte_range in enumeration.unclaimed(data, claimed)[:_MAX_HIDDEN]:
        removed = _once_shown(data, byte_range)
        yield Reason("signature_removed" if removed else "residual_signature", {"bytes": sum(byte_range[2:])})


def named_signed(name: str) -> bool:
    """Whether the name of a file promises a signature."""
    return _NAMED_SIGNED.search(name) is not None


def _once_shown(data: mmap.mmap | bytes, byte_range: tuple[int, ...]) -> bool:
    try:
        covered = byteranges.extent(data, byte_range, None)
        with opening.opened(data, covered.end) as then:
            return not then.repaired and any(
                each.byte_range == byte_range for each in enumeration.find(then.pdf)
            )
    except (CoverageBroken, FileUnreadable, TooComplex):
        return False
