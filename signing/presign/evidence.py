"""What a signature rested on when it was made, kept beside the papers, listed and deleted (TT 15/2025).

One folder: `records/ID.json` for each signature, `items/SHA256.cer|crl|ocsp` for what records share.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from signing.model import Certificate, Sealed
from signing.presign.model import Assessment, CertificateCheck, Grade

log = logging.getLogger(__name__)

_RECORDS, _ITEMS = "records", "items"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Record:
    """One signature and what its certificate was found to be at that moment."""

    id: str
    subject: str
    """What was signed, as the caller names it."""
    digest: str
    """SHA-256 of the signed file."""
    field_name: str
    role: str
    signed_at: datetime
    checked_at: datetime
    signer: Certificate
    assessments: tuple[Assessment, ...]
    items: tuple[str, ...]
    """File names under `items`: the certificates of the chain, revocation lists, OCSP answers."""


def keep(folder: Path, sealed: Sealed, checked: CertificateCheck, subject: str, digest: str) -> Record:
    """Store the evidence of a signature that was just made. Raises OSError."""
    items = [
        _store(folder / _ITEMS, der, suffix)
        for ders, suffix in ((checked.path, "cer"), (checked.crls, "crl"), (checked.ocsps, "ocsp"))
        for der in ders
    ]
    record = Record(
        id=f"{sealed.signed_at:%Y%m%dT%H%M%S}-{digest[:12]}",
        subject=subject,
        digest=digest,
        field_name=sealed.field_name,
        role=sealed.role.value,
        signed_at=sealed.signed_at,
        checked_at=checked.at,
        signer=checked.certificate,
        assessments=checked.assessments,
        items=tuple(items),
    )
    text = json.dumps({"version": _VERSION} | asdict(record), default=_plain, ensure_ascii=False, indent=1)
    _write(folder / _RECORDS / f"{record.id}.json", text.encode())
    return record


def records(folder: Path) -> tuple[Record, ...]:
    """Everything kept, oldest first; a file that is none of ours is passed over."""
    return tuple(record for path in sorted((folder / _RECORDS).glob("*.json")) for record in _read(path))


def remove(folder: Path, identifiers: Iterable[str]) -> tuple[str, ...]:
    """Delete these records, and every item that no other record rests on; which were there."""
    wanted = set(identifiers)
    gone = tuple(record.id for record in records(folder) if record.id in wanted)
    for identifier in gone:
        (folder / _RECORDS / f"{identifier}.json").unlink(missing_ok=True)
    needed = {item for record in records(folder) for item in record.items}
    for path in (folder / _ITEMS).glob("*"):
        if gone and path.name not in needed:
            path.unlink(missing_ok=True)
    return gone


def file_digest(path: Path) -> str:
    """SHA-256 of a file in lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _store(folder: Path, der: bytes, suffix: str) -> str:
    path = folder / f"{hashlib.sha256(der).hexdigest()}.{suffix}"
    if not path.exists():
        _write(path, der)
    return path.name


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, even after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _read(path: Path) -> Iterator[Record]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        signer = found["signer"]
        times = {key: datetime.fromisoformat(signer[key]) for key in ("not_before", "not_after")}
        yield Record(
            found["id"],
            found["subject"],
            found["digest"],
            found["field_name"],
            found["role"],
            datetime.fromisoformat(found["signed_at"]),
            datetime.fromisoformat(found["checked_at"]),
            Certificate(**(signer | times)),
            tuple(Assessment(**(each | {"grade": Grade(each["grade"])})) for each in found["assessments"]),
            tuple(found["items"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        log.warning("a record of evidence cannot be read")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
