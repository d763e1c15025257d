"""A SoftHSM2 token of our own, with practice keys on it."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from signing.practice.office import PracticeOffice

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "12345678"


@dataclass(frozen=True)
class Token:
    """A token with its label."""

    label: str

    def address(self, certificate: str = "") -> str:
        return f"pkcs11:{MODULE}?token={self.label}" + (f"&cert={certificate}" if certificate else "")


def available() -> bool:
    return MODULE.exists() and bool(shutil.which("softhsm2-util")) and bool(shutil.which("pkcs11-tool"))


def configure(folder: Path) -> None:
    """Point the module to tokens in `folder`, for this process and its children, before it is loaded."""
    (folder / "tokens").mkdir(parents=True)
    settings = folder / "softhsm2.conf"
    settings.write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
        "slots.removable = false\n"
    )
    os.environ["SOFTHSM2_CONF"] = str(settings)


def make(folder: Path, label: str, office: PracticeOffice, keys: dict[str, tuple[str, str]]) -> Token:
    """A token with `keys`: practice name to (key label, hex id); the certificate is labelled by its name."""
    tool("softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "87654321", "--pin", PIN)
    for name, (key_label, identifier) in keys.items():
        load(folder, label, office, name, key_label, identifier)
    return Token(label)


def load(
    folder: Path, label: str, office: PracticeOffice, name: str, key_label: str, identifier: str
) -> None:
    password = office.password().reveal().encode()
    key, certificate, _ = pkcs12.load_key_and_certificates(office.identity_file(name).read_bytes(), password)
    assert key is not None and certificate is not None
    private, public = folder / f"{name}.p8", folder / f"{name}.der"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(certificate.public_bytes(Encoding.DER))
    tool(
        "softhsm2-util", "--import", str(private), "--token", label, "--label", key_label, "--id", identifier,
        "--pin", PIN,
    )  # fmt: skip
    tool(
        "pkcs11-tool", "--module", str(MODULE), "--token-label", label, "--login", "--pin", PIN,
        "--write-object", str(public), "--type", "cert", "--label", name, "--id", identifier,
    )  # fmt: skip
    private.unlink()


def tool(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
