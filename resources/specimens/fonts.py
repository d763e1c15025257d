"""The office typefaces of the papers; PyMuPDF's own fonts and many systems' have no Vietnamese letters."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pymupdf as _pymupdf

pymupdf: Any = _pymupdf  # its functions carry no types

FACES = {
    "regular": "tinos-regular.ttf",
    "bold": "tinos-bold.ttf",
    "italic": "tinos-italic.ttf",
    "bold_italic": "tinos-bold-italic.ttf",
    "sans": "arimo-regular.ttf",
    "sans_bold": "arimo-bold.ttf",
    "mono": "cousine-regular.ttf",
}


class Faces:
    """The open fonts of one drawing, by name of the face."""

    def __init__(self) -> None:
        self._open: dict[str, Any] = {}

    def __getitem__(self, face: str) -> Any:
        if face not in self._open:
            data = resources.files("resources").joinpath("fonts", FACES[face]).read_bytes()
            self._open[face] = pymupdf.Font(fontbuffer=data)
        return self._open[face]
