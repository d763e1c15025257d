"""What was fetched, kept on disk with its date: asked once, used again without a network, shown with its age.

One file per question: a line of JSON (address, kind, when) and the bytes. An address that gave no answer is
kept too, for a while: five hundred files of one agency must not wait five hundred times for a dead server.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

SILENCE = timedelta(minutes=10)
"""For how long a server that failed is not asked again."""
_SUFFIX = ".fetched"
_FAILED = ".failed"


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer of the network."""

    kind: str
    """certificate, crl or ocsp."""
    url: str
    der: bytes
    fetched_at: datetime
    from_cache: bool = False


def read(folder: Path, kind: str, url: str, question: bytes = b"") -> Fetched | None:
    """The kept answer; None when there is none that can be read."""
    return _parsed(folder / _name(kind, url, question))


def write(folder: Path, answer: Fetched, question: bytes = b"") -> None:
    """Keep an answer in place of an older one."""
    folder.mkdir(parents=True, exist_ok=True)
    head = {"kind": answer.kind, "url": answer.url, "fetched_at": answer.fetched_at.isoformat()}
    unfinished = folder / f".{uuid4().hex}"
    unfinished.write_bytes(json.dumps(head).encode() + b"\n" + answer.der)
    unfinished.replace(folder / _name(answer.kind, answer.url, question))
    _failure(folder, answer.kind, answer.url).unlink(missing_ok=True)


def failed(folder: Path, kind: str, url: str, why: str) -> None:
    """Remember that this address gave no answer now, whatever it was asked."""
    folder.mkdir(parents=True, exist_ok=True)
    _failure(folder, kind, url).write_text(f"{datetime.now(UTC).isoformat()} {why}", "ascii")


def lately_failed(folder: Path, kind: str, url: str) -> str | None:
    """Why the address gave no answer a short while ago; None when it may be asked."""
    try:
        when, _, why = _failure(folder, kind, url).read_text("ascii").partition(" ")
        return why if datetime.now(UTC) - datetime.fromisoformat(when) < SILENCE else None
    except (OSError, ValueError):
        return None


def entries(folder: Path) -> Iterator[Fetched]:
    """Everything kept, for showing it (TT 15/2025: what was used is stored and may be deleted)."""
    for file in sorted(folder.glob(f"*{_SUFFIX}")):
        found = _parsed(file)
        if found is not None:
            yield found


def clear(folder: Path) -> int:
    """Delete all of it; how many files there were."""
    files = [*folder.glob(f"*{_SUFFIX}"), *folder.glob(f"*{_FAILED}")]
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)


def _parsed(file: Path) -> Fetched | None:
    try:
        head, _, der = file.read_bytes().partition(b"\n")
        told = json.loads(head)
        when = datetime.fromisoformat(told["fetched_at"])
        return Fetched(str(told["kind"]), str(told["url"]), der, when, from_cache=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _name(kind: str, url: str, question: bytes) -> str:
    return hashlib.sha256(b"\n".join((kind.encode(), url.encode(), question))).hexdigest() + _SUFFIX


def _failure(folder: Path, kind: str, url: str) -> Path:
    return folder / _name(kind, url, b"").replace(_SUFFIX, _FAILED)
