"""The working copy of a file that is being signed, and its way to its final name."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from signing.errors import NotSignable


@contextmanager
def working_copy(source: Path, out: Path) -> Iterator[Path]:
    """A copy beside `out`, gone at the end whatever happens. Raises NotSignable or OSError."""
    if not source.is_file() or not source.stat().st_size:
        raise NotSignable(reason="not_pdf")
    handle, name = tempfile.mkstemp(prefix=f".{out.name[:80]}.", suffix=".signing", dir=out.parent)
    os.close(handle)
    copy = Path(name)
    try:
        shutil.copyfile(source, copy)
        yield copy
    finally:
        with suppress(FileNotFoundError):
            copy.unlink()


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
