"""Verdicts as reports and the window meet them; every name is invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.workflow.verify.files import FileVerified
from signing.model import (
    Certificate,
    Change,
    Content,
    FileVerdict,
    Reason,
    SignatureVerdict,
    SigningRole,
    Trust,
    Verdict,
)

NOW = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
LONG = "Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính " * 4
SIGNER = Certificate(
    '=HYPERLINK("http://x")',
    LONG.strip(),
    "CA phục vụ các cơ quan Nhà nước G2",
    "0a1b2c",
    NOW - timedelta(days=200),
    NOW + timedelta(days=900),
    "ab" * 32,
)
ROOT = Certificate("Gốc MẪU", "", "Gốc MẪU", "01", NOW, NOW, "cd" * 32)


def signature(**other: object) -> SignatureVerdict:
    values: dict[str, object] = {
        "field_name": "Signature1",
        "role": SigningRole.KY_DUYET,
        "signer": SIGNER,
        "signing_time": NOW,
        "time_source": "timestamp",
        "integrity": "intact",
        "covers_whole_file": False,
        "changes_after": (Change("number_added", 1, True),),
        "chain": Trust.TRUSTED,
        "revocation": "good",
        "algorithms": "RSA-2048 SHA-256",
        "content": Content.ALLOWED_CHANGES,
        "verdict": Verdict.VALID,
        "path": (SIGNER, ROOT),
    }
    return SignatureVerdict(**{**values, **other})  # type: ignore[arg-type]


def checked(name: str, *signatures: SignatureVerdict, verdict: Verdict = Verdict.VALID) -> FileVerified:
    content = Content.ALLOWED_CHANGES if verdict is Verdict.VALID else Content.ALTERED
    found = FileVerdict(content, Trust.TRUSTED, verdict, signatures, (), (Reason("weak_hash_sha1"),))
    return FileVerified(Path("/x") / name, found, None, "9f" * 32, 123456)
