"""The folder archive: a package is taken in once and never replaced."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from storage import locate
from storage.adapters.archive_folder import FolderArchive
from storage.catalog import packages
from storage.catalog.database import Catalog
from storage.catalog.ids import new_id
from storage.errors import ArchiveRefused, Conflict, Corrupt, DiskFull, NotFound
from storage.model import Package, Receipt
from tests.unit.storage.conftest import NOW
from tests.unit.storage.test_dossiers import make

KEY = "H01.17.25/uuid-0A.zip"


@pytest.fixture
def archive(tmp_path: Path) -> FolderArchive:
    return FolderArchive(tmp_path / "kho")


def packed(tmp_path: Path, data: bytes = b"goi tin") -> tuple[Path, str]:
    path = tmp_path / "goi.zip"
    path.write_bytes(data)
    return path, hashlib.sha256(data).hexdigest()


def test_a_package_is_taken_in_once(archive: FolderArchive, tmp_path: Path) -> None:
    path, digest = packed(tmp_path)
    receipt = archive.deposit("p1", KEY, path, digest)
    assert (receipt.package_id, receipt.key, receipt.digest) == ("p1", KEY, digest)
    assert archive.deposit("p1", KEY, path, digest) == receipt
    reopened = locate.archive(archive.address, tmp_path)
    assert reopened.list() == (receipt,)
    reopened.check(receipt)
    assert reopened.fetch(KEY, tmp_path / "lấy ra").read_bytes() == b"goi tin"


def test_other_bytes_under_the_same_key_are_refused(archive: FolderArchive, tmp_path: Path) -> None:
    receipt = archive.deposit("p1", KEY, *packed(tmp_path))
    with pytest.raises(ArchiveRefused) as caught:
        archive.deposit("p2", KEY, *packed(tmp_path, b"goi khac"))
    assert caught.value.facts["reason"] == "key_taken"
    assert archive.fetch(KEY, tmp_path).read_bytes() == b"goi tin"
    assert archive.list() == (receipt,)


def test_a_deposit_that_was_cut_off_before_its_receipt_is_finished_by_the_next(
    archive: FolderArchive, tmp_path: Path
) -> None:
    path, digest = packed(tmp_path)
    archive.deposit("p1", KEY, path, digest)
    (archive.root / (KEY + ".receipt.json")).unlink()
    assert archive.list() == ()
    receipt = archive.deposit("p1", KEY, path, digest)
    assert archive.list() == (receipt,)


def test_a_package_that_is_not_what_it_says_is_not_taken(archive: FolderArchive, tmp_path: Path) -> None:
    with pytest.raises(Corrupt):
        archive.deposit("p1", KEY, packed(tmp_path)[0], "0" * 64)
    assert [path for path in archive.root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("damage", [b"g0i tin", b"", b"goi tin "])
def test_damage_in_the_archive_is_found(archive: FolderArchive, tmp_path: Path, damage: bytes) -> None:
    receipt = archive.deposit("p1", KEY, *packed(tmp_path))
    held = archive.root / KEY
    held.chmod(0o644)
    held.write_bytes(damage)
    with pytest.raises(Corrupt):
        archive.check(receipt)
    held.unlink()
    with pytest.raises(NotFound):
        archive.check(receipt)
    with pytest.raises(NotFound):
        archive.fetch(KEY, tmp_path)


def test_a_damaged_receipt_is_reported(archive: FolderArchive, tmp_path: Path) -> None:
    archive.deposit("p1", KEY, *packed(tmp_path))
    receipt = archive.root / (KEY + ".receipt.json")
    receipt.chmod(0o644)
    receipt.write_text("{")
    with pytest.raises(Corrupt):
        archive.list()


@pytest.mark.parametrize(
    "key",
    [
        "",
        "../x.zip",
        "/x.zip",
        "a/../../x",
        "incoming/x",
        "x.zip.receipt.json",
        "hồ sơ.zip",
        "a//b",
        ".x",
        "a\0b",
        "x\n",
    ],
)
def test_keys_that_lead_elsewhere_are_refused(archive: FolderArchive, tmp_path: Path, key: str) -> None:
    with pytest.raises(ArchiveRefused) as caught:
        archive.deposit("p1", key, *packed(tmp_path))
    assert caught.value.facts["reason"] == "bad_key"


def test_a_full_disk_leaves_nothing(
    archive: FolderArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            archive.deposit("p1", "x.zip", *packed(tmp_path))
    assert [path for path in archive.root.rglob("*") if path.is_file()] == []
    archive.deposit("p1", "x.zip", *packed(tmp_path))


def test_packages_and_receipts_are_kept_once(catalog: Catalog) -> None:
    package = Package(new_id(), make(catalog).id, "sip_hoso", "uuid-0A", "a" * 64, 7, NOW)
    receipt = Receipt(package.id, "folder:/kho", KEY, "a" * 64, NOW)
    with catalog.write() as connection:
        assert packages.add(connection, package) == package
        assert packages.add(connection, package) == package
        assert packages.add_receipt(connection, receipt) == receipt
        assert packages.add_receipt(connection, receipt) == receipt
        assert packages.of_dossier(connection, package.dossier_id) == (package,)
        assert packages.get(connection, package.id) == package
        assert packages.receipts(connection) == packages.receipts(connection, package.id) == (receipt,)
    with pytest.raises(Conflict), catalog.write() as connection:
        packages.add(
            connection, Package(new_id(), package.dossier_id, "sip_hoso", "uuid-0A", "b" * 64, 7, NOW)
        )
