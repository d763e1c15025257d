"""Which signature algorithm a key signs with: SHA-256 with RSASSA-PSS, or ECDSA (TT 15/2025 PL I)."""

from __future__ import annotations

from asn1crypto import algos, x509

DIGEST = "sha256"
_SALT = 32
"""Bytes, the digest's own length: many tokens refuse a longer salt."""


def preferred(certificate: x509.Certificate) -> algos.SignedDigestAlgorithm:
    """How we sign with the key of this certificate: ECDSA, or RSASSA-PSS (RFC 8017 8.1)."""
    if certificate.public_key.algorithm == "ec":
        return algos.SignedDigestAlgorithm({"algorithm": f"{DIGEST}_ecdsa"})
    digest = algos.DigestAlgorithm({"algorithm": DIGEST})
    mask = algos.MaskGenAlgorithm({"algorithm": "mgf1", "parameters": digest})
    parameters = algos.RSASSAPSSParams(
        {"hash_algorithm": digest, "mask_gen_algorithm": mask, "salt_length": _SALT}
    )
    made = algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": parameters})
    return algos.SignedDigestAlgorithm.load(made.dump())  # as read, it is not encoded anew at every use


def fallback() -> algos.SignedDigestAlgorithm:
    """RSA PKCS#1 v1.5, for tokens that cannot do PSS; the signer is told (TT 15/2025 PL I)."""
    return algos.SignedDigestAlgorithm({"algorithm": f"{DIGEST}_rsa"})
