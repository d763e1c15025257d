"""What can go wrong while signing or verifying: each error carries a code and facts; words live in i18n."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class SigningError(Exception):
    """An expected failure of this library: `code` names it, `facts` fill its message."""

    code = "signing_failed"
    codes: ClassVar[Mapping[str, str]] = {}
    """A code of its own for some values of the fact `reason`, where the person must do something else."""

    def __init__(self, **facts: object) -> None:
        self.code = self.codes.get(str(facts.get("reason")), self.code)
        super().__init__(self.code, facts)
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.facts)  # keyword-only errors must survive the trip from a worker


def _rebuild(kind: type[SigningError], facts: dict[str, object]) -> SigningError:
    return kind(**facts)


class PinWrong(SigningError):
    """The PIN was refused; facts may give the tries left. Never retried by us: tokens lock."""

    code = "pin_wrong"


class PinLocked(SigningError):
    """The token does not take a PIN any more."""

    code = "pin_locked"


class LoginReleased(SigningError):
    """The login was ended because nothing was signed for some minutes; facts: name."""

    code = "login_released"


class AuthorisationRefused(SigningError):
    """The owner of a remote key said no; facts: name."""

    code = "authorisation_refused"


class AuthorisationExpired(SigningError):
    """The owner of a remote key did not answer in time; facts: name, minutes."""

    code = "authorisation_expired"


class ServiceFailed(SigningError):
    """A remote signing service cannot be reached or does not speak as it should; facts: name, why."""

    code = "service_failed"


class SigningStopped(SigningError):
    """The person stopped while a remote service was waited for."""

    code = "signing_stopped"


class IdentityMissing(SigningError):
    """No such key, certificate or token."""

    code = "identity_missing"


class CertificateRefused(SigningError):
    """The certificate must not be used: expired, not yet valid, revoked, or not for signing."""

    code = "certificate_refused"
    codes: ClassVar[Mapping[str, str]] = {
        reason: f"certificate_{reason}"
        for reason in (
            "expired",
            "not_yet_valid",
            "revoked",
            "key_usage",
            "weak_key",
            "issuer_expired",
            "issuer_revoked",
        )
    }


class StatusUnknown(SigningError):
    """The chain or the revocation status of the certificate could not be checked."""

    code = "certificate_unchecked"
    codes: ClassVar[Mapping[str, str]] = {
        reason: f"certificate_unchecked_{reason}"
        for reason in ("no_trust", "chain", "ocsp_unknown", "crl_expired")
    }


class NotAllowed(SigningError):
    """An earlier signature (DocMDP, FieldMDP) or the role forbids another one."""

    code = "signing_not_allowed"
    codes: ClassVar[Mapping[str, str]] = {"would_break": "signing_would_break"}


class NotSignable(SigningError):
    """The file cannot be signed: encrypted, broken, or not a PDF."""

    code = "not_signable"
    codes: ClassVar[Mapping[str, str]] = {
        reason: f"not_signable_{reason}" for reason in ("encrypted", "hybrid_xref", "xfa", "not_pdf")
    }


class TimestampFailed(SigningError):
    """No time-stamp authority answered correctly."""

    code = "timestamp_failed"
    codes: ClassVar[Mapping[str, str]] = {
        reason: f"timestamp_failed_{reason}" for reason in ("slow", "wrong", "untrusted")
    }


class NoRoom(SigningError):
    """No free place was found for the mark."""

    code = "mark_no_room"


class FileUnreadable(SigningError):
    """The file cannot be checked at all; facts: why = password, not_pdf, or the name of the system error."""

    code = "file_unreadable"


class NotExtendable(SigningError):
    """There is nothing whose proof could be renewed; facts: reason = unsigned, broken."""

    code = "not_extendable"
    codes: ClassVar[Mapping[str, str]] = {
        reason: f"not_extendable_{reason}" for reason in ("unsigned", "broken")
    }


class NothingToTrust(SigningError):
    """A file or address holds no certificate."""

    code = "nothing_to_trust"


class FetchFailed(SigningError):
    """Nothing usable came from an address; facts: url, why = private, time, size, ..."""

    code = "fetch_failed"


class CoverageBroken(SigningError):
    """A /ByteRange does not protect what it should; facts: why."""

    code = "coverage_broken"


class MarkUnreadable(SigningError):
    """The picture of a mark cannot be used; facts: why = not_png, too_big."""

    code = "mark_unreadable"


class TooComplex(SigningError):
    """A file is too big, too deep or too broken to be compared within the limits."""

    code = "too_complex"


class ProofFailed(SigningError):
    """The freshly signed file did not stand the check and was thrown away; facts: why."""

    code = "proof_failed"
