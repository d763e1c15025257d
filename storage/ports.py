"""What can be plugged into storage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from storage.model import Receipt


class Blobs(Protocol):
    """Bytes kept under their SHA-256, written once, never changed."""

    def put(self, data: bytes | Path) -> str:
        """Keep the bytes, fsynced on return, and give their digest; the same bytes are kept once."""
        ...

    def open(self, digest: str) -> BinaryIO:
        """Raises NotFound."""
        ...

    def read(self, digest: str) -> bytes:
        """The bytes; raises NotFound, and Corrupt when they no longer fit the digest."""
        ...

    def path(self, digest: str) -> Path:
        """A local, read-only path to the bytes."""
        ...

    def has(self, digest: str) -> bool: ...

    def digests(self) -> Iterator[str]: ...


class Archive(Protocol):
    """Where packages go. A package is never overwritten."""

    address: str

    def deposit(self, package_id: str, key: str, package: Path, digest: str) -> Receipt:
        """Idempotent: the same package under the same key gives the same receipt. Raises ArchiveRefused."""
        ...

    def list(self) -> tuple[Receipt, ...]: ...

    def check(self, receipt: Receipt) -> None:
        """Hash what the archive holds; raises Corrupt or NotFound."""
        ...

    def fetch(self, key: str, into: Path) -> Path: ...
