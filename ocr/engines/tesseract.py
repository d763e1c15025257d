"""Tesseract kept resident in the process through tesserocr."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any

import numpy as np

from ocr.engines.tessdata import SETTINGS, folder_with
from ocr.engines.tesseract_tsv import words_of
from ocr.errors import EngineMissing, EngineTimeout
from ocr.model import Word
from ocr.ports import Pixels

# One page per process is faster than many threads per page (10 times on two cores); read at library load.
os.environ["OMP_THREAD_LIMIT"] = "1"

PAGE_SECONDS = 60
_WHOLE_PAGE, _ONE_BLOCK = 3, 6
_NO_MESSAGES = 6  # L_SEVERITY_NONE


def _silence_leptonica(package: Path) -> None:
    """Leptonica prints harmless box warnings on stderr; only its own C function turns them off."""
    for library in package.parent.glob("tesserocr.libs/*lept*"):
        ctypes.CDLL(str(library)).setMsgSeverity(_NO_MESSAGES)


class ResidentTesseract:
    """An `OcrEngine` that loads its language once."""

    def __init__(self, language: str) -> None:
        import tesserocr

        _silence_leptonica(Path(tesserocr.__file__).parent)
        try:
            self._api: Any = tesserocr.PyTessBaseAPI(
                path=str(folder_with(language)),
                lang=language,
                psm=tesserocr.PSM.AUTO,
                oem=tesserocr.OEM.LSTM_ONLY,
                variables=SETTINGS,
            )
        except RuntimeError as problem:
            raise EngineMissing(language=language) from problem

    def recognise(self, grey: Pixels, dpi: float, one_block: bool = False) -> tuple[Word, ...]:
        """Words in the engine's order; `EngineTimeout` after `PAGE_SECONDS`."""
        height, width = grey.shape
        pixels = np.ascontiguousarray(grey)
        self._api.SetPageSegMode(_ONE_BLOCK if one_block else _WHOLE_PAGE)
        self._api.SetImageBytes(pixels.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(round(dpi))
        try:
            if not self._api.Recognize(PAGE_SECONDS * 1000):
                raise EngineTimeout(seconds=PAGE_SECONDS)
            return words_of(self._api.GetTSVText(0), dpi)
        finally:
            self._api.Clear()
