"""The practice office: certificate authority, time-stamp server and software keys in which nothing is real.

Made once per profile. Every certificate and every picture says THỰC HÀNH - KHÔNG CÓ GIÁ TRỊ.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from filelock import FileLock

from signing.errors import IdentityMissing
from signing.model import MarkData, Secret
from signing.practice import certificates, images
from signing.practice.certificates import AGENCY, NOTICE, Issuer
from signing.trust import store as trust_store
from signing.trust.store import TrustStore

CLERK = "Trần Thị Mẫu"
OFFICIAL = "Nguyễn Văn Mẫu"
_ROOT_CRL = "http://thuc-hanh.invalid/root.crl"
_ISSUING_CRL = "http://thuc-hanh.invalid/issuing.crl"
_PASSWORD = "password"


@dataclass(frozen=True, slots=True)
class PracticeOffice:
    """Where the practice keys are. Names: clerk, official, seal, revoked, expired, and tsa for the server."""

    folder: Path

    def identity_file(self, name: str) -> Path:
        """The PKCS#12 file of `name`. Raises IdentityMissing."""
        file = self.folder / "identities" / f"{name}.p12"
        if name not in _NAMES or not file.is_file():
            raise IdentityMissing(name=name, where="practice")
        return file

    def password(self) -> Secret:
        return Secret((self.folder / _PASSWORD).read_text("ascii"))

    def trust(self) -> TrustStore:
        """The practice root, issuing CA and revocation lists; nothing else may be judged by them."""
        return trust_store.load([self.folder / "trust"])

    def mark(self, name: str) -> MarkData:
        """What the marks of clerk, official and seal show."""
        if name == "official":
            return MarkData(AGENCY, OFFICIAL, signature_image=images.signature(OFFICIAL))
        if name == "seal":
            return MarkData(AGENCY, seal_image=images.seal(AGENCY))
        return MarkData(AGENCY, CLERK)


_NAMES = ("clerk", "official", "seal", "revoked", "expired", "tsa")


def ensure(folder: Path) -> PracticeOffice:
    """The practice office in `folder`, made now if it is not there; a kill leaves nothing half-made."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if not folder.is_dir():
                _make(folder)
    return PracticeOffice(folder)


def _make(folder: Path) -> None:
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        _write(unfinished)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _write(folder: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
    start, end = now - timedelta(days=365), now + timedelta(days=3650)
    root = certificates.root("CA gốc", start, end)
    issuing = certificates.authority("CA cơ quan Nhà nước", root, _ROOT_CRL, start, end)
    tsa = certificates.stamping("Dấu thời gian", root, _ROOT_CRL, start, end)
    people = _people(issuing, now)
    lists = {
        "root.crl": certificates.revocation_list(root, (), now, now, end),
        "issuing.crl": certificates.revocation_list(issuing, [people["revoked"].certificate], now, now, end),
    }
    trusted = {"root.crt": root, "issuing.crt": issuing, "tsa.crt": tsa}
    _store_public(folder / "trust", {name: issuer.certificate for name, issuer in trusted.items()}, lists)
    _store_private(folder, people, (issuing.certificate, root.certificate))
    _store_private(folder, {"tsa": tsa}, (root.certificate,))


def _people(issuing: Issuer, now: datetime) -> dict[str, Issuer]:
    start, end = now - timedelta(days=30), now + timedelta(days=5 * 365)
    old = now - timedelta(days=5)

    def issue(name: str, unit: str = "", end: datetime = end) -> Issuer:
        return certificates.signing(certificates.subject(name, unit), issuing, _ISSUING_CRL, start, end)

    return {
        "clerk": issue(CLERK, "Bộ phận Một cửa"),
        "official": issue(OFFICIAL, "Lãnh đạo UBND"),
        "seal": issue(AGENCY),
        "revoked": issue("Lê Thị Thu Hồi"),
        "expired": issue("Phạm Văn Hết Hạn", end=old),
    }


def _store_public(
    folder: Path,
    certs: Mapping[str, x509.Certificate],
    lists: Mapping[str, x509.CertificateRevocationList],
) -> None:
    folder.mkdir(parents=True)
    for name, certificate in certs.items():
        (folder / name).write_bytes(certificate.public_bytes(Encoding.DER))
    for name, revoked in lists.items():
        (folder / name).write_bytes(revoked.public_bytes(Encoding.DER))


def _store_private(folder: Path, people: Mapping[str, Issuer], chain: tuple[x509.Certificate, ...]) -> None:
    password = folder / _PASSWORD
    if not password.exists():
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(18), "ascii")
    encryption = BestAvailableEncryption(password.read_bytes())
    keys = folder / "identities"
    keys.mkdir(mode=0o700, exist_ok=True)
    for name, owner in people.items():
        data = pkcs12.serialize_key_and_certificates(
            name.encode(), owner.key, owner.certificate, chain, encryption
        )
        handle = os.open(keys / f"{name}.p12", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)


__all__ = ["AGENCY", "CLERK", "NOTICE", "OFFICIAL", "PracticeOffice", "ensure"]
