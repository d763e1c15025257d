"""In what capacity somebody signed: said by our own program, else guessed (NĐ 30/2020 PL I)."""

from __future__ import annotations

from signing.model import Certificate, SigningRole
from signing.pdf.enumeration import FoundSignature
from signing.trust.names import is_agency


def guess(found: FoundSignature, signer: Certificate | None) -> SigningRole | None:
    """The likely role; None where nothing speaks for one. A help for the reader, no part of any verdict."""
    if found.is_timestamp:
        return None
    if found.declared_role in set(SigningRole):
        return SigningRole(found.declared_role)
    if signer is None or not found.visible:
        return None
    return SigningRole.DONG_DAU if is_agency(signer) else SigningRole.KY_DUYET
