"""Opening a PDF, or one of its earlier revisions, without copying it and without trusting it."""

from __future__ import annotations

import io
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import pikepdf

from signing.errors import FileUnreadable


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
def opened(data: mmap.mmap | bytes, end: int) -> Iterator[Opened]:
    """The revision that ends at byte `end`. Raises FileUnreadable (code says whether it needs a password)."""
    pdf, repaired = _open(data, end)
    try:
        yield Opened(pdf, repaired)
    finally:
        pdf.close()


def _file(data: mmap.mmap | bytes, end: int) -> BinaryIO:
    return cast(BinaryIO, Window(data, end))


def _open(data: mmap.mmap | bytes, end: int) -> tuple[pikepdf.Pdf, bool]:
    try:
        return pikepdf.open(_file(data, end), attempt_recovery=False, inherit_page_attributes=False), False
    except pikepdf.PasswordError as problem:
        raise FileUnreadable(why="password") from problem
    except (pikepdf.PdfError, ValueError, RuntimeError):
        pass
    try:
        return pikepdf.open(_file(data, end), inherit_page_attributes=False), True
    except pikepdf.PasswordError as problem:
        raise FileUnreadable(why="password") from problem
    except (pikepdf.PdfError, ValueError, RuntimeError) as problem:
        raise FileUnreadable(why="not_pdf") from problem
