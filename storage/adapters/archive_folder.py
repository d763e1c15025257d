"""An archive in a folder: each package under its key, and beside it the receipt as `KEY.receipt.json`."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from storage.errors import ArchiveRefused, Corrupt, NotFound
from storage.files import durable
from storage.files.canonical import canonical
from storage.files.hashing import copy, digest_of
from storage.model import Receipt

_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,150}(/[A-Za-z0-9_][A-Za-z0-9_.\-]{0,150}){0,3}")
_RECEIPT = ".receipt.json"
_STALE_S = 3600.0


class FolderArchive:
    """Implements `storage.ports.Archive`. Nothing in it is ever replaced."""

    def __init__(self, root: Path) -> None:
        """Open or make the archive; temporary files over an hour old are deleted."""
        self.root = root
        self.address = f"folder:{root}"
        self._incoming = root / "incoming"
        durable.make_folder(self._incoming)
        durable.sweep(self._incoming, _STALE_S)

    def deposit(self, package_id: str, key: str, package: Path, digest: str) -> Receipt:
        """Take a package in; the same package under the same key again gives the first receipt.

        Raises ArchiveRefused when the key is unusable or taken by other bytes, Corrupt when the file does not
        have the digest, DiskFull.
        """
        target = self._place(key)
        durable.make_folder(target.parent)
        with durable.temporary(self._incoming) as (out, path):
            if copy(package, out) != digest:
                raise Corrupt(what="package", id=key)
            durable.flush(out)
            path.chmod(0o444)
            durable.publish(path, target)
        if digest_of(target) != digest:
            raise ArchiveRefused(reason="key_taken", key=key)
        return self._receipt(Receipt(package_id, self.address, key, digest, datetime.now(UTC)))

    def list(self) -> tuple[Receipt, ...]:
        """Receipts of everything deposited, by key."""
        found = (path for path in self.root.rglob("*" + _RECEIPT) if path.parent != self._incoming)
        return tuple(self._read(path) for path in sorted(found))

    def check(self, receipt: Receipt) -> None:
        """Hash what is held under the receipt's key. Raises NotFound and Corrupt."""
        if digest_of(self._held(receipt.key)) != receipt.digest:
            raise Corrupt(what="package", id=receipt.key)

    def fetch(self, key: str, into: Path) -> Path:
        """Copy a package into a folder and return the copy. Raises NotFound, DiskFull."""
        held = self._held(key)
        durable.make_folder(into)
        target = into / held.name
        with durable.temporary(into) as (out, path):
            copy(held, out)
            durable.flush(out)
            path.replace(target)
        return target

    def _receipt(self, receipt: Receipt) -> Receipt:
        target = self._place(receipt.key)
        path = target.with_name(target.name + _RECEIPT)
        with durable.temporary(self._incoming) as (out, draft):
            out.write(
                canonical(
                    {
                        "package_id": receipt.package_id,
                        "key": receipt.key,
                        "digest": receipt.digest,
                        "deposited_at": receipt.deposited_at.isoformat(),
                    }
                )
            )
            durable.flush(out)
            durable.publish(draft, path)
        return self._read(path)

    def _read(self, path: Path) -> Receipt:
        try:
            raw = json.loads(path.read_bytes())
            at = datetime.fromisoformat(raw["deposited_at"])
            return Receipt(raw["package_id"], self.address, raw["key"], raw["digest"], at)
        except (ValueError, KeyError, TypeError) as error:
            raise Corrupt(what="receipt", id=path.name) from error

    def _place(self, key: str) -> Path:
        # a key comes from data: it must not lead out of the archive, nor onto a receipt or a temporary file
        if _KEY.fullmatch(key) is None or key.startswith("incoming/") or key.endswith(_RECEIPT):
            raise ArchiveRefused(reason="bad_key", key=key)
        return self.root / key

    def _held(self, key: str) -> Path:
        path = self._place(key)
        if not path.is_file():
            raise NotFound(what="package", id=key)
        return path
