"""What can be plugged into signing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from signing.model import Certificate, Secret

if TYPE_CHECKING:  # pyHanko takes a second to load, and whoever only names a port needs none of it
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.timestamps import TimeStamper

PinPrompt = Callable[[str], Secret]
"""Asks the person for the PIN or password of what is named; called at most once per identity."""


class Identity(Protocol):
    """Something that can sign; the private key never leaves its place. Leaving the context logs out."""

    certificate: Certificate
    warnings: tuple[str, ...]
    """Codes of what the signer must be told, for example rsa_pkcs1_v15."""

    def signer(self) -> Signer:
        """pyHanko's signer over this identity. Raises PinWrong, PinLocked or IdentityMissing."""
        ...

    def __enter__(self) -> Identity: ...

    def __exit__(self, *exc: object) -> None: ...


class TimeStampAuthority(Protocol):
    """Something that answers RFC 3161 requests."""

    address: str

    def stamper(self) -> TimeStamper: ...
