"""Algorithms of signatures: their names, their weaknesses, and combinations that must not be accepted.

TT 15/2025/TT-BKHCN PL I: SHA-2 or SHA-3; RSA from 2048 bits; ECDSA from 256 bits.
"""

from __future__ import annotations

import hashlib
import math

from asn1crypto import cms, keys, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko_certvalidator.errors import AlgorithmNotSupported
from pyhanko_certvalidator.sig_validate import (
    DEFAULT_VALIDATION_CONTEXT,
    DefaultSignatureValidator,
    SignatureValidationContext,
)

from signing.model import Reason

RSA_MIN_BITS = 2048
EC_MIN_BITS = 256
_WEAK_HASHES = frozenset({"md2", "md4", "md5", "sha1"})
_SHA3: dict[str, tuple[str, hashes.HashAlgorithm]] = {
    f"2.16.840.1.101.3.4.3.{9 + index}": ("ecdsa", algorithm)
    for index, algorithm in enumerate(
        (hashes.SHA3_224(), hashes.SHA3_256(), hashes.SHA3_384(), hashes.SHA3_512())
    )
} | {
    f"2.16.840.1.101.3.4.3.{13 + index}": ("rsa", algorithm)
    for index, algorithm in enumerate(
        (hashes.SHA3_224(), hashes.SHA3_256(), hashes.SHA3_384(), hashes.SHA3_512())
    )
}
"""NIST signature identifiers with SHA-3, which asn1crypto has no names for."""
_EDDSA_DIGEST = {"ed25519": {"sha512"}, "ed448": {"shake256", "shake256_len"}}
"""RFC 8419 2.3, 3.1: the only digest allowed with each curve when there are signed attributes."""


class Validator(DefaultSignatureValidator):
    """pyHanko's check of a signature value, plus SHA-3 identifiers and keys with a negative modulus."""

    def validate_signature(
        self,
        signature: bytes,
        signed_data: bytes,
        public_key_info: keys.PublicKeyInfo,
        signature_algorithm: cms.SignedDigestAlgorithm,
        context: SignatureValidationContext = DEFAULT_VALIDATION_CONTEXT,
    ) -> None:
        key_info = positive_modulus(public_key_info)
        special = _SHA3.get(signature_algorithm["algorithm"].dotted)
        if special is not None and not context.prehashed:
            _verify_sha3(special, key_info, signature, signed_data)
            return
        try:
            super().validate_signature(signature, signed_data, key_info, signature_algorithm, context)
        except (AlgorithmNotSupported, UnsupportedAlgorithm) as problem:
            # An InvalidSignature would call a signature forged that we merely cannot compute.
            raise ValueError("algorithm not supported") from problem


def _verify_sha3(
    special: tuple[str, hashes.HashAlgorithm], key_info: keys.PublicKeyInfo, signature: bytes, data: bytes
) -> None:
    family, algorithm = special
    key = serialization.load_der_public_key(key_info.dump())
    if family == "rsa" and isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, padding.PKCS1v15(), algorithm)
    elif family == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(algorithm))
    else:
        raise InvalidSignature


def positive_modulus(key_info: keys.PublicKeyInfo) -> keys.PublicKeyInfo:
    """The key with its modulus read as unsigned: real Estonian cards lack the leading zero byte."""
    if key_info.algorithm != "rsa":
        return key_info
    key = key_info["public_key"].parsed
    modulus = key["modulus"].native
    if modulus >= 0:
        return key_info
    length = len(key["modulus"].contents)
    fixed = keys.RSAPublicKey(
        {"modulus": modulus + (1 << (8 * length)), "public_exponent": key["public_exponent"].native}
    )
    return keys.PublicKeyInfo({"algorithm": key_info["algorithm"], "public_key": fixed})


def fresh_hash(name: str) -> hashlib._Hash:
    """A hash under the name that CMS uses, of nothing so far. Raises ValueError for a name nobody knows."""
    return hashlib.new("shake_256" if name.startswith("shake256") else name, usedforsecurity=False)


def value_of(state: hashlib._Hash) -> bytes:
    """The digest of what a hash was given so far."""
    return state.digest(64) if state.name == "shake_256" else state.digest()  # type: ignore[call-arg]  # RFC 8419: 512 bits


def hashed(name: str, data: bytes) -> bytes:
    """Digest under the name that CMS uses. Raises ValueError for a name nobody knows."""
    state = fresh_hash(name)
    state.update(data)
    return value_of(state)


def named(signer_info: cms.SignerInfo, cert: x509.Certificate | None) -> str:
    """For people: hash, scheme and key size, for example "sha256 rsassa_pkcs1v15 rsa2048"."""
    parts = [digest_name(signer_info), scheme(signer_info)]
    if cert is not None:
        parts.append(f"{key_family(cert)}{key_bits(cert) or ''}")
    return " ".join(part for part in parts if part)


def digest_name(signer_info: cms.SignerInfo) -> str:
    """The digest that a signer names, in small letters."""
    return str(signer_info["digest_algorithm"]["algorithm"].native).lower()


def scheme(signer_info: cms.SignerInfo) -> str:
    """The signature scheme that a signer names; one that asn1crypto does not know, as written."""
    algorithm = signer_info["signature_algorithm"]
    try:
        return str(algorithm.signature_algo)
    except (ValueError, KeyError):
        return str(algorithm["algorithm"].native)


def key_family(cert: x509.Certificate) -> str:
    """rsa, ec, ..."""
    return str(cert.public_key.algorithm)


def key_bits(cert: x509.Certificate) -> int:
    """Size of the key, 0 where it has no meaning; asn1crypto takes a logarithm that fails on odd keys."""
    try:
        info = positive_modulus(cert.public_key)
        if info.algorithm in {"rsa", "rsassa_pss"}:
            return _modulus_bits(info)
        return int(info.bit_size) if info.algorithm in {"ec", "dsa"} else 0
    except (ValueError, TypeError, KeyError, OverflowError):
        return 0


def _modulus_bits(info: keys.PublicKeyInfo) -> int:
    bits = int(info["public_key"].parsed["modulus"].native).bit_length()
    return 8 * math.ceil(bits / 8)


def weaknesses(signer_info: cms.SignerInfo, cert: x509.Certificate) -> list[Reason]:
    """What is too weak by today's rule: said with the fact, never called a forgery."""
    weak = sorted({digest_name(signer_info), _signed_hash(signer_info)} & _WEAK_HASHES)
    found = [Reason(f"weak_hash_{digest}", {"algorithm": digest}) for digest in weak]
    bits, family = key_bits(cert), key_family(cert)
    minimum = EC_MIN_BITS if family == "ec" else RSA_MIN_BITS
    if family in {"rsa", "rsassa_pss", "dsa", "ec"} and 0 < bits < minimum:
        found.append(Reason("weak_key", {"bits": bits, "family": family, "minimum": minimum}))
    return found


def _signed_hash(signer_info: cms.SignerInfo) -> str:
    """The hash that the signature algorithm names, which may be another than the digest; else empty."""
    try:
        return str(signer_info["signature_algorithm"].hash_algo).lower()
    except (ValueError, KeyError, TypeError):
        return ""


def contradiction(signer_info: cms.SignerInfo) -> str | None:
    """A combination of algorithms that no correct signer makes, named; None when all fits."""
    digest, used = digest_name(signer_info), scheme(signer_info)
    allowed = _EDDSA_DIGEST.get(used)
    if allowed is not None and digest not in allowed:
        return f"{used}/{digest}"
    if used == "rsassa_pss":
        return _pss_contradiction(signer_info, digest)
    return None


def _pss_contradiction(signer_info: cms.SignerInfo, digest: str) -> str | None:
    """RFC 4056 3: the hash of the PSS parameters must be the digest of the signature."""
    params = signer_info["signature_algorithm"]["parameters"]
    try:
        hashed = str(params["hash_algorithm"]["algorithm"].native)
        masked = str(params["mask_gen_algorithm"]["parameters"]["algorithm"].native)
    except (ValueError, TypeError, KeyError):
        return None
    if hashed != digest:
        return f"rsassa_pss/{hashed}/{digest}"
    return None if masked == hashed else f"rsassa_pss/{hashed}/mgf1 {masked}"
