"""A signer over a private key in memory, parsed once; pyHanko's own parses it for every signature (85 ms)."""

from __future__ import annotations

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash, process_pss_params

from signing.keys.mechanism import preferred
from signing.keys.quick_cms import QuickSigner

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class SoftwareSigner(QuickSigner):
    """RSASSA-PSS for RSA keys, ECDSA for elliptic curves (TT 15/2025 PL I)."""

    def __init__(
        self, key: PrivateKey, certificate: x509.Certificate, chain: tuple[x509.Certificate, ...]
    ) -> None:
        store = SimpleCertificateStore()
        store.register_multiple((certificate, *chain))
        super().__init__(
            signature_mechanism=preferred(certificate),
            signing_cert=certificate,
            cert_registry=store,
        )
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes((self._key.key_size + 7) // 8 if isinstance(self._key, rsa.RSAPrivateKey) else 144)
        hash_algorithm = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(hash_algorithm))
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm)
        scheme, hash_algorithm = process_pss_params(mechanism["parameters"])
        return self._key.sign(data, scheme, hash_algorithm)
