"""Blobs in a folder: `ab/cd/abcd...`, each written once under its SHA-256."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from storage.errors import Corrupt, NotFound
from storage.files import durable
from storage.files.hashing import copy, digest_of

_DIGEST = re.compile(r"[0-9a-f]{64}")
_STALE_S = 3600.0


class FolderBlobs:
    """Implements `storage.ports.Blobs`."""

    def __init__(self, root: Path) -> None:
        """Open or make the folder; temporary files over an hour old are swept away."""
        self.root = root
        self._incoming = root / "incoming"
        durable.make_folder(self._incoming)
        self.sweep(_STALE_S)

    def sweep(self, older_than_s: float = 0.0) -> int:
        """Delete what killed writers left; with 0 only while no other process can be writing."""
        return durable.sweep(self._incoming, older_than_s)

    def put(self, data: bytes | Path) -> str:
        """Keep the bytes and return their digest. Raises DiskFull, leaving nothing behind."""
        if isinstance(data, bytes):
            digest = hashlib.sha256(data).hexdigest()
            if self.has(digest):
                return digest
        with durable.temporary(self._incoming) as (out, path):
            digest = _write(data, out)
            durable.flush(out)
            path.chmod(0o444)  # nobody writes into it by accident
            target = self._place(digest)
            durable.make_folder(target.parent)
            durable.publish(path, target)
        return digest

    def open(self, digest: str) -> BinaryIO:
        """Raises NotFound."""
        return self.path(digest).open("rb")

    def read(self, digest: str) -> bytes:
        """The bytes, checked; raises NotFound and Corrupt."""
        data = self.path(digest).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise Corrupt(what="blob", id=digest)
        return data

    def path(self, digest: str) -> Path:
        """A local path for reading; raises NotFound."""
        if not self.has(digest):
            raise NotFound(what="blob", id=digest)
        return self._place(digest)

    def has(self, digest: str) -> bool:
        """True when the bytes are kept; False for what is no digest at all."""
        return _DIGEST.fullmatch(digest) is not None and self._place(digest).is_file()

    def digests(self) -> Iterator[str]:
        """Every digest that is kept, in no particular order."""
        for path in self.root.glob("??/??/*"):
            if _DIGEST.fullmatch(path.name):
                yield path.name

    def check(self, digest: str) -> None:
        """Hash the kept bytes without loading them whole. Raises NotFound and Corrupt."""
        if digest_of(self.path(digest)) != digest:
            raise Corrupt(what="blob", id=digest)

    def _place(self, digest: str) -> Path:
        return self.root / digest[:2] / digest[2:4] / digest


def _write(data: bytes | Path, out: BinaryIO) -> str:
    if isinstance(data, Path):
        return copy(data, out)
    out.write(data)
    return hashlib.sha256(data).hexdigest()
