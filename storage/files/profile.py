"""The profile folder: one process at a time may write to it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from storage.errors import ProfileBusy


@contextmanager
def lock(home: Path) -> Iterator[None]:
    """Hold the profile for writing. Raises ProfileBusy, with the other process's `pid` and `since`, at once.

    The system frees the lock when its holder dies, so a crash never leaves the profile shut.
    """
    home.mkdir(parents=True, exist_ok=True)
    held = FileLock(home / "profile.lock")
    try:
        held.acquire(timeout=0)
    except Timeout as error:
        raise ProfileBusy(**_holder(home)) from error
    try:
        note = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        _note(home).write_text(json.dumps(note), encoding="utf-8")
        yield
    finally:
        _note(home).unlink(missing_ok=True)
        held.release()


def _note(home: Path) -> Path:
    # beside the lock, not in it: Windows lets nobody read a locked file
    return home / "profile.lock.json"


def _holder(home: Path) -> dict[str, Any]:
    try:
        found = json.loads(_note(home).read_text(encoding="utf-8"))
        return {"pid": found["pid"], "since": found["since"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {"pid": None, "since": None}
