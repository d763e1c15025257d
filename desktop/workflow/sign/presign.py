"""The state of a key's certificate before anybody types a PIN (TT 15/2025/TT-BKHCN PL II)."""

from __future__ import annotations

from pathlib import Path

from desktop.workflow.sign.practice import trust_folder
from signing import locate
from signing.presign import certificate_check
from signing.presign.model import CertificateCheck
from signing.trust.store import load


def certificate_state(home: Path, address: str) -> CertificateCheck | None:
    """What the check before signing finds; None for keys that must be opened with a PIN first."""
    if not address.startswith("practice:"):
        return None
    office = locate.practice(home)
    known = load((trust_folder(home),))
    with locate.identity(address, lambda _: office.password(), home) as identity:
        return certificate_check.check(identity.signer(), known, certificate_check.context(known))
