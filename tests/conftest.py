"""Fixtures for every test."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

# How long an example takes says how busy the computer is, not whether the property holds.
hypothesis.settings.register_profile("property", deadline=None)
hypothesis.settings.load_profile("property")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real documents beside the checkout; tests that need it are skipped without it."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("the folder with real documents is not here")
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh profile folder that the program uses by default."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TRAMSO_HOME", str(folder))
    return folder
