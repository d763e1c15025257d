"""Blobs: written once, read checked, never half there."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import locate
from storage.adapters.blobs_folder import FolderBlobs
from storage.errors import Corrupt, DiskFull, NotFound, UnknownAddress


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.binary(max_size=5000))
def test_what_is_put_is_read_back_under_its_sha256(blobs: FolderBlobs, data: bytes) -> None:
    digest = blobs.put(data)
    assert digest == hashlib.sha256(data).hexdigest()
    assert blobs.read(digest) == data
    assert blobs.path(digest).read_bytes() == data


def test_a_file_and_its_bytes_are_one_blob(blobs: FolderBlobs, tmp_path: Path) -> None:
    source = tmp_path / "giấy.pdf"
    source.write_bytes(b"x" * (3 << 20))
    first = blobs.put(source)
    inode = blobs.path(first).stat().st_ino
    assert blobs.put(source.read_bytes()) == first
    assert blobs.put(source) == first
    assert blobs.path(first).stat().st_ino == inode
    assert list(blobs.digests()) == [first]


def test_changed_bytes_are_reported_not_returned(blobs: FolderBlobs) -> None:
    digest = blobs.put(b"nguyen ban")
    path = blobs.path(digest)
    path.chmod(0o644)
    path.write_bytes(b"da sua")
    with pytest.raises(Corrupt):
        blobs.read(digest)
    with pytest.raises(Corrupt):
        blobs.check(digest)


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63])
def test_what_is_not_kept_is_not_found(blobs: FolderBlobs, digest: str) -> None:
    assert not blobs.has(digest)
    with pytest.raises(NotFound):
        blobs.read(digest)


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_a_full_disk_leaves_nothing(blobs: FolderBlobs, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    kept = blobs.put(b"truoc do")

    def full(*_arguments: Any, **_options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(DiskFull):
            blobs.put(b"khong con cho")
    assert [path for path in blobs.root.rglob("*") if path.is_file()] == [blobs.path(kept)]
    assert blobs.read(blobs.put(b"khong con cho")) == b"khong con cho"


def test_other_disk_errors_are_not_called_full(blobs: FolderBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        blobs.put(b"x")


def test_opening_sweeps_what_a_dead_writer_left_but_not_what_is_being_written(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    old, young = tmp_path / "incoming" / "a.part", tmp_path / "incoming" / "b.part"
    old.write_bytes(b"do dang")
    young.write_bytes(b"dang ghi")
    os.utime(old, (0, 0))
    blobs = FolderBlobs(tmp_path)
    assert not old.exists()
    assert young.exists()
    assert blobs.sweep() == 1
    assert not young.exists()


def test_addresses(tmp_path: Path) -> None:
    digest = locate.blobs("folder:", tmp_path).put(b"1")
    assert (tmp_path / "blobs" / digest[:2] / digest[2:4] / digest).is_file()
    digest = locate.blobs(f"folder:{tmp_path / 'khác'}", tmp_path).put(b"1")
    assert (tmp_path / "khác" / digest[:2] / digest[2:4] / digest).is_file()
    for address in ("s3://bucket", "folder", "", "C:\\x"):
        with pytest.raises(UnknownAddress):
            locate.blobs(address, tmp_path)
