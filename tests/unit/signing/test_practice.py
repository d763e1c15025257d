"""The practice office: complete, marked as practice everywhere, and never half-made."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from PIL import Image

from signing.errors import IdentityMissing
from signing.practice import office as practice_office
from signing.practice.office import NOTICE, PracticeOffice

NAMES = ("clerk", "official", "seal", "revoked", "expired", "tsa")


def certificate_of(office: PracticeOffice, name: str) -> x509.Certificate:
    password = office.password().reveal().encode()
    _, certificate, _ = pkcs12.load_key_and_certificates(office.identity_file(name).read_bytes(), password)
    assert certificate is not None
    return certificate


@pytest.mark.parametrize("name", NAMES)
def test_every_name_says_practice(office: PracticeOffice, name: str) -> None:
    certificate = certificate_of(office, name)
    for subject in (certificate.subject, certificate.issuer):
        said = [str(part.value) for part in subject if part.oid._name in ("commonName", "organizationName")]
        assert len(said) == 2 and all(NOTICE in value for value in said)


def test_leaf_certificates_are_shaped_like_the_real_ones(office: PracticeOffice) -> None:
    usage = certificate_of(office, "official").extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    wanted = usage.value
    assert wanted.digital_signature and wanted.content_commitment
    assert wanted.key_encipherment and wanted.data_encipherment and not wanted.key_cert_sign


def test_only_the_owner_reads_keys_and_password(office: PracticeOffice) -> None:
    for file in (office.folder / "password", *(office.identity_file(name) for name in NAMES)):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_made_once(office: PracticeOffice) -> None:
    before = {file: file.read_bytes() for file in office.folder.rglob("*") if file.is_file()}
    again = practice_office.ensure(office.folder)
    assert {file: file.read_bytes() for file in again.folder.rglob("*") if file.is_file()} == before


def test_unknown_name(office: PracticeOffice) -> None:
    with pytest.raises(IdentityMissing):
        office.identity_file("../password")


def test_seal_keeps_its_actual_size_and_colours_are_the_laws(office: PracticeOffice) -> None:
    seal = Image.open(BytesIO(office.mark("seal").seal_image or b""))
    assert seal.width / seal.info["dpi"][0] * 25.4 == pytest.approx(36, abs=0.2)
    signature = Image.open(BytesIO(office.mark("official").signature_image or b""))
    for image, channel in ((seal, 0), (signature, 2)):
        assert image.mode == "RGBA" and image.getpixel((0, 0))[3] == 0  # type: ignore[index]
        inked = [pixel for pixel in image.get_flattened_data() if pixel[3] > 200]  # type: ignore[index]
        assert inked and all(max(range(3), key=pixel.__getitem__) == channel for pixel in inked)


def test_kill_in_the_middle_leaves_nothing_half_made(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys, pathlib
        from signing.practice import office as practice_office
        print("ready", flush=True)
        practice_office.ensure(pathlib.Path(sys.argv[1]))
    """)
    folder = tmp_path / "practice"
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, cwd=Path.cwd(), text=True
    )
    assert child.stdout is not None and child.stdout.readline() == "ready\n"
    time.sleep(0.15)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    made = practice_office.ensure(folder)
    assert all(made.identity_file(name).stat().st_size > 1000 for name in NAMES)
    assert not list(tmp_path.glob(".practice.unfinished"))
