"""Tesseract's program, started once per page, where tesserocr is not installed."""

from __future__ import annotations

import os

import pytesseract
from PIL import Image

from ocr.engines.tessdata import SETTINGS, folder_with
from ocr.engines.tesseract_tsv import words_of
from ocr.errors import EngineMissing, EngineTimeout
from ocr.model import Word
from ocr.ports import Pixels

os.environ["OMP_THREAD_LIMIT"] = "1"  # inherited by the program

PAGE_SECONDS = 60


class TesseractProgram:
    """An `OcrEngine` over the command line program."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._folder = folder_with(language)

    def recognise(self, grey: Pixels, dpi: float, one_block: bool = False) -> tuple[Word, ...]:
        """Words in the engine's order; `EngineTimeout` after `PAGE_SECONDS`."""
        config = f'--tessdata-dir "{self._folder}" --oem 1 --psm {6 if one_block else 3} --dpi {round(dpi)}'
        config += "".join(f" -c {name}={value}" for name, value in SETTINGS.items())
        try:
            table = pytesseract.image_to_data(
                Image.fromarray(grey), lang=self._language, config=config, timeout=PAGE_SECONDS
            )
        except pytesseract.TesseractNotFoundError as problem:
            raise EngineMissing(language=self._language) from problem
        except RuntimeError as problem:
            raise EngineTimeout(seconds=PAGE_SECONDS) from problem
        return words_of(str(table), dpi)
