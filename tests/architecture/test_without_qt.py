"""Everything but the window works where Qt is not installed. This file runs in such an environment."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = ("desktop", "ocr", "signing", "storage", "resources")
needs_absence = pytest.mark.skipif(
    importlib.util.find_spec("PySide6") is not None, reason="Qt is installed here"
)


@needs_absence
def test_every_module_but_the_window_imports() -> None:
    for package in PACKAGES:
        found = pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
        for module in found:
            if not module.name.startswith(("desktop.ui", "storage.migrations")) and not module.name.endswith(
                "__main__"
            ):
                importlib.import_module(module.name)


@needs_absence
def test_no_arguments_says_what_to_install(home: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "desktop"], capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert "PySide6" in done.stderr
