"""SHA-256 of files, in pieces, so that a large file never fills the memory."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 20


def digest_of(path: Path) -> str:
    """SHA-256 of a file in lower-case hex."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def copy(source: Path, out: BinaryIO) -> str:
    """Copy a file and return the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as data:
        while chunk := data.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()
