"""An identity whose key is on a PKCS#11 token: a USB token, a smart card, an HSM or SoftHSM2.

The token and the certificate are picked by what they are, never by slot number; the login lasts until closed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pkcs11
from asn1crypto import x509
from pkcs11 import Attribute, Mechanism, ObjectClass, TokenFlag
from pkcs11.exceptions import PinIncorrect, PinInvalid, PinLenRange, PKCS11Error
from pkcs11.exceptions import PinLocked as TokenPinLocked
from pyhanko.sign.pkcs11 import PKCS11Signer
from pyhanko.sign.signers import Signer

from signing.agreement import Gathering
from signing.errors import IdentityMissing, LoginReleased, PinLocked, PinWrong, SigningError
from signing.identities.idle_watch import IdleWatch
from signing.keys.mechanism import fallback, preferred
from signing.keys.quick_cms import QuickSigner
from signing.model import PinQuestion, Tries
from signing.ports import PinPrompt
from signing.trust.names import describe

IDLE_S = 600.0
"""Seconds without a signature after which the login ends: a token must not stay open on an empty desk."""


class Pkcs11Identity:
    """A certificate on a token, logged in until it is closed or nothing was signed for `idle_s` seconds."""

    gathering: Gathering | None = None

    def __init__(
        self, module: str, token: str, certificate: str, prompt: PinPrompt, idle_s: float = IDLE_S
    ) -> None:
        found = _find_token(module, token, certificate)
        self._session: Any = _login(found, prompt)
        self._label = str(found.label)
        try:
            chosen, key_id, key_label = _find_key(self._session, certificate, self._label)
        except BaseException:
            self._session.close()
            raise
        self.certificate = describe(chosen)
        self.warnings: tuple[str, ...] = ()
        mechanism = preferred(chosen)
        if chosen.public_key.algorithm == "rsa" and not _can_pss(found):
            mechanism, self.warnings = fallback(), ("rsa_pkcs1_v15",)
        self._signer = _TokenSigner(
            self._session,
            signing_cert=chosen,
            key_id=key_id,
            key_label=key_label,
            signature_mechanism=mechanism,
        )
        self._idle = IdleWatch(idle_s, self.__exit__)
        self._signer.watch = self._idle

    def signer(self) -> Signer:
        if self._session is None:
            raise LoginReleased(name=self._label)
        return self._signer

    def __enter__(self) -> Pkcs11Identity:
        return self

    def __exit__(self, *exc: object) -> None:
        self._idle.end()
        session, self._session = self._session, None
        if session is not None:
            _quietly(session.close)


class _TokenSigner(QuickSigner, PKCS11Signer):
    """Says in our words that the token was pulled out; counts as use of the login."""

    watch: IdleWatch

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        try:
            with self.watch.used(describe(self.signing_cert).subject):
                return bytes(await super().async_sign_raw(data, digest_algorithm, dry_run))
        except PKCS11Error as error:
            raise IdentityMissing(name=describe(self.signing_cert).subject, where="token_removed") from error


def _find_token(module: str, label: str, certificate: str) -> Any:
    """The token with this label; of several, the one that shows the certificate without a login."""
    try:
        tokens = [
            slot.get_token()
            for slot in pkcs11.lib(module).get_slots(token_present=True)
            if not label or _label(slot) == label
        ]
    except (PKCS11Error, RuntimeError, OSError) as error:
        raise IdentityMissing(name=module, where="module") from error
    if len(tokens) > 1:
        tokens = [token for token in tokens if _shows(token, certificate)] or tokens
    if len(tokens) != 1:
        raise IdentityMissing(name=label, where="several_tokens" if tokens else "token")
    return tokens[0]


def _label(slot: Any) -> str:
    try:
        return str(slot.get_token().label).strip()
    except PKCS11Error:
        return ""


def _shows(token: Any, certificate: str) -> bool:
    try:
        with token.open() as session:
            return any(_matches(item, certificate) for item in _certificates(session))
    except PKCS11Error:
        return False


def _login(token: Any, prompt: PinPrompt) -> Any:
    label = str(token.label).strip()
    if token.flags & TokenFlag.USER_PIN_LOCKED:
        raise PinLocked(name=label)
    pad = bool(token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH)
    answer = prompt(PinQuestion(label, _tries(token.flags), pad))
    pin = pkcs11.PROTECTED_AUTH if pad else answer.reveal()
    try:
        return token.open(user_pin=pin)
    except TokenPinLocked as error:
        raise PinLocked(name=label) from error
    except (PinIncorrect, PinInvalid, PinLenRange) as error:
        raise _refused(token, label) from error
    except PKCS11Error as error:
        raise IdentityMissing(name=label, where="token") from error


def _tries(flags: Any) -> Tries:
    """What the flags of a token say (PKCS#11 v2.40 table 8): to be told before the PIN is typed."""
    if flags & TokenFlag.USER_PIN_FINAL_TRY:
        return Tries.LAST
    return Tries.LOW if flags & TokenFlag.USER_PIN_COUNT_LOW else Tries.UNKNOWN


def _refused(token: Any, label: str) -> SigningError:
    """Why the login failed, with the tries that are left as far as the token tells."""
    try:
        flags = token.slot.get_token().flags
    except PKCS11Error:
        return PinWrong(name=label)
    if flags & TokenFlag.USER_PIN_LOCKED:
        return PinLocked(name=label)
    facts: dict[Tries, dict[str, object]] = {Tries.LAST: {"tries_left": 1}, Tries.LOW: {"tries_low": True}}
    return PinWrong(name=label, **facts.get(_tries(flags), {}))


def _find_key(session: Any, wanted: str, token: str) -> tuple[x509.Certificate, bytes | None, str | None]:
    """The wanted certificate and where its private key is: by id, or by label where the ids differ."""
    keys = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}))
    usable = []
    for item in _certificates(session):
        if not _matches(item, wanted):
            continue
        certificate = x509.Certificate.load(item[Attribute.VALUE])
        key = _partner(keys, item)
        if key is not None:
            usable.append((certificate, _read(key, Attribute.ID), _read(key, Attribute.LABEL)))
    if len(usable) != 1:
        raise IdentityMissing(name=wanted or token, where="several_certificates" if usable else "certificate")
    certificate, key_id, key_label = usable[0]
    return (certificate, key_id, None) if key_id else (certificate, None, key_label)


def _partner(keys: list[Any], certificate: Any) -> Any | None:
    for attribute in (Attribute.ID, Attribute.LABEL):
        value = _read(certificate, attribute)
        for key in keys:
            if value and _read(key, attribute) == value:
                return key
    return None


def _certificates(session: Any) -> list[Any]:
    return list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))


def _matches(item: Any, wanted: str) -> bool:
    """By label, by id in hex, or by common name; everything matches an empty wish."""
    if not wanted or _read(item, Attribute.LABEL) == wanted:
        return True
    identifier = _read(item, Attribute.ID)
    if identifier and identifier.hex() == wanted.lower().replace(":", ""):
        return True
    return describe(x509.Certificate.load(item[Attribute.VALUE])).subject == wanted


def _read(item: Any, attribute: Attribute) -> Any:
    try:
        return item[attribute]
    except PKCS11Error:
        return None


def _can_pss(token: Any) -> bool:
    try:
        return Mechanism.SHA256_RSA_PKCS_PSS in token.slot.get_mechanisms()
    except PKCS11Error:
        return False


def _quietly(action: Callable[[], object]) -> None:
    """A token that was pulled out cannot be logged out of."""
    try:
        action()
    except PKCS11Error:
        return
