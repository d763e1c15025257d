"""Is the scanner there: asked of SANE's test scanner, of one in the network, and of none."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.workflow.scan.ask import ask_scanner
from desktop.workflow.scan.orders import ScannerState
from tests.fakes import sane_device
from tests.fakes.escl_scanner import Behaviour, scanner


@pytest.fixture
def device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return sane_device.configure(tmp_path / "sane.d", monkeypatch)


def test_a_scanner_at_this_computer(device: str) -> None:
    assert ask_scanner(device) == ScannerState("ready", "test:0")
    assert ask_scanner("sane:nobody:7") == ScannerState("gone", "nobody:7")


def test_a_scanner_that_somebody_else_is_using(
    device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "scanimage"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'scanimage: open of device test:0 failed: Device busy' >&2\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    assert ask_scanner(device) == ScannerState("taken", "test:0")


def test_a_scanner_in_the_network_tells_its_name() -> None:
    with scanner(Behaviour()) as address:
        assert ask_scanner(address) == ScannerState("ready", "May quet thu")
    assert ask_scanner(address).state == "gone"
    assert ask_scanner("escl://may-quet.invalid/eSCL") == ScannerState("gone", "may-quet.invalid")
