"""Packages in the eyes of the E-ARK validator, a program of others.

It lives in an environment of its own (it pins an old lxml):
`python3 -m venv DIR && DIR/bin/pip install eark-validator==1.1.3`, then TRAMSO_EARK_PYTHON=DIR/bin/python.
"""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from storage.package import build as package_build
from storage.package.model import PackageProfile
from tests.unit.storage.packing_case import case

# the validator fetches four vocabularies at import; it also ships them, so no network is needed
OFFLINE = """
import importlib.util, os, urllib.request
found = importlib.util.find_spec("eark_validator").origin
folder = os.path.join(os.path.dirname(found), "ipxml", "resources", "vocabs")
def bundled(url, *arguments, **options):
    return open(os.path.join(folder, os.path.basename(getattr(url, "full_url", url))), "rb")
urllib.request.urlopen = bundled
from eark_validator.cli.app import main
main()
"""

KNOWN = {
    PackageProfile.SIP_HOSO: {
        "SIP14"
    },  # looks for NOTETYPE without the csip prefix that its own schema asks for
    PackageProfile.AIP_HOSO: set(),
}


def validate(folder: Path) -> dict[str, Any]:
    python = os.environ.get("TRAMSO_EARK_PYTHON")
    if not python:
        pytest.skip("TRAMSO_EARK_PYTHON names no Python with eark-validator")
    command = [python, "-W", "ignore", "-c", OFFLINE, "-r", str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    report: dict[str, Any] = json.loads(said[said.index("{") :])
    return report


def errors(report: dict[str, Any]) -> set[str]:
    found = report["structure"]["messages"] + report["metadata"]["schematron_results"]["messages"]
    return {message["rule_id"] for message in found if message["severity"].lower() == "error"}


def unpacked(tmp_path: Path, profile: PackageProfile) -> Path:
    built = package_build.build(case(tmp_path), tmp_path / "goi.zip", profile)
    with zipfile.ZipFile(built.path) as archive:
        archive.extractall(tmp_path / "mo")
    (folder,) = (tmp_path / "mo").iterdir()
    return folder


@pytest.mark.parametrize("profile", list(PackageProfile))
def test_the_validator_finds_no_error_but_its_own(tmp_path: Path, profile: PackageProfile) -> None:
    report = validate(unpacked(tmp_path, profile))
    assert report["structure"]["status"] == "WellFormed"
    assert report["metadata"]["schema_results"] == {"status": "VALID", "messages": []}
    assert errors(report) == KNOWN[profile]


def test_the_validator_would_notice(tmp_path: Path) -> None:
    folder = unpacked(tmp_path, PackageProfile.AIP_HOSO)
    mets = folder / "METS.xml"
    mets.write_text(mets.read_text(encoding="utf-8").replace('LABEL="CSIP"', 'LABEL="x"'), encoding="utf-8")
    assert errors(validate(folder))
