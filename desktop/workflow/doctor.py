"""Look at this machine: what is installed, what is missing and how to get it."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from ocr.errors import EngineMissing
from ocr.locate import engine

State = Literal["ok", "missing", "optional"]

SOFTHSM = (Path("/usr/lib/softhsm/libsofthsm2.so"), Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"))


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the environment; `optional` parts are missing without harm."""

    part: str
    state: State
    detail: str = ""
    install: str = ""


def examine() -> tuple[Check, ...]:
    """Every part that the program may need, in the order of the path."""
    return (
        Check("python", "ok", sys.version.split()[0]),
        _engine(),
        _command("scanimage", "sane-utils", optional=True),
        Check("sqlite", "ok", sqlite3.sqlite_version),
        _package("pyhanko", optional=False),
        _package("PySide6", optional=True, install="pip install 'tram-so[ui]'"),
        _softhsm(),
        _command("pdfsig", "poppler-utils", optional=True),
    )


def _engine() -> Check:
    try:
        engine("tesseract:vie")
    except EngineMissing:
        return Check("tesseract vie", "missing", "", "apt install tesseract-ocr tesseract-ocr-vie")
    return Check("tesseract vie", "ok", "tesserocr " + version("tesserocr"))


def _command(name: str, package: str, optional: bool) -> Check:
    path = shutil.which(name)
    if path is None:
        return Check(name, "optional" if optional else "missing", "", f"apt install {package}")
    return Check(name, "ok", path)


def _package(name: str, optional: bool, install: str = "") -> Check:
    if importlib.util.find_spec(name) is None:
        return Check(name, "optional" if optional else "missing", "", install)
    return Check(name, "ok", version(name if name != "PySide6" else "PySide6-Essentials"))


def _softhsm() -> Check:
    found = next((path for path in SOFTHSM if path.exists()), None)
    return (
        Check("softhsm2", "ok", str(found))
        if found
        else Check("softhsm2", "optional", "", "apt install softhsm2")
    )
