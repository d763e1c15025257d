"""Files that are there whole or not at all, even after a power cut: temporary file, fsync, one link."""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from storage.errors import DiskFull

_SUFFIX = ".part"
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def temporary(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file in the folder, fsynced when the block ends; gone afterwards unless it was moved away.

    Raises DiskFull, leaving nothing behind.
    """
    path = folder / (secrets.token_hex(12) + _SUFFIX)
    try:
        with path.open("xb") as out:
            yield out, path
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise DiskFull(what="file") from error
        raise
    finally:
        path.unlink(missing_ok=True)


def flush(out: BinaryIO) -> None:
    """Force what was written to the disk itself."""
    out.flush()
    os.fsync(out.fileno())


def publish(path: Path, target: Path) -> bool:
    """Give a finished temporary file its name, unless the name is taken; tells whether it was given."""
    try:
        os.link(path, target)  # unlike rename, link never replaces a file
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP):
            raise
        return _publish_without_links(path, target)  # FAT and some network shares know no links
    sync_folder(target.parent)
    return True


def _publish_without_links(path: Path, target: Path) -> bool:
    if target.exists():
        return False
    path.rename(target)
    sync_folder(target.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable (POSIX; Windows writes them through)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and its parents, durably."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise DiskFull(what="file") from error
        raise
    sync_folder(folder.parent)


def sweep(folder: Path, older_than_s: float) -> int:
    """Delete temporary files that a killed process left behind; younger ones may still be being written."""
    count = 0
    for path in folder.glob("*" + _SUFFIX):
        try:
            if time.time() - path.stat().st_mtime >= older_than_s:
                path.unlink()
                count += 1
        except FileNotFoundError:
            continue
    return count
