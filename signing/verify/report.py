"""A verdict as the JSON of the command line: stable names, texts from the caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from signing.model import AdesResult, Change, FileVerdict, Reason, SignatureVerdict, StatusData

Say = Callable[[str, Mapping[str, object]], str]
"""Text for a key of the message catalogue with its facts."""


def to_json(file: str, verdict: FileVerdict, say: Say) -> dict[str, Any]:
    """One entry of `verify --json`; `file` is the path as the user gave it."""
    return {
        "file": file,
        "error": None,
        "content": str(verdict.content),
        "trust": str(verdict.trust),
        "verdict": str(verdict.verdict),
        "signatures": [_signature(each, say) for each in verdict.signatures],
        "reasons": [_reason(each, say) for each in verdict.reasons],
        "warnings": [each.code for each in verdict.warnings],
        "ades": [_ades(each) for each in verdict.ades],
    }


def failed(file: str, code: str, text: str) -> dict[str, Any]:
    """The entry of a file that could not be checked at all (it is missing, or its worker was stopped)."""
    return {
        "file": file,
        "error": {"code": code, "text": text},
        "content": "unchecked",
        "trust": "unknown",
        "verdict": "undetermined",
        "signatures": [],
        "reasons": [{"code": code, "text": text}],
        "warnings": [],
    }


def _signature(found: SignatureVerdict, say: Say) -> dict[str, Any]:
    signer = found.signer
    return {
        "field": found.field_name,
        "role": str(found.role) if found.role is not None else None,
        "signer": signer.subject if signer is not None else None,
        "issuer": signer.issuer if signer is not None else None,
        "unit": signer.organisation if signer is not None else None,
        "certificate": None
        if signer is None
        else {
            "serial": signer.serial,
            "not_before": _time(signer.not_before),
            "not_after": _time(signer.not_after),
            "fingerprint": signer.fingerprint,
        },
        "signing_time": _time(found.signing_time),
        "time_source": found.time_source,
        "stamped_by": found.stamped_by.subject if found.stamped_by is not None else None,
        "is_timestamp": found.is_timestamp,
        "integrity": found.integrity,
        "covers_whole_file": found.covers_whole_file,
        "changes_after": [_change(each, say) for each in found.changes_after],
        "chain": str(found.chain),
        "revocation": found.revocation,
        "status": [_status(each) for each in found.status],
        "algorithms": found.algorithms,
        "content": str(found.content),
        "verdict": str(found.verdict),
        "warnings": [each.code for each in found.warnings],
        "reasons": [_reason(each, say) for each in (*found.reasons, *found.warnings)],
    }


def _ades(found: AdesResult) -> dict[str, str]:
    return {
        "field": found.field_name,
        "indication": found.indication,
        "subindication": found.subindication,
        "said": found.said,
    }


def _status(data: StatusData) -> dict[str, str | None]:
    return {
        "kind": data.kind,
        "source": data.source,
        "about": data.about,
        "this_update": _time(data.this_update),
        "next_update": _time(data.next_update),
        "fetched_at": _time(data.fetched_at),
        "url": data.url or None,
        "sha256": data.sha256,
    }


def _change(change: Change, say: Say) -> dict[str, Any]:
    said = say(f"change.{change.what}", change.facts)
    return {"what": change.what, "page": change.page, "allowed": change.allowed, "said": said}


def _reason(reason: Reason, say: Say) -> dict[str, str]:
    return {"code": reason.code, "text": say(f"reason.{reason.code}", reason.facts)}


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
