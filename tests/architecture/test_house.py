"""The shape of the house: top level, module sizes, forbidden names, texts in both languages."""

from __future__ import annotations

import ast
import json
import statistics
import subprocess
from pathlib import Path

import pytest

PACKAGES = ("desktop", "ocr", "signing", "storage", "resources")
TOP = {*PACKAGES, "tests", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "Makefile"}
BARRED = {"utils", "helpers", "manager", "base", "util", "helper", "common", "misc"}


def modules(root: Path) -> list[Path]:
    return [path for package in PACKAGES for path in (root / package).rglob("*.py")]


def test_nothing_else_at_the_top(root: Path) -> None:
    done = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    top = {line.split("/")[0] for line in done.stdout.splitlines()}
    extra = {name for name in top - TOP if not name.startswith(".") and not name.endswith(".lock")}
    assert not extra


def test_modules_stay_small(root: Path) -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(root)}
    assert {str(path): size for path, size in sizes.items() if size > 300} == {}
    assert statistics.median(size for size in sizes.values() if size > 5) <= 150


def test_no_module_is_called_nothing(root: Path) -> None:
    assert [str(path) for path in modules(root) if path.stem in BARRED] == []


def test_every_module_says_what_it_is_for(root: Path) -> None:
    silent = [
        str(path)
        for path in modules(root)
        if (tree := ast.parse(path.read_text(encoding="utf-8"))).body and ast.get_docstring(tree) is None
    ]
    assert silent == []


def texts(root: Path, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((root / "resources" / "i18n").glob(f"*{language}.json")):
        for key, words in json.loads(path.read_text(encoding="utf-8")).items():
            assert key not in found, f"{key} twice, again in {path.name}"
            found[key] = words
    return found


def test_both_languages_are_complete(root: Path) -> None:
    vietnamese, english = texts(root, "vi"), texts(root, "en")
    assert set(vietnamese) == set(english)
    assert [key for key, words in {**vietnamese, **english}.items() if not words.strip()] == []


def test_every_known_error_has_its_words(root: Path) -> None:
    codes = set()
    for package in ("ocr", "signing", "storage"):
        tree = ast.parse((root / package / "errors.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                codes.update(
                    str(node.value.value) for target in node.targets if ast.unparse(target) == "code"
                )
    words = texts(root, "vi")
    missing = [
        key
        for code in sorted(codes)
        for key in (f"problem.{code}.what", f"problem.{code}.remedy")
        if key not in words
    ]
    assert missing == []
