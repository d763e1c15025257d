"""What is said between us and an eSCL scanner: capabilities, status and settings as XML.

Source: Mopria eSCL Technical Specification 2.97. Scanners are foreign machines: answers are bounded, entities
are not expanded, and a field that is missing or odd is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ocr.errors import CoverOpen, DeviceError, DoubleFeed, FeederEmpty, PaperJam
from ocr.ports import PAPERS_MM, ColourMode, DeviceFeatures, Feed, ScanOptions

PWG = "http://www.pwg.org/schemas/2010/12/sm"
SCAN = "http://schemas.hp.com/imaging/escl/2011/05/03"
LONGEST_ANSWER = 1_000_000
"""Bytes of XML that are looked at."""
_UNITS_PER_MM = 300 / 25.4

COLOUR_MODES: Mapping[ColourMode, str] = {
    "colour": "RGB24",
    "grey": "Grayscale8",
    "black_white": "BlackAndWhite1",
}
FEEDER_TROUBLES: Mapping[str, type[DeviceError]] = {
    "ScannerAdfJam": PaperJam,
    "ScannerAdfMispick": PaperJam,
    "ScannerAdfHatchOpen": CoverOpen,
    "ScannerAdfCoverOpen": CoverOpen,
    "ScannerAdfMultipickDetected": DoubleFeed,
    "ScannerAdfEmpty": FeederEmpty,
}


@dataclass(frozen=True, slots=True)
class Status:
    """How the scanner and one job on it are."""

    scanner: str
    """Idle, Processing, Stopped, Down ..."""
    feeder: str
    """AdfState; empty where there is no feeder."""
    job: str = ""
    """JobState: Pending, Processing, Completed, Canceled, Aborted; empty where the job is not listed."""
    images_completed: int | None = None
    """How many pages the scanner says it scanned; None where it does not say."""


def features(answer: bytes) -> DeviceFeatures:
    """What ScannerCapabilities offers."""
    root = _parsed(answer)
    feeds: list[Feed] = []
    if root.find(f".//{{{SCAN}}}Platen") is not None:
        feeds.append("flatbed")
    if root.find(f".//{{{SCAN}}}AdfSimplexInputCaps") is not None:
        feeds.append("adf")
    if root.find(f".//{{{SCAN}}}AdfDuplexInputCaps") is not None:
        feeds.append("adf-duplex")
    dpis = {int(text) for text in _texts(root, SCAN, "XResolution") if text.isdigit()}
    modes = set(_texts(root, SCAN, "ColorMode"))
    return DeviceFeatures(
        tuple(feeds),
        tuple(sorted(dpis)),
        tuple(mode for mode, name in COLOUR_MODES.items() if name in modes),
        _first(root, PWG, "MakeAndModel"),
    )


def status(answer: bytes, job: str = "") -> Status:
    """What ScannerStatus tells of the scanner and of the job at the path `job`."""
    root = _parsed(answer)
    scanner, feeder = _first(root, PWG, "State"), _first(root, SCAN, "AdfState")
    for info in root.iter(f"{{{SCAN}}}JobInfo"):
        if job and _first(info, PWG, "JobUri").rstrip("/").endswith(job.rstrip("/")):
            told = _first(info, PWG, "ImagesCompleted")
            return Status(
                scanner, feeder, _first(info, PWG, "JobState"), int(told) if told.isdigit() else None
            )
    return Status(scanner, feeder)


def settings(options: ScanOptions) -> bytes:
    """The ScanSettings that ask for these options; pages as JPEG, which every eSCL scanner makes."""
    width, height = (round(side * _UNITS_PER_MM) for side in PAPERS_MM[options.paper])
    root = etree.Element(f"{{{SCAN}}}ScanSettings", nsmap={"scan": SCAN, "pwg": PWG})
    _add(root, PWG, "Version", "2.6")
    _add(root, SCAN, "Intent", "Document")
    region = _add(_add(root, PWG, "ScanRegions"), PWG, "ScanRegion")
    _add(region, PWG, "ContentRegionUnits", "escl:ThreeHundredthsOfInches")
    for name, value in (("XOffset", 0), ("YOffset", 0), ("Width", width), ("Height", height)):
        _add(region, PWG, name, str(value))
    _add(root, PWG, "InputSource", "Platen" if options.feed == "flatbed" else "Feeder")
    if options.feed != "flatbed":
        _add(root, SCAN, "Duplex", "true" if options.feed == "adf-duplex" else "false")
    _add(root, SCAN, "ColorMode", COLOUR_MODES[options.mode])
    _add(root, SCAN, "XResolution", str(options.dpi))
    _add(root, SCAN, "YResolution", str(options.dpi))
    _add(root, PWG, "DocumentFormat", "image/jpeg")
    _add(root, SCAN, "DocumentFormatExt", "image/jpeg")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _parsed(answer: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(answer[:LONGEST_ANSWER], parser)
    except etree.XMLSyntaxError as error:
        raise DeviceError(device="eSCL", reason="XML", pages=0) from error
    return root


def _add(parent: etree._Element, space: str, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{space}}}{name}")
    made.text = text
    return made


def _texts(root: etree._Element, space: str, name: str) -> list[str]:
    return [(found.text or "").strip() for found in root.iter(f"{{{space}}}{name}")]


def _first(root: etree._Element, space: str, name: str) -> str:
    return next(iter(_texts(root, space, name)), "")
