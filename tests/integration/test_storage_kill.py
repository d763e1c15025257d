"""A process that is killed at any moment leaves nothing half-done behind: what it said was kept is kept."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage import locate
from storage.adapters.archive_folder import FolderArchive
from storage.adapters.blobs_folder import FolderBlobs
from storage.catalog import batches, journal
from storage.package import build as package_build

ROUNDS = 8
FEW = 4
"""For children that take seconds to start."""

BLOBS = """
import random, sys
from pathlib import Path
from storage.adapters.blobs_folder import FolderBlobs
blobs, chance = FolderBlobs(Path(sys.argv[1])), random.Random(int(sys.argv[2]))
print("ready", flush=True)
while True:
    print(blobs.put(chance.randbytes(chance.randrange(1, 400_000))), flush=True)
"""

CATALOG = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from storage.catalog import batches, journal
from storage import locate
catalog = locate.catalog("sqlite:", Path(sys.argv[1]))
print("ready", flush=True)
while True:
    with catalog.write() as connection:
        batch = batches.create(connection, "Lô", "A", datetime.now(UTC))
        journal.append(connection, datetime.now(UTC), "A", "batch_opened", batch.id)
    print(batch.id, flush=True)
"""

ARCHIVE = """
import hashlib, random, sys
from pathlib import Path
from storage.adapters.archive_folder import FolderArchive
root, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
archive, package = FolderArchive(root), root.parent / "goi.zip"
print("ready", flush=True)
for number in range(10**6):
    data = chance.randbytes(chance.randrange(1, 300_000))
    package.write_bytes(data)
    key = f"{sys.argv[2]}/{number}.zip"
    archive.deposit(str(number), key, package, hashlib.sha256(data).hexdigest())
    print(key, flush=True)
"""

PACKING = """
import sys
from dataclasses import replace
from pathlib import Path
from storage.package import build as package_build
from tests.unit.storage.packing_case import case
folder = Path(sys.argv[1])
given = case(folder)
print("ready", flush=True)
for number in range(10**6):
    package_build.build(replace(given, operator=str(number)), folder / "goi.zip")
    print(number, flush=True)
"""


def killed(script: str, folder: Path, seed: int, root: Path) -> list[str]:
    """Run the script, kill it at a moment that the seed gives, and return what it said was done."""
    command = [sys.executable, "-c", script, str(folder), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(random.Random(seed).uniform(0.0, 0.25))
        child.kill()
        said = child.stdout.read().splitlines(keepends=True)
    assert child.returncode == -signal.SIGKILL
    return [line.strip() for line in said if line.endswith("\n")]


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")


def test_blobs(tmp_path: Path, root: Path) -> None:
    said: list[str] = []
    for seed in range(ROUNDS):
        said += killed(BLOBS, tmp_path / "blobs", seed, root)
    blobs = FolderBlobs(tmp_path / "blobs")
    blobs.sweep()
    kept = set(blobs.digests())
    assert said
    assert set(said) <= kept
    for digest in kept:
        blobs.check(digest)
    files = [path for path in blobs.root.rglob("*") if path.is_file()]
    assert len(files) == len(kept)


def test_catalog(tmp_path: Path, root: Path) -> None:
    said: list[str] = []
    for seed in range(FEW):
        said += killed(CATALOG, tmp_path, seed, root)
        catalog = locate.catalog("sqlite:", tmp_path)
        with catalog.read() as connection:
            opened = {batch.id for batch in batches.find(connection, limit=10**6)}
            told = {entry.subject for entry in journal.entries(connection)}
            assert set(said) <= opened
            assert opened == told
            assert journal.verify(connection) == len(opened)
            assert connection.scalar(sa.text("PRAGMA integrity_check")) == "ok"
        catalog.close()
    assert said


def test_archive(tmp_path: Path, root: Path) -> None:
    for seed in range(ROUNDS):
        said = killed(ARCHIVE, tmp_path / "kho", seed, root)
        archive = FolderArchive(tmp_path / "kho")
        receipts = archive.list()
        assert set(said) <= {receipt.key for receipt in receipts}
        for receipt in receipts:
            archive.check(receipt)
        waiting = set((archive.root / str(seed)).glob("*.zip")) - {
            archive.root / found.key for found in receipts
        }
        assert (
            len(waiting) <= 1
        )  # taken in, but the receipt was not written yet: depositing again finishes it


def test_packing(tmp_path: Path, root: Path) -> None:
    for seed in range(FEW):
        killed(PACKING, tmp_path, seed, root)
        if (tmp_path / "goi.zip").exists():
            assert package_build.verify(tmp_path / "goi.zip").intact
    assert (tmp_path / "goi.zip").exists()
