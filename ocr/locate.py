"""Turn an address into what can be plugged in. The only place that knows the adapters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ocr import source_sane
from ocr.errors import UnknownAddress
from ocr.ports import Device, OcrEngine, PageSource, ScanOptions
from ocr.source_folder import FolderSource


@cache
def engine(address: str = "tesseract:vie") -> OcrEngine:
    """The engine at `tesseract:LANGUAGE` or `tesseract-cli:LANGUAGE`, loaded once per process."""
    scheme, _, language = address.partition(":")
    if scheme not in ("tesseract", "tesseract-cli") or not language:
        raise UnknownAddress(address=address)
    if scheme == "tesseract":
        try:
            from ocr.engine_tesseract import ResidentTesseract

            return ResidentTesseract(language)
        except ImportError:
            pass  # no wheel for this system: the program gives the same results, slower
    from ocr.engine_tesseract_cli import TesseractProgram

    return TesseractProgram(language)


def source(address: str, options: ScanOptions) -> PageSource:
    """The scanner at `sane:NAME`, or the hot folder at `folder:PATH`. Raises UnknownAddress."""
    scheme, _, name = address.partition(":")
    if scheme == "sane" and name:
        return source_sane.SaneSource(name, options)
    if scheme == "folder" and name:
        return FolderSource(Path(name))
    raise UnknownAddress(address=address)


def devices() -> tuple[Device, ...]:
    """Every scanner that answers now."""
    return source_sane.devices()
