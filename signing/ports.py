"""What can be plugged into signing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from signing.model import Certificate, PinQuestion, Secret

if TYPE_CHECKING:  # pyHanko takes a second to load, and whoever only names a port needs none of it
    from asn1crypto.algos import SignedDigestAlgorithm
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.timestamps import TimeStamper

    from signing.agreement import Gathering
    from signing.errors import StatusUnknown

PinPrompt = Callable[[PinQuestion], Secret]
"""Asks the person for a PIN or password; called at most once per identity."""


Consent = Callable[["StatusUnknown"], bool]
"""Asks the person whether to sign though the certificate cannot be checked; called once at most."""


class Identity(Protocol):
    """Something that can sign; the private key never leaves its place. Leaving the context logs out."""

    certificate: Certificate
    warnings: tuple[str, ...]
    """Codes of what the signer must be told, for example rsa_pkcs1_v15."""
    gathering: Gathering | None
    """How many files share one agreement of the key's owner; None for a key that signs at once."""

    def signer(self) -> Signer:
        """pyHanko's signer over this identity. Raises PinWrong, PinLocked or IdentityMissing."""
        ...

    def __enter__(self) -> Identity: ...

    def __exit__(self, *exc: object) -> None: ...


class TimeStampAuthority(Protocol):
    """Something that answers RFC 3161 requests."""

    address: str

    def stamper(self) -> TimeStamper: ...


class HashService(Protocol):
    """Signs digests with a key it keeps, once the key's owner agrees: at once, or minutes later on a phone.

    The shape of CSC (ETSI TS 119 432) and of services that hand out a ticket and are asked again.
    Raises ServiceFailed, AuthorisationRefused, AuthorisationExpired, PinWrong or PinLocked.
    """

    name: str
    """For people: who is asked."""
    chain: tuple[bytes, ...]
    """DER, the owner's certificate first."""
    algorithms: frozenset[str]
    """Dotted identifiers of the signature algorithms that the key can do."""
    together: int
    """How many signatures one agreement covers at the most."""

    def ask(self, digests: Sequence[bytes], algorithm: SignedDigestAlgorithm) -> str:
        """Ask once for signatures of these SHA-256 digests; the ticket to fetch them with."""
        ...

    def answer(self, ticket: str) -> Sequence[bytes] | None:
        """The signature values in the order asked; None while the owner has not agreed yet."""
        ...

    def withdraw(self, ticket: str) -> None:
        """Nobody waits for this any more."""
        ...
