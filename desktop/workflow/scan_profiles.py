"""Ways to scan, as the settings keep them; light to import, since the window fills these in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from desktop.settings import Settings

FEEDS = ("flatbed", "adf", "adf-duplex")
MODES = ("colour", "grey", "black_white")
"""From the richest to the poorest."""
PAPERS = ("a4", "a3", "a5", "card")
DPIS = (150, 200, 300, 400, 600)
SCAN_BEGUN = "scan_begun"
"""What the journal calls a scan; its details are how it was asked for."""


@dataclass(frozen=True, slots=True)
class ScanProfile:
    """A way to scan that has a name and a key: device, where the paper lies, resolution, colours, paper."""

    name: str
    device: str
    feed: str = "adf"
    dpi: int = 300
    mode: str = "colour"
    paper: str = "a4"


def profiles_in(settings: Settings) -> tuple[ScanProfile, ...]:
    """The profiles of the settings; entries that are none are passed over."""
    return tuple(profile for entry in settings.scan_profiles if (profile := _profile(entry)))


def as_setting(profiles: tuple[ScanProfile, ...]) -> tuple[Mapping[str, Any], ...]:
    """Profiles as the settings keep them."""
    return tuple(asdict(profile) for profile in profiles)


def _profile(entry: object) -> ScanProfile | None:
    if not isinstance(entry, Mapping):
        return None
    known = {field.name for field in fields(ScanProfile)}
    try:
        made = ScanProfile(**{name: value for name, value in entry.items() if name in known})
    except TypeError:
        return None
    sound = isinstance(made.dpi, int) and made.feed in FEEDS and made.mode in MODES and made.paper in PAPERS
    return made if sound and made.device else None
