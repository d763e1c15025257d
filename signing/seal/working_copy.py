"""The working copy of a file that is being signed, and its way to its final name."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from signing.errors import NotSignable

_TRIES = 16
"""Killed within the hour so often with one file: somebody should look."""
_ABANDONED_S = 3600.0
"""Longer than any signature takes, even one that waits for a phone and three silent servers."""


@contextmanager
def working_copy(source: Path, out: Path) -> Iterator[Path]:
    """A copy beside `out`, gone at the end whatever happens. Raises NotSignable or OSError."""
    if not source.is_file() or not source.stat().st_size:
        raise NotSignable(reason="not_pdf")
    copy = _fresh(out)
    try:
        shutil.copyfile(source, copy)
        yield copy
    finally:
        with suppress(FileNotFoundError):
            copy.unlink()


def _fresh(out: Path) -> Path:
    """A new file beside `out`; what a power cut left of earlier tries with it goes. Raises OSError."""
    tries = [out.with_name(f".{out.name[:80]}.{number}.signing") for number in range(_TRIES)]
    for path in tries:
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _ABANDONED_S:
                path.unlink()
    for path in tries:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return path
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(out))


def clear_abandoned(folder: Path) -> None:
    """Take away working copies that a kill or a power cut left in a folder; nobody is at them any more."""
    with suppress(OSError):  # a folder that cannot be read or cleaned is told by the signing itself
        for path in folder.glob(".*.signing"):
            number = path.suffixes[-2].lstrip(".") if len(path.suffixes) > 1 else ""
            ours = number.isdecimal() and int(number) < _TRIES and path.is_file()
            if ours and time.time() - path.stat().st_mtime > _ABANDONED_S:
                path.unlink()


def publish(copy: Path, source: Path, out: Path) -> None:
    """Make the copy durable, then name it in one step; a crash leaves the old file or the new one."""
    shutil.copymode(source, copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    copy.replace(out)
    if os.name == "posix":
        folder = os.open(out.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
