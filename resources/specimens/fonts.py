"""Finds the office typefaces on this machine; PyMuPDF's built-in fonts have no Vietnamese letters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf as _pymupdf

pymupdf: Any = _pymupdf  # its functions carry no types

FOLDERS = (
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/liberation-fonts"),
    Path("/usr/share/fonts/liberation"),
    Path("/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
FACES = {
    "regular": ("LiberationSerif-Regular.ttf", "times.ttf"),
    "bold": ("LiberationSerif-Bold.ttf", "timesbd.ttf"),
    "italic": ("LiberationSerif-Italic.ttf", "timesi.ttf"),
    "bold_italic": ("LiberationSerif-BoldItalic.ttf", "timesbi.ttf"),
    "sans": ("LiberationSans-Regular.ttf", "arial.ttf"),
    "sans_bold": ("LiberationSans-Bold.ttf", "arialbd.ttf"),
    "mono": ("LiberationMono-Regular.ttf", "cour.ttf"),
}


class FontsMissingError(RuntimeError):
    """No typeface with Vietnamese letters: install the package fonts-liberation."""

    code = "fonts_missing"

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} not found; install the package fonts-liberation")
        self.facts = {"file": file, "package": "fonts-liberation"}


def path_of(face: str) -> Path:
    """The font file of a face (regular, bold, italic, bold_italic, sans, sans_bold, mono)."""
    for name in FACES[face]:
        for folder in FOLDERS:
            if (folder / name).is_file():
                return folder / name
    raise FontsMissingError(FACES[face][0])


class Faces:
    """The open fonts of one drawing."""

    def __init__(self) -> None:
        self._open: dict[str, Any] = {}

    def __getitem__(self, face: str) -> Any:
        if face not in self._open:
            self._open[face] = pymupdf.Font(fontfile=str(path_of(face)))
        return self._open[face]
