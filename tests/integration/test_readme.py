"""Every command that the README shows works as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from resources import specimens
from tests.integration.program import environment

SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "24681357"

# What a command may end with besides 0: an undecided practice signature is an answer, not a failure.
ALSO_FINE = {"tramso verify searchable --report check.pdf,check.xlsx": {6}}


def commands(root: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.S)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


def test_the_readme_shows_commands(root: Path) -> None:
    shown = commands(root)
    assert len(shown) > 15
    assert {line.split()[0] for line in shown} == {"make", "tramso"}


@pytest.mark.parametrize("target", ["run", "test", "setup", "check", "hooks"])
def test_make_knows_the_targets(root: Path, target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """A folder with papers, a test scanner and a software token."""
    if shutil.which("scanimage") is None or not Path(SOFTHSM).exists():
        pytest.skip("needs sane-utils and softhsm2")
    folder = tmp_path_factory.mktemp("readme")
    made = specimens.make(folder / "specimens")
    (folder / "papers").mkdir()
    shutil.copy(next(file.path for file in made if file.path.suffix == ".jpg"), folder / "papers")
    yield folder, environment(folder / "home", {**scanner(folder), **token(folder), "PIN": PIN})


def scanner(folder: Path) -> dict[str, str]:
    config = folder / "sane.d"
    config.mkdir()
    (config / "dll.conf").write_text("test\n")
    shutil.copy("/etc/sane.d/test.conf", config)
    return {"SANE_CONFIG_DIR": str(config)}


def token(folder: Path) -> dict[str, str]:
    """A SoftHSM token with the practice official's key on it."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.serialization import pkcs12

    from signing.practice import office as practice_office

    config = folder / "softhsm2.conf"
    (folder / "tokens").mkdir()
    config.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    office = practice_office.ensure(folder / "home" / "practice")
    data = office.identity_file("official").read_bytes()
    key, certificate, _ = pkcs12.load_key_and_certificates(data, office.password().reveal().encode())
    assert key is not None
    assert certificate is not None
    pem = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    (folder / "certificate.der").write_bytes(certificate.public_bytes(form.Encoding.DER))
    extra = {"SOFTHSM2_CONF": str(config)}
    for command in (
        f"softhsm2-util --init-token --free --label MAU --so-pin 87654321 --pin {PIN}",
        f"softhsm2-util --import {folder}/key.pem --token MAU --label official --id 01 --pin {PIN}",
        f"pkcs11-tool --module {SOFTHSM} --token-label MAU --login --pin {PIN} --type cert --id 01"
        f" --label official --write-object {folder}/certificate.der",
    ):
        subprocess.run(shlex.split(command), env={**os.environ, **extra}, capture_output=True, check=True)
    return extra


def test_every_tramso_command_works(root: Path, place: tuple[Path, Mapping[str, str]]) -> None:
    folder, env = place
    for line in commands(root):
        if not line.startswith("tramso "):
            continue
        words = [sys.executable, "-m", "desktop", *shlex.split(line)[1:]]
        done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
        assert done.returncode in {0, *ALSO_FINE.get(line, set())}, f"{line}\n{done.stdout}{done.stderr}"
