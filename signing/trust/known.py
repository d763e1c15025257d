"""Fingerprints of Vietnamese authorities to compare with before a certificate is trusted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Known:
    """One certificate that was met; `confirmed` only once its authority was asked."""

    name: str
    issuer: str
    role: str
    """root, issuing or time_stamping."""
    sha256: str
    published_at: str
    """Where the authority publishes it; empty where not known."""
    confirmed: bool


@cache
def known() -> dict[str, Known]:
    """By SHA-256 fingerprint in lower-case hex."""
    text = files("resources").joinpath("trust", "known.json").read_text(encoding="utf-8")
    entries = (
        Known(row["name"], row["issuer"], row["role"], row["sha256"], row["published_at"], row["confirmed"])
        for row in json.loads(text)["certificates"]
    )
    return {entry.sha256: entry for entry in entries}
