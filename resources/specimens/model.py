"""The nouns of the specimen office: files, the papers in them, and what is known of each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SpecimenPage:
    """One page and what a perfect reader would find on it."""

    text: str = ""
    """Every printed line from the top, side-by-side columns one after the other, with numbers written by
    hand, without dotted leaders, signatures and the words around seals; empty for a blank page."""
    blank: bool = False
    turn: int = 0
    """Clockwise degrees by which the page must be turned to stand upright."""


@dataclass(frozen=True, slots=True)
class SpecimenPaper:
    """One paper of the specimen office."""

    name: str
    kind: str
    """Kind code, for example to_khai_khai_sinh."""
    dossier: str | None
    """Code of the dossier it belongs to."""
    component: str | None
    """Code of the component of the procedure that it fills; None also for papers that are only shown."""
    pages: tuple[SpecimenPage, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    """What is printed or written on it, by field name."""


@dataclass(frozen=True, slots=True)
class SpecimenFile:
    """A file as a scanner, a phone or the office's own program would deliver it."""

    path: Path
    papers: tuple[SpecimenPaper, ...]


@dataclass(frozen=True, slots=True)
class SpecimenDossier:
    """A case of the specimen office: what a clerk types in when the papers are handed over."""

    code: str
    procedure: str
    title: str
    applicant: str
    received_at: datetime
    cases: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Components that no specimen paper fills, on purpose."""
