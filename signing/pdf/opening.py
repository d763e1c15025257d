"""Opening a PDF, or one of its earlier revisions, without copying it and without trusting it."""

from __future__ import annotations

import io
import mmap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import pikepdf

from signing.errors import FileUnreadable

_COPY_BYTES = 96 * 2**20
"""Up to here a copy in memory is cheaper than thousands of seeks through Python."""


class Window(io.RawIOBase):
    """The first `end` bytes of a buffer as a read-only file: a revision is a prefix (ISO 32000-2 7.5.6)."""

    def __init__(self, data: mmap.mmap | bytes, end: int) -> None:
        super().__init__()
        self._data = data
        self._end = min(end, len(data))
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._end}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        chunk = self._data[self._at : min(self._end, self._at + len(buffer))]
        buffer[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF as qpdf reads it."""

    pdf: pikepdf.Pdf
    repaired: bool
    """Whether its cross-reference had to be guessed: then two viewers may show two documents."""


@contextmanager
def mapped(path: Path) -> Iterator[mmap.mmap]:
    """The bytes of a file, mapped: memory stays small for a file of any size. Raises FileUnreadable."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data
    except (OSError, ValueError) as problem:
        raise FileUnreadable(why=type(problem).__name__) from problem


@contextmanager
def opened(data: mmap.mmap | bytes, end: int, path: Path | None = None) -> Iterator[Opened]:
    """The revision that ends at byte `end`; the newest one is read faster from its `path`.

    Raises FileUnreadable; its facts say whether a password is needed.
    """
    pdf, repaired = _open(lambda: _file(data, end) if path is None else path)
    try:
        yield Opened(pdf, repaired)
    finally:
        pdf.close()


def _file(data: mmap.mmap | bytes, end: int) -> BinaryIO:
    if end <= _COPY_BYTES:
        return io.BytesIO(data[:end])
    return cast(BinaryIO, Window(data, end))


def _open(source: Callable[[], BinaryIO | Path]) -> tuple[pikepdf.Pdf, bool]:
    try:
        return pikepdf.open(source(), attempt_recovery=False, inherit_page_attributes=False), False
    except pikepdf.PasswordError as problem:
        raise FileUnreadable(why="password") from problem
    except (pikepdf.PdfError, ValueError, RuntimeError):
        pass
    try:
        return pikepdf.open(source(), inherit_page_attributes=False), True
    except pikepdf.PasswordError as problem:
        raise FileUnreadable(why="password") from problem
    except (pikepdf.PdfError, ValueError, RuntimeError) as problem:
        raise FileUnreadable(why="encryption" if "encryption" in str(problem) else "not_pdf") from problem
