"""The layers hold, and each contract catches a violation of itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = ("desktop", "ocr", "signing", "storage", "resources")

PLANTED = {
    "library imports library": ("ocr/page.py", "import storage.model"),
    "library imports desktop": ("storage/catalog/database.py", "import desktop.settings"),
    "resources import a library": ("resources/__init__.py", "import ocr.model"),
    "workflow imports the window": ("desktop/workflow/job.py", "import desktop.ui.app"),
    "workflow imports bootstrap": ("desktop/workflow/job.py", "import desktop.bootstrap"),
    "command line imports the window": ("desktop/console.py", "import desktop.ui.app"),
    "Qt outside the window": ("desktop/workflow/job.py", "import PySide6.QtCore"),
    "Qt in a library": ("signing/verify/file.py", "import PySide6.QtCore"),
    "model imports a verb": ("ocr/model.py", "import ocr.page"),
    "errors import the model": ("storage/errors.py", "import storage.model"),
    "verb imports locate": ("signing/marks/mark.py", "import signing.locate"),
    "adapter reached past locate": ("ocr/page.py", "import ocr.engines.tesseract"),
    "window imports the command line": ("desktop/ui/app.py", "import desktop.console"),
    "a package imports one above it": ("ocr/image/ink.py", "import ocr.fields.agency"),
    "a step imports a later one": ("desktop/workflow/papers/read.py", "import desktop.workflow.archive.pack"),
    "a part of the window imports an area": ("desktop/ui/parts/rows.py", "import desktop.ui.scan.area"),
    "modules import one another in a circle": ("storage/catalog/rows.py", "import storage.catalog.batches"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A copy of the code whose contracts are judged in place of the checkout's."""
    folder = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(root / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", folder)
    return folder


def test_every_contract_holds(house: Path) -> None:
    done = lint(house)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_violation_is_caught(house: Path, name: str) -> None:
    module, statement = PLANTED[name]
    file = house / module
    clean = file.read_text(encoding="utf-8")
    file.write_text(f"{clean}\n\ndef planted() -> None:\n    {statement}\n", encoding="utf-8")
    try:
        done = lint(house)
    finally:
        file.write_text(clean, encoding="utf-8")
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout
