"""Is a scanner there? Asked without scanning."""

from __future__ import annotations

from desktop.workflow.scan.orders import ScannerState
from ocr.errors import DeviceBusy, OcrError
from ocr.locate import source


def ask_scanner(address: str) -> ScannerState:
    """Whether the scanner answers now, and what it calls itself."""
    try:
        offered = source(address).features()
    except DeviceBusy:
        return ScannerState("taken", _short(address))
    except (OcrError, OSError):
        return ScannerState("gone", _short(address))
    return ScannerState("ready", offered.name or _short(address))


def _short(address: str) -> str:
    """What of an address a person may know the device by."""
    name = address.partition(":")[2]
    return name.strip("/").partition("/")[0] if name.startswith("//") else name
