"""Turn an address into what can be plugged in. The only place that knows the adapters."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from ocr.errors import DeviceMissing, UnknownAddress
from ocr.ports import DEFAULT_SCAN, Device, OcrEngine, PageSource, ScanOptions
from ocr.sources import sane, wia
from ocr.sources.folder import FolderSource


@cache
def engine(address: str = "tesseract:vie") -> OcrEngine:
    """The engine at `tesseract:LANGUAGE` or `tesseract-cli:LANGUAGE`, loaded once per process."""
    scheme, _, language = address.partition(":")
    if scheme not in ("tesseract", "tesseract-cli") or not language:
        raise UnknownAddress(address=address)
    if scheme == "tesseract":
        try:
            from ocr.engines.tesseract import ResidentTesseract

            return ResidentTesseract(language)
        except ImportError:
            pass  # no wheel for this system: the program gives the same results, slower
    from ocr.engines.tesseract_cli import TesseractProgram

    return TesseractProgram(language)


def source(address: str, options: ScanOptions = DEFAULT_SCAN) -> PageSource:
    """The scanner at `sane:NAME`, `escl://HOST/eSCL`, `escls://...` or `wia:ID`, or the hot folder at
    `folder:PATH`. Raises UnknownAddress."""
    scheme, _, name = address.partition(":")
    if scheme == "sane" and name:
        return sane.SaneSource(name, options)
    if scheme in ("escl", "escls") and name.startswith("//") and len(name) > 2:
        from ocr.sources.escl import EsclSource  # requests takes a moment to import

        return EsclSource(address, options)
    if scheme == "wia" and name:
        return wia.WiaSource(name, options)
    if scheme == "folder" and name:
        return FolderSource(Path(name))
    raise UnknownAddress(address=address)


def devices() -> tuple[Device, ...]:
    """Every scanner that answers now: of this computer first, then of the network."""
    from ocr.sources import escl_discovery

    local = wia.devices() if os.name == "nt" else _sane()
    return (*local, *escl_discovery.devices())


def _sane() -> tuple[Device, ...]:
    try:
        return sane.devices()
    except DeviceMissing:  # network scanners need no scanimage
        return ()
