"""Where the practice office keeps the certificates it is trusted by."""

from __future__ import annotations

from pathlib import Path


def trust_folder(home: Path) -> Path:
    """Public certificates and revocation lists of the profile's practice office."""
    return home / "practice" / "trust"
